"""What stands behind a composite index: its indicators with their sources, the subjects left out, the files to take."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from geo import indicators
from geo.errors import LimitropheError
from geo.exports.definitions import of_indicator
from geo.i18n import number
from geo.maps.captions import boundary_note
from geo.measures import recipe as recipe_files
from geo.measures import standing
from geo.measures.recipe import IndexRecipe
from ui import cells, html_table, recipes
from ui.i18n import _, lang
from ui.recipes import RecipeChoice

LARGEST_FILE = 64_000
TROUBLE = "_recipe_trouble"


def title(choice: RecipeChoice) -> str:
    """Title of the index, whether it was changed, and what it says of itself."""
    changed = choice.recipe != choice.base
    note = choice.base.note.of(lang()) if choice.base.note else ""
    said_already = choice.base.note is not None and "perationalised" in choice.base.note.en
    own = _("Composite index, operationalised by this project: what counts and how much is a choice.")
    small = _("changed by the reader") if changed else _("as in the recipe")
    return (
        f"<h1>{escape(recipes.title(choice.base))} <small>{escape(small)}</small></h1>"
        f'<p class="soft">{escape(note)} {"" if said_already else escape(own)}</p>'
    )


def caption(found: standing.Ranked) -> str:
    """How many are ranked, which years, that counts are lower bounds, and the note on boundaries."""
    one = found.index.recipe
    years = sorted((found.inputs.years or {}).values())
    parts = [
        _("{n} subjects ranked, {out} left out; {k} indicators of {years}.").format(
            n=len(found.index.units),
            out=len(found.index.left_out),
            k=len(one.indicators),
            years=f"{years[0]}–{years[-1]}" if years[0] != years[-1] else years[0],
        )
    ]
    lower = [i.id for i in one.indicators if indicators.find(i.id).completeness == "lower_bound"]
    if lower:
        names = ", ".join(indicators.find(key).short.of(lang()) for key in lower)
        parts.append(_("Lower bounds, of which not every tie is recorded: {names}.").format(names=names))
    if one.null_rule == "none_found_is_zero":
        parts.append(_("Where none was found the count is taken as zero; what is suspended counts as zero."))
    parts.append(f"{boundary_note(lang())} {_('Natural Earth 1:10m, Albers equal-area.')}")
    return f'<div class="caption">{"<br>".join(escape(part) for part in parts)}</div>'


def means(found: standing.Ranked) -> list[tuple[str, str]]:
    """What the score is, and what each of its indicators is and weighs: for the sheet of definitions."""
    one = found.index.recipe
    score = _("{within} within pillars, {across} across; normalisation: {normalisation}; a gap: {gap}").format(
        within=recipes.mean_words()[one.within],
        across=recipes.mean_words()[one.across],
        normalisation=recipes.normalisation_words()[one.normalisation],
        gap=recipes.null_words()[one.null_rule],
    )
    parts = [
        (wanted, pillar.weight * wanted.weight, recipes.pillar_title(pillar), indicators.find(wanted.id))
        for pillar in one.pillars
        for wanted in pillar.indicators
    ]
    return [
        (_("Score"), score),
        *(
            (
                declared.title.of(lang()),
                _("Pillar: {pillar}. Weight: {weight} %. {definition}").format(
                    pillar=pillar,
                    weight=number(100 * weight, lang(), 1),
                    definition=of_indicator(declared, wanted.per, lang()),
                ),
            )
            for wanted, weight, pillar, declared in parts
        ),
    ]


def left_out(found: standing.Ranked) -> None:
    """Subjects without a score, with the reason and what each lacks."""
    gone = found.index.left_out
    if gone.empty:
        st.html(f'<p class="soft">{escape(_("Every subject of the scope is ranked."))}</p>')
        return
    rows = [
        (
            cells.subject(code),
            _reason(row, found.index.recipe),
            cells.per_cent(row["data_share"]),
            _lacking(found, str(code)),
        )
        for code, row in gone.iterrows()
    ]
    heads = [
        _("Subject"),
        _("Why"),
        (_("Share of data"), _("share of the indicators with data, from 0 to 1")),
        _("What it lacks"),
    ]
    st.html(html_table.table(heads, rows, title=_("Left out")))


def _reason(row: pd.Series, one: IndexRecipe) -> str:
    if row["reason"] == "no_data":
        return _("no data for any indicator")
    return _("less data than the recipe asks for ({share} %)").format(share=round(100 * (one.min_data_share or 0)))


def _lacking(found: standing.Ranked, code: str) -> str:
    if found.inputs.statuses is None:
        return ""
    words = {"no_data": _("no data"), "not_applicable": _("not applicable")}
    statuses = found.inputs.statuses.loc[code]
    told = []
    for status, said in words.items():
        names = [indicators.find(str(key)).short.of(lang()) for key in statuses.index[statuses == status]]
        if names:
            told.append(f"{said}: {', '.join(names)}")
    return "; ".join(told)


def provenance(found: standing.Ranked) -> None:
    """Every indicator with pillar, weight, year, treatment, completeness and sources; each name leads to its map."""
    one = found.index.recipe
    degrees = {"census": _("census"), "lower_bound": _("lower bound")}
    rows = []
    for pillar in one.pillars:
        for wanted in pillar.indicators:
            declared = indicators.find(wanted.id)
            rows.append(
                (
                    recipes.pillar_title(pillar),
                    html_table.map_link(wanted.id, wanted.per),
                    indicators.unit_of(declared, wanted.per).of(lang()),
                    cells.per_cent(pillar.weight * wanted.weight),
                    _("more is more") if wanted.direction == "more" else _("more is less"),
                    (found.inputs.years or {}).get(wanted.id, ""),
                    _treatment(found, wanted.id),
                    degrees[declared.completeness],
                    html_table.sources_link(wanted.id),
                )
            )
    heads = [
        _("Pillar"),
        _("Indicator"),
        (_("Unit"), _("of the values that go into the score")),
        (_("Weight"), _("weight in the recipe, from 0 to 1")),
        (_("Direction"), _("whether more of it raises the score")),
        _("Year"),
        (_("Treatment"), _("what is done to the values before they are brought to one scale")),
        (_("Completeness"), _("a lower bound reads “at least”: not every tie is recorded")),
        _("Sources"),
    ]
    st.html(html_table.table(heads, rows, title=_("Where it comes from")))
    said = _(
        "The recipe is operationalised by this project after the OECD/JRC Handbook on Constructing Composite "
        "Indicators (2008). Each name leads to its map, each source to its entry."
    )
    st.html(f'<p class="caption">{escape(said)}</p>')


def _treatment(found: standing.Ranked, key: str) -> str:
    done = found.index.prepared.treatments[key]
    words = {
        "none": _("as it is"),
        "log": _("logarithm"),
        "log1p": _("logarithm of 1 + value"),
        "winsorise": _("extremes set to the next value: {n}").format(n=done.points) if done.points else _("as it is"),
    }
    return words[done.transform]


def files(choice: RecipeChoice) -> None:
    """Take the recipe away, or open one of one's own."""
    with st.popover(_("Recipe as a file"), key="recipe_files", on_change="rerun", width="stretch") as fold:
        if not fold.open:
            return
        name = f"limitrophe-{choice.recipe.id}"
        st.download_button(
            _("Recipe (YAML)"),
            data=lambda: recipe_files.dump(choice.recipe).encode(),
            file_name=f"{name}.yml",
            mime="application/yaml",
            key="take_recipe",
            width="stretch",
        )
        st.file_uploader(_("Open a recipe (YAML)"), type=["yml", "yaml"], key="recipe_file", on_change=_open)


def _open() -> None:
    """Callback of the uploader: open what was given, or remember what is wrong with it."""
    given = st.session_state.get("recipe_file")
    st.session_state[TROUBLE] = ""
    if given is None:
        return
    try:
        st.session_state[TROUBLE] = opened(given.name, given.getvalue())
    except LimitropheError as error:
        st.session_state[TROUBLE] = recipes.trouble(error)


def opened(name: str, content: bytes) -> str:
    """Open a recipe of the reader's own; say why it cannot be where that is not the recipe's fault.

    Raises
    ------
    DataError
        If the file is not a recipe, or asks for what the atlas does not have.
    """
    if len(content) > LARGEST_FILE:
        return _("The file is larger than a recipe can be ({n} KB at most).").format(n=LARGEST_FILE // 1000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _("The file is not text in UTF-8; save it as UTF-8.")
    one = recipe_files.parse(text, name, indicators.catalogue())
    standing.ranked(one)
    recipes.open_own(one)
    return ""


def trouble() -> None:
    """Say what is wrong with the file that the reader gave last."""
    said = st.session_state.get(TROUBLE)
    if said:
        st.error(_("The recipe was not opened.") + " " + said)
