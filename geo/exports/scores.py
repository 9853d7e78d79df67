"""Maps of what is computed here, not in the catalogue: scores and categories as exhibits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geo import facts, units
from geo.exports import maps
from geo.exports.exhibits import Exhibit, provenance, status_definitions
from geo.i18n import Text, translator
from geo.maps.captions import Caption, boundary_note
from geo.maps.drawings import Drawing


def of_scores(
    drawing: Drawing,
    told: Mapping[str, Any],
    *,
    heading: str,
    unit: str,
    address: str,
    sources: Sequence[str] = (),
    means: Sequence[tuple[str, str]] = (),
) -> Exhibit:
    """Exhibit of a map of scores or of categories, in the language of its drawing.

    Parameters
    ----------
    told
        Payload of the map; its title, and what its hover card says of the standing of each subject, are taken from it.
    heading
        Of its legend: what the classes are.
    unit
        Of its values.
    means
        Further terms and what they mean: rules, indicators, weights.
    """
    lang, title = drawing.lang, str(told["title"])
    _ = translator(lang)
    named = [str(one) for one in facts.sources()["title"].reindex(list(sources)).dropna()]
    words = Caption(
        title=title,
        subtitle=unit,
        legend_title=heading,
        paragraphs=(
            ("", _("Operationalised by this project; the page Sources tells the method.")),
            (_("Sources:"), "; ".join(named)) if named else ("", ""),
            ("", boundary_note(lang) + " " + _("Natural Earth 1:10m, Albers equal-area.")),
        ),
        foot=provenance(address, lang),
    )

    ranked = drawing.subjects["rank"].notna().any()
    definitions = (
        ("class", f"{heading}: {'; '.join(row.label for row in drawing.legend)}"),
        ("value", unit),
        *status_definitions(lang),
        ("rank", _("1 is the highest of the subjects in the table") if ranked else ""),
        ("standing", _("what the map says of the subject") if "rank_texts" in told else ""),
        *means,
        (_("Boundaries"), boundary_note(lang)),
    )
    return Exhibit(
        name=title,
        kind="map",
        title=Text(en=title, ru=title),
        lang=lang,
        address=address,
        frame=lambda: scores_table(drawing, unit, told.get("rank_texts")),
        sources=tuple(sources),
        definitions=[(term, meaning) for term, meaning in definitions if meaning],
        picture=lambda kind, dpi: maps.picture(drawing, words, kind, dpi),
        page=lambda: maps.page(drawing, words, told),
    )


def scores_table(drawing: Drawing, unit: str, standing: Sequence[str | None] | None = None) -> pd.DataFrame:
    """Class and value of each subject of a map, with statuses and ranks, in code order.

    Parameters
    ----------
    unit
        In the language of the drawing, as are the names of the classes.
    standing
        What is said of the standing of each of the 83 subjects.
    """
    inside = drawing.subjects["in_scope"].to_numpy()
    subjects = drawing.subjects[inside]
    frame = pd.DataFrame(
        {
            "iso_3166_2": subjects.index,
            "name_en": [units.name(str(code), "en") for code in subjects.index],
            "name_ru": [units.name(str(code), "ru") for code in subjects.index],
            "class": _classes(drawing, subjects),
            "value": subjects["value"].to_numpy(),
            "unit": unit,
            "status": subjects["status"].to_numpy(),
            "rank": subjects["rank"].array,
        }
    )
    if standing is not None:
        frame["standing"] = [said for said, shown in zip(standing, inside, strict=True) if shown]
    return frame.drop(columns=[] if frame["rank"].notna().any() else ["rank"])


def _classes(drawing: Drawing, subjects: pd.DataFrame) -> list[str]:
    """What the legend calls the look of each subject: its class, or its kind of nothing."""
    classes = [row.label for row in drawing.legend if row.kind == "class"]
    nothing = {row.kind: row.label for row in drawing.legend if row.kind != "class"}
    places = subjects["class_index"] if "class_index" in subjects else [-1] * len(subjects)
    return [
        classes[place] if place >= 0 else nothing.get(status, nothing.get("unchecked", ""))
        for place, status in zip(places, subjects["status"], strict=True)
    ]
