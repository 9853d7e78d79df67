"""Write ``static/``: what the browser loads once and keeps.

Geometry is written anew only when the layers or the code of this package changed; names carry a hash of the
content, so that a browser may keep a file for ever.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
ASSETS = ROOT / "geo" / "maps" / "assets"
LEAFLET = (
    "leaflet.js",
    "leaflet.css",
    "images/layers.png",
    "images/layers-2x.png",
    "images/marker-icon.png",
    "images/marker-icon-2x.png",
    "images/marker-shadow.png",
)
INPUTS = ".inputs"
MANIFEST = "manifest.json"
GEOMETRY = "geometry"
# A tenth of the tolerance of the detail is far below a pixel at the scale the detail is drawn at.
DIGITS = {"coarse": 0, "medium": 1, "fine": 1}


class Folder(NamedTuple):
    """Scripts in a folder of their own that are written anew only when their inputs changed.

    Attributes
    ----------
    inputs
        Hash of all that the scripts are made of.
    scripts
        Makes key and text of each.
    """

    inputs: str
    scripts: Callable[[], Iterable[tuple[str, bytes]]]


def publish(
    static_dir: str | Path = STATIC,
    scripts: Mapping[str, str] = MappingProxyType({}),
    folders: Mapping[str, Folder] = MappingProxyType({}),
) -> dict[str, str]:
    """Write geometry, Leaflet and our own scripts and styles for the browser.

    Parameters
    ----------
    static_dir
        Folder that Streamlit serves. Files of an earlier state that are no longer listed are removed.
    scripts
        Further scripts by their name, such as ``looks.js``; they too go into ``first.js``.
    folders
        Scripts that the browser asks for later, by the name of their folder.

    Returns
    -------
    dict
        The manifest, also in ``manifest.json``: ``"subjects-coarse" -> "geometry/subjects-coarse-HASH.js"``,
        ``"atlas.js" -> "atlas-HASH.js"``, ``"leaflet.js" -> "leaflet/leaflet.js"``. Geometry is in Albers kilometres
        (:data:`geo.boundaries.ALBERS`); each script sets ``window.limitrophe["LAYER-DETAIL"]`` to a GeoJSON
        FeatureCollection whose features carry their code as ``id`` and ``properties.id``.
    """
    static = Path(static_dir)
    manifest = {**_assets(static, scripts), **_leaflet(static)}
    for name, folder in {GEOMETRY: Folder(_inputs_hash(), _scripts), **folders}.items():
        manifest |= _folder(static, name, folder)
    manifest |= _first(static, manifest, scripts)
    _write(static / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
    _remove_stale(static, (GEOMETRY, *folders), set(manifest.values()))
    return manifest


def _folder(static: Path, name: str, folder: Folder) -> dict[str, str]:
    earlier = _earlier(static, name, folder.inputs)
    if earlier is not None:
        return earlier
    manifest = {}
    for key, script in folder.scripts():
        manifest[key] = f"{name}/{key}-{content_hash(script)}.js"
        _write(static / manifest[key], script)
    _write(static / name / INPUTS, json.dumps({"inputs": folder.inputs, "files": manifest}).encode())
    return manifest


def _earlier(static: Path, name: str, inputs: str) -> dict[str, str] | None:
    """Files of the last run, if they are all there and came from the same inputs."""
    try:
        record = json.loads((static / name / INPUTS).read_text(encoding="utf-8"))
        files = {str(key): str(name) for key, name in record["files"].items()}
    except (OSError, ValueError, KeyError):
        return None
    current = record["inputs"] == inputs and all((static / name).is_file() for name in files.values())
    return files if current else None


def _inputs_hash() -> str:
    layers = sorted((ROOT / "data" / "boundaries").glob("*.[sd][hb][pf]"))
    code = sorted(Path(__file__).parent.glob("*.py"))
    return content_hash(*(path.read_bytes() for path in (*layers, *code)))


def _scripts() -> Iterable[tuple[str, bytes]]:
    """Key and JavaScript of each layer at each detail."""
    from geo.boundaries._layers import (
        LAYERS,
    )  # GDAL is loaded only when there is something to write
    from geo.boundaries._project import DETAILS

    for detail in DETAILS:
        for layer in LAYERS:
            key = f"{layer}-{detail}"
            text = json.dumps(_feature_collection(layer, detail), ensure_ascii=False, separators=(",", ":"))
            yield (
                key,
                f'window.limitrophe=window.limitrophe||{{}};window.limitrophe["{key}"]={text};\n'.encode(),
            )


def _feature_collection(layer: Any, detail: Any) -> dict[str, Any]:
    import shapely

    from geo.boundaries._project import PUBLISHED_MARGIN_KM, frame_bounds, label_points, projected

    frame = projected(layer, detail)
    if layer == "countries":
        frame = frame.assign(geometry=frame.geometry.clip_by_rect(*frame_bounds(PUBLISHED_MARGIN_KM)))
        frame = frame[~frame.geometry.is_empty]
    labels = label_points(layer).round(0).astype(int) if layer != "claims" else None
    features = []
    for iso, row in frame.iterrows():
        properties: dict[str, Any] = {"id": iso, "name_en": row["name_en"], "name_ru": row["name_ru"]}
        if labels is not None and iso in labels.index:
            properties["label"] = labels.loc[iso].tolist()
        geometry = json.loads(shapely.to_geojson(row.geometry))
        geometry["coordinates"] = _rounded(geometry["coordinates"], DIGITS[detail])
        features.append({"type": "Feature", "id": iso, "properties": properties, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _rounded(coordinates: Any, digits: int) -> Any:
    """Round nested coordinates; points that fall together are written once."""
    if isinstance(coordinates[0][0], (int, float)):
        points = [[round(x, digits or None), round(y, digits or None)] for x, y in coordinates]
        kept = [p for p, before in zip(points, [None, *points[:-1]], strict=True) if p != before]
        return kept if len(kept) >= 4 or len(coordinates) < 4 else points
    return [_rounded(part, digits) for part in coordinates]


def _assets(static: Path, scripts: Mapping[str, str]) -> dict[str, str]:
    """Our own scripts and styles, and those that are given, under names that carry their hash."""
    own = {path.name: path.read_bytes() for path in sorted((*ASSETS.glob("*.js"), *ASSETS.glob("*.css")))}
    manifest = {}
    for name, content in {**own, **{name: script.encode() for name, script in scripts.items()}}.items():
        stem, suffix = name.rsplit(".", 1)
        manifest[name] = f"{stem}-{content_hash(content)}.{suffix}"
        _write(static / manifest[name], content)
    return manifest


def _leaflet(static: Path) -> dict[str, str]:
    """Leaflet as the package XStatic-Leaflet carries it."""
    data = importlib.resources.files("xstatic.pkg.leaflet") / "data"
    for name in LEAFLET:
        _write(static / "leaflet" / name, data.joinpath(name).read_bytes())
    return {name: f"leaflet/{name}" for name in LEAFLET if not name.startswith("images/")}


def _first(static: Path, manifest: dict[str, str], scripts: Mapping[str, str]) -> dict[str, str]:
    """What the frame of a map needs before it can paint, in one file: scripts of a frame load one after the other."""
    if "atlas.js" not in manifest:
        return {}
    parts = ["leaflet.js", *sorted(key for key in manifest if key.endswith("-medium")), *scripts, "atlas.js"]
    script = b"\n;".join((static / manifest[part]).read_bytes() for part in parts)
    name = f"first-{content_hash(script)}.js"
    _write(static / name, script)
    return {"first.js": name}


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that has this content already is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(draft, 0o644)
    os.replace(draft, path)


def _remove_stale(static: Path, folders: Iterable[str], current: set[str]) -> None:
    """Remove what an earlier run wrote and this one does not list; other files in the folder are not ours."""
    ours = [
        *(path for name in folders for path in static.glob(f"{name}/*.js")),
        *static.glob("*-????????.js"),
        *static.glob("*-????????.css"),
    ]
    for path in ours:
        if path.relative_to(static).as_posix() not in current:
            path.unlink()


def content_hash(*contents: bytes) -> str:
    """Eight hexadecimal digits that stand for some contents in their order."""
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:8]
