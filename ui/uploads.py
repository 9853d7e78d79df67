"""What the reader brings: kept in the session and nowhere else, read in a process of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.delta_generator import DeltaGenerator

from geo.i18n import Message
from geo.uploads import Refused, UploadedTable, apart, limits
from geo.uploads.layers import SYSTEMS, UploadedLayer
from geo.uploads.limits import MEGABYTE
from geo.uploads.matching import Answer
from geo.uploads.template import csv_template, xlsx_template
from ui import params
from ui.captions import plain
from ui.i18n import _, lang

# the server would let the parts of a form beyond a megabyte go to a temporary file on a disk while they arrive
MultiPartParser.spool_max_size = max(MultiPartParser.spool_max_size, (limits().megabytes + 1) * MEGABYTE)

_log = logging.getLogger("limitrophe")
_TABLE, _LAYER = "_brought_table", "_brought_layer"
_DECISIONS = (
    *("_answers", "_guesses", "_settled", "_kept_rows", "_year_places", "_drawn_layer", "_ties_over", "_own_place"),
    *("own_key", "own_value", "own_years", "own_layer_key"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Brought:
    """A table that was read, and boundaries if there are any.

    Attributes
    ----------
    key, answers
        Column that was guessed to name subjects, and what its names mean.
    """

    table: UploadedTable
    key: str
    answers: tuple[Answer, ...]
    layer: UploadedLayer | None


def bring() -> Brought | None:
    """Draw the places for files and the template; give what has been read, or None while there is no table."""
    st.html(_words_of_uploaders())
    tables, layers, template = st.columns([1.5, 1.5, 1], gap="large")
    with tables:
        file = st.file_uploader(
            _("Table: CSV or XLSX"),
            key="table_file",
            max_upload_size=limits().megabytes,
            on_change=_changed,
            args=("table_file", _TABLE),
        )
        if file is not None and (_TABLE not in st.session_state or st.session_state[_TABLE][0] != file.file_id):
            _forget(_TABLE)
            st.session_state[_TABLE] = (file.file_id, _table(file.getvalue(), file.name))
    with layers:
        file = st.file_uploader(
            _("Boundaries, if they are not the 83 subjects: zipped shapefile, GeoPackage, GeoJSON"),
            key="layer_file",
            max_upload_size=limits().megabytes,
            on_change=_changed,
            args=("layer_file", _LAYER),
        )
        if file is not None:
            _read_layer(file.file_id, file.getvalue(), file.name)
    with template:
        _template()
    table, layer = _sound(tables, _TABLE), _sound(layers, _LAYER)
    with layers:
        _ask_system()
    return None if table is None else Brought(*table, layer)


def _words_of_uploaders() -> str:
    """Style that says the words of Streamlit's own uploader in the language of the page.

    The word on the button stays there for screen readers, which would find a button without a name.
    """
    zone = '[data-testid="stFileUploaderDropzone"]'
    button = f'{zone} [data-testid="stBaseButton-secondary"] p'
    limit = f'{zone} [data-testid="stFileUploaderDropzoneInstructions"] span'
    most = _("up to {n} MB").format(n=limits().megabytes)
    return (
        f"<style>{button}{{font-size:0}}{limit}{{font-size:0;visibility:hidden}}"
        f'{button}::after{{content:"{_("Choose a file")}";font-size:.93rem}}'
        f'{limit}::after{{visibility:visible;content:"{most}";font-size:.93rem}}</style>'
    )


def _changed(widget: str, place: str) -> None:
    """Forget what was read when the reader takes the file away."""
    params.touch()
    if st.session_state[widget] is None:
        _forget(place)


def _forget(*places: str) -> None:
    for name in (*places, *_DECISIONS):
        st.session_state.pop(name, None)


def forget() -> None:
    """Forget all that was brought."""
    _forget(_TABLE, _LAYER, "table_file", "layer_file")


def _table(content: bytes, name: str) -> tuple[UploadedTable, str, tuple[Answer, ...]] | Refused:
    with st.spinner(_("Reading the table")):
        try:
            return apart.read_table(content, name[:200])
        except Refused as refusal:
            return _logged(refusal)


def _read_layer(identity: str, content: bytes, name: str) -> None:
    """Read boundaries once for a file and a reference system."""
    wanted = (identity, st.session_state.get("crs") or None)
    if _LAYER in st.session_state and st.session_state[_LAYER][0] == wanted:
        return
    _forget(_LAYER)
    with st.spinner(_("Reading the boundaries")):
        try:
            read: UploadedLayer | Refused = apart.read_layer(content, name[:200], wanted[1])
        except Refused as refusal:
            read = _logged(refusal)
    st.session_state[_LAYER] = (wanted, read)


def _logged(refusal: Refused) -> Refused:
    """Leave the kind in the log with what the process said; nothing of the file."""
    _log.warning("upload refused: %s %s", refusal.kind, " ".join(getattr(refusal, "__notes__", ())))
    return refusal


def _sound(place: DeltaGenerator, kept: str) -> Any:
    """What was read, or None after the sentence that says why it was refused."""
    found = st.session_state.get(kept, (None, None))[1]
    if isinstance(found, Refused):
        place.error(plain(found.said(lang())))
        return None
    return found


def _ask_system() -> None:
    """Ask for the reference system where the file does not say it, or where the reader has chosen one."""
    found = st.session_state.get(_LAYER, (None, None))[1]
    unknown = isinstance(found, Refused) and found.kind == "unknown_crs"
    if unknown or st.session_state.get("crs"):
        st.selectbox(
            _("Reference system"),
            ["", *SYSTEMS],
            key="crs",
            format_func=lambda code: f"{code}: {SYSTEMS[code].of(lang())}" if code else _("as the file says"),
            on_change=params.touch,
        )


def _template() -> None:
    """A table to fill in, and the way to be rid of what was brought."""
    st.html(f'<p class="label">{_("A template to fill in")}</p>')
    language = lang()
    there = _TABLE in st.session_state or _LAYER in st.session_state
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV", data=csv_template(lang()), file_name="limitrophe-template.csv", mime="text/csv", on_click="ignore"
        )
        st.download_button(
            "XLSX",
            data=lambda: xlsx_template(language),
            file_name="limitrophe-template.xlsx",
            mime=XLSX,
            on_click="ignore",
        )
        if there:
            st.button(_("Forget my files"), key="forget_files", on_click=forget)
    if not there:
        st.html(f'<p class="soft">{_("The 83 subjects with their codes and names in both languages.")}</p>')


def how_read(brought: Brought) -> str:
    """How the files were understood, in a line for the reader to check, as HTML."""
    table = brought.table
    separators = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical bar")}
    parts = [
        table.name,
        _("{n} rows").format(n=len(table.frame)),
        _("{n} columns").format(n=len(table.columns)),
        table.encoding.upper(),
        _("separator: {sign}").format(sign=separators[table.separator]) if table.separator else "",
        _("decimal mark: {sign}").format(sign=separators[","] if table.decimal == "," else _("point")),
    ]
    if brought.layer is not None:
        layer = brought.layer
        parts += [layer.name, _("{n} units").format(n=len(layer.frame)), _("{n} vertices").format(n=layer.vertices)]
        parts += [word.of(lang()) if isinstance(word, Message) else str(word) for word in layer.mended]
        parts += [_("outlines simplified")] if layer.simplified else []
    return f'<p class="caption">{escape(" · ".join(part for part in parts if part))}</p>'


def empty() -> None:
    """What may be brought, and what becomes of it, while nothing is there."""
    most = limits()
    told = (
        (
            _("What to bring"),
            _(
                "A table with a row for each unit: a column that names it (code, English or Russian name; slips are "
                "forgiven) and columns with figures."
            ),
        ),
        (
            _("What you get"),
            _("The map with all its choices, beside any indicator of the atlas, in an index, and as files."),
        ),
        (
            _("What becomes of it"),
            _(
                "Your files stay in the memory of this session and are gone with it. "
                "Nothing is written to a disk or run."
            ),
        ),
        (
            _("How much is read"),
            _(
                "{megabytes} MB, {rows} rows, {columns} columns; boundaries of up to {vertices} vertices "
                "after simplification."
            ).format(
                **{name: f"{value:,}".replace(",", "\N{NO-BREAK SPACE}") for name, value in most.model_dump().items()}
            ),
        ),
    )
    st.html(
        '<div class="steps">'
        + "".join(f"<section><h2>{head}</h2><p>{text}</p></section>" for head, text in told)
        + "</div>"
    )
