"""Read in a process of its own, as the page does: what a file does there, it does to nobody else.

The process has the limits of data/uploads.yml on time and memory, a low priority, no standard input but the file, and
ends with the answer; a reader that another file makes crash or swell takes no session with it. The answer comes back as
Arrow and JSON, which hold values and nothing that could run.

``python -m geo.uploads.apart`` is that process.
"""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from geo.uploads.limits import MEGABYTE, Limits, limits
from geo.uploads.refusals import Refused

if TYPE_CHECKING:
    import pandas as pd

    from geo.uploads.layers import UploadedLayer
    from geo.uploads.matching import Answer
    from geo.uploads.tables import UploadedTable

Task = Literal["table", "layer", "match", "guess", "match_layer"]

ROOT = Path(__file__).resolve().parents[2]
OUTLINES = " outlines"
"""Column of the answer that no attribute can be called, as the names of those have no space before them."""
STARTING_S = 30
"""Seconds that the process may take on top of its computing: to start, and to wait on a busy machine."""
SURROUNDINGS = {
    # one thread: the other processors belong to the other sessions
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_NUM_THREADS": "1",
    "GDAL_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    # GDAL opens no other file and no host for a file
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "PROJ_NETWORK": "OFF",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def _asked(task: Task, content: bytes, **options: Any) -> tuple[dict[str, Any], bytes]:
    """Do a task apart.

    Parameters
    ----------
    options
        For the task, as :func:`_done` takes them.

    Returns
    -------
    answer, frame
        What the task says as JSON, and its frame as an Arrow stream (empty where it has none).

    Raises
    ------
    Refused
        What the task raised; ``too_long`` or ``too_much_memory`` where it was ended.
    """
    bounds = limits()
    if len(content) > 2 * bounds.megabytes * MEGABYTE:
        raise Refused("too_big", size=f"{len(content) / MEGABYTE:.0f}", most=bounds.megabytes)
    header = json.dumps({"task": task, "limits": bounds.model_dump(), **options}).encode()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PROJ_DATA", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "geo.uploads.apart"],
            input=struct.pack(">I", len(header)) + header + content,
            capture_output=True,
            cwd=ROOT,
            env={**kept, **SURROUNDINGS},
            timeout=bounds.seconds + STARTING_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("too_long", most=bounds.seconds) from error
    if done.returncode:
        raise _ended(done, bounds)
    size = struct.unpack(">I", done.stdout[:4])[0]
    answer = json.loads(done.stdout[4 : 4 + size])
    if "refused" in answer:
        raise Refused(answer["refused"], **_revived(answer["values"]))
    return answer, done.stdout[4 + size :]


def _ended(done: subprocess.CompletedProcess[bytes], bounds: Limits) -> Refused:
    """Why the process ended without an answer: a signal of the limit on time, or no memory (or a crash)."""
    timed_out = -done.returncode in (24, 9) and b"MemoryError" not in done.stderr  # SIGXCPU, SIGKILL
    refusal = Refused("too_long", most=bounds.seconds) if timed_out else Refused("too_much_memory")
    refusal.add_note(done.stderr[-2000:].decode(errors="replace"))
    return refusal


def _told(value: object) -> object:
    """Value of a message as JSON; a message within a message keeps its pattern, so that it can be said in Russian."""
    from geo.i18n import Message

    if isinstance(value, Message):
        values = {key: _told(one) for key, one in value.values.items()}  # noqa: PD011 - of a message
        return {"pattern": value.pattern, "values": values}
    return value if isinstance(value, int | float) else str(value)


def _revived(values: dict[Any, Any]) -> dict[Any, Any]:
    from geo.i18n import Message

    return {
        key: Message(one["pattern"], **_revived(one["values"])) if isinstance(one, dict) else one
        for key, one in values.items()
    }


def content_of(path: Path) -> bytes:
    """Content of a file on this machine, whose size is looked at before anything of it is read.

    Raises
    ------
    Refused
        ``too_big``.
    """
    most = limits().megabytes
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        content = file.read(most * MEGABYTE + 1) if size <= most * MEGABYTE else b""
    size = max(size, len(content))  # it may have grown meanwhile
    if size > most * MEGABYTE:
        raise Refused("too_big", size=f"{size / MEGABYTE:.0f}", most=most)
    return content


def read_table(content: bytes, name: str) -> tuple[UploadedTable, str, tuple[Answer, ...]]:
    """Read a table apart, as :func:`geo.uploads.reading.read_table`, and match it as :func:`match` does."""
    answer, frame = _asked("table", content, name=name)
    return _table(answer["table"], frame), str(answer["key"]), _answers(answer)


def read_layer(content: bytes, name: str, crs: str | None = None) -> UploadedLayer:
    """Read boundaries apart; as :func:`geo.uploads.layers.read_layer`."""
    import geopandas as gpd

    from geo.uploads.layers import UploadedLayer

    answer, stream = _asked("layer", content, name=name, crs=crs)
    frame = pa.ipc.open_stream(stream).read_pandas()
    outlines = gpd.GeoSeries.from_wkb(frame[OUTLINES], crs="EPSG:4326")
    told = answer["layer"]
    whole = gpd.GeoDataFrame(frame.drop(columns=OUTLINES), geometry=outlines)
    return UploadedLayer(
        told["name"], whole, tuple(_revived(dict(enumerate(told["mended"]))).values()), told["simplified"]
    )


def match(table: UploadedTable, key: str = "") -> tuple[str, tuple[Answer, ...]]:
    """Match the names of a column to subjects apart: fuzzy comparison of many names takes seconds.

    Returns
    -------
    key, answers
        The column, guessed where none is given, and :func:`geo.uploads.matching.match_names` of it.
    """
    header, frame = _packed(table)
    answer, _nothing = _asked("match", frame, table=header, key=key)
    return str(answer["key"]), _answers(answer)


def guess_layer_key(table: UploadedTable, layer: UploadedLayer) -> tuple[str, str]:
    """Guess apart which columns of table and boundaries agree; as :func:`geo.uploads.matching.guess_layer_key`."""
    from geo.uploads.matching import LONGEST_NAME, samples

    # no more of a value is sent than is compared
    attributes = layer.frame[layer.columns].apply(lambda values: values.str[:LONGEST_NAME])
    answer, _nothing = _asked("guess", _stream(pa.Table.from_pandas(attributes)), sampled=samples(table))
    column, theirs = answer["pair"]
    return str(column), str(theirs)


def match_to_layer(names: Iterable[str], layer: UploadedLayer, column: str) -> tuple[Answer, ...]:
    """Match names to units of the boundaries apart; as :func:`geo.uploads.matching.match_to_layer`."""
    keys = _stream(pa.Table.from_pandas(layer.frame[[column]]))
    answer, _nothing = _asked("match_layer", keys, names=list(dict.fromkeys(map(str, names))))
    return _answers(answer)


def _answers(answer: dict[str, Any]) -> tuple[Answer, ...]:
    from geo.uploads.matching import Answer

    return tuple(Answer(**{**one, "candidates": tuple(one["candidates"])}) for one in answer["answers"])


def _packed(table: UploadedTable) -> tuple[dict[str, Any], bytes]:
    header = {field.name: getattr(table, field.name) for field in fields(table) if field.name != "frame"}
    return header, _stream(pa.Table.from_pandas(table.frame))


def _table(header: dict[str, Any], frame: bytes) -> UploadedTable:
    from geo.uploads.tables import UploadedTable

    return UploadedTable(frame=_texts(frame), **header)


def _texts(stream: bytes) -> pd.DataFrame:
    frame: pd.DataFrame = pa.ipc.open_stream(stream).read_pandas().astype("str")
    return frame


def _stream(table: pa.Table) -> bytes:
    """Arrow table as a stream."""
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def _done(task: Task, content: bytes, bounds: Limits, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if task == "table":
        from geo.uploads.reading import read_table

        table = read_table(content, options["name"], bounds)
        header, frame = _packed(table)
        try:
            return {"table": header, **_matched(table, "")}, frame
        except Refused:  # too many names in the column that was guessed; the reader may choose another
            return {"table": header, "key": table.columns[0], "answers": []}, frame
    if task == "layer":
        from geo.uploads.layers import read_layer

        layer = read_layer(content, options["name"], options.get("crs"), bounds)
        attributes = pa.Table.from_pandas(layer.frame.drop(columns="geometry").astype("str"))
        outlines = pa.array(layer.frame.geometry.to_wkb().tolist(), pa.large_binary())
        told = {"name": layer.name, "mended": [_told(word) for word in layer.mended], "simplified": layer.simplified}
        return {"layer": told}, _stream(attributes.append_column(OUTLINES, outlines))
    if task == "guess":
        from geo.uploads.matching import likeliest_pair

        return {"pair": likeliest_pair(options["sampled"], _texts(content))}, b""
    if task == "match_layer":
        from geo.uploads.matching import match_to_keys

        answers = match_to_keys(options["names"], _texts(content).iloc[:, 0])
        return {"answers": [asdict(answer) for answer in answers]}, b""
    return _matched(_table(options["table"], content), options["key"]), b""


def _matched(table: UploadedTable, key: str) -> dict[str, Any]:
    from geo.uploads.matching import guess_key, match_names, names_of

    key = key or guess_key(table)
    return {"key": key, "answers": [asdict(answer) for answer in match_names(names_of(table, key))]}


def main() -> int:
    """Take the task from standard input, put the answer on standard output."""
    given = sys.stdin.buffer.read()
    size = struct.unpack(">I", given[:4])[0]
    options = json.loads(given[4 : 4 + size])
    bounds = Limits(**options.pop("limits"))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 5))
    resource.setrlimit(resource.RLIMIT_DATA, (bounds.memory_megabytes * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # not a byte goes to a disk
    os.nice(10)
    try:
        answer, frame = _done(options.pop("task"), given[4 + size :], bounds, options)
    except Refused as refusal:
        answer = {"refused": refusal.kind, "values": {key: _told(value) for key, value in refusal.values.items()}}
        frame = b""
    header = json.dumps(answer).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(header)) + header + frame)
    return 0


if __name__ == "__main__":
    sys.exit(main())
