"""How to cite a map, a chart or a table: as text, for BibTeX, in RIS, by the Russian standard GOST R 7.0.5-2008."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from babel.dates import format_date

from geo.i18n import Language, Text, translator

ATLAS = Text(
    en="Limitrophe: an open atlas of the external relations of Russia's border regions",
    ru="Limitrophe: открытый атлас внешних связей приграничных регионов России",
)
AUTHORS = "Limitrophe contributors"

Kind = Literal["map", "chart", "table"]
RIS_TYPES: dict[Kind, str] = {"map": "MAP", "chart": "FIGURE", "table": "DATA"}
GOST_KINDS: dict[Kind, str] = {"map": "карта", "chart": "диаграмма", "table": "таблица"}

_LATIN = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)
"""Russian letters as international passports write them, near enough to be read."""

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# an address may hold these, but BibTeX counts braces and TeX reads backslashes even there
_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


@dataclass(frozen=True)
class Citation:
    """One thing cited in four ways."""

    text: str
    bibtex: str
    gost: str
    ris: str


def cite_map(
    title: Text,
    year: int | None,
    url_path: str,
    accessed: date,
    lang: Language,
    sources: Sequence[str],
    version: str,
    kind: Kind = "map",
) -> Citation:
    """Cite a map, a chart or a table as it was seen on a day.

    Parameters
    ----------
    title
        Title of it; the Russian one goes into the GOST reference whatever the language.
    year
        Year that it shows; None for what is of no one year.
    url_path
        Address that brings the same view back.
    sources
        Short titles of the sources of the figures.
    version
        Version of the data.
    """
    dated = title if year is None else Text(en=f"{title.en}, {year}", ru=f"{title.ru}, {year}")
    key = cite_key(dated, url_path)
    return Citation(
        text=_text(dated, url_path, accessed, lang, sources, version, kind),
        bibtex=_bibtex(key, dated, url_path, accessed, lang, sources, version),
        gost=_gost(dated, url_path, accessed, version, kind),
        ris=_ris(dated.of(lang), url_path, accessed, lang, sources, version, RIS_TYPES[kind], key),
    )


def cite_atlas(address: str, accessed: date, lang: Language, version: str) -> Citation:
    """Cite the atlas as a whole; parameters as in :func:`cite_map`."""
    _ = translator(lang)
    day = format_date(accessed, format="long", locale=lang)
    text = _("{atlas}, version {version}. {year}. URL: {url} (accessed {day}).")
    fields = {
        "author": "{" + tex(AUTHORS) + "}",
        "title": "{" + tex(ATLAS.of(lang)) + "}",
        "version": version,
        "year": str(accessed.year),
        "url": _plain(address),
        "urldate": accessed.isoformat(),
    }
    return Citation(
        text=text.format(atlas=ATLAS.of(lang), version=version, year=accessed.year, url=address, day=day),
        bibtex=_entry("limitrophe", fields),
        gost=f"{ATLAS.ru} [Электронный ресурс]. Версия {version}. {accessed.year}. URL: {address} "
        f"(дата обращения: {accessed:%d.%m.%Y}).",
        ris=_ris(ATLAS.of(lang), address, accessed, lang, (), version, "DATA", "limitrophe"),
    )


def _plain(address: str) -> str:
    """Address without the letters that BibTeX or TeX would read as its own."""
    return "".join(_ADDRESS.get(letter, letter) for letter in address)


def _entry(key: str, fields: dict[str, str]) -> str:
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}\n}}\n"


def _text(
    title: Text,
    url_path: str,
    accessed: date,
    lang: Language,
    sources: Sequence[str],
    version: str,
    kind: Kind,
) -> str:
    _ = translator(lang)
    pattern = _("“{title}” [{kind}]. {atlas}, version {version}. {data}URL: {url} (accessed {day}).")
    data = _("Data: {sources}.").format(sources="; ".join(sources)) + " " if sources else ""
    kinds: dict[Kind, str] = {"map": _("map"), "chart": _("chart"), "table": _("table")}
    return pattern.format(
        title=title.of(lang),
        kind=kinds[kind],
        atlas=ATLAS.of(lang),
        version=version,
        data=data,
        url=url_path,
        day=format_date(accessed, format="long", locale=lang),
    )


def _bibtex(
    key: str,
    title: Text,
    url_path: str,
    accessed: date,
    lang: Language,
    sources: Sequence[str],
    version: str,
) -> str:
    _ = translator(lang)
    note = _("Data: {sources}.").format(sources="; ".join(sources)) if sources else ""
    fields = {
        "author": "{" + tex(AUTHORS) + "}",
        # the inner braces keep capitals as they are
        "title": "{" + tex(title.of(lang)) + "}",
        "howpublished": tex(f"{ATLAS.of(lang)}, {_('version')} {version}"),
        "year": str(accessed.year),
        "url": _plain(url_path),
        "urldate": accessed.isoformat(),
        "language": {"en": "english", "ru": "russian"}[lang],
        "note": tex(note),
    }
    return _entry(key, fields)


def cite_key(title: Text, url_path: str) -> str:
    """Key under which a thing is cited: ASCII, the same on each day and wherever the atlas is served.

    First words of the title, its last, and a checksum of the title and the address, as charts of one title may show
    different subjects.

    Examples
    --------
    >>> cite_key(Text(en="Связи по видам", ru="Связи по видам"), "http://localhost:8501/region?region=RU-MUR&lang=ru")
    'limitrophe-svyazi-po-vidam-2d1f'
    """
    words = re.findall(r"[a-z0-9]+", title.en.lower().translate(_LATIN))
    asked = urlsplit(url_path)
    named = sorted(part for part in asked.query.split("&") if part and not part.startswith("lang="))
    # a place, not a secret: no more than a checksum is needed
    place = zlib.crc32("\n".join([title.en, asked.path.rpartition("/")[2], *named]).encode()) & 0xFFFF
    return "-".join(["limitrophe", *words[:4], *words[4:][-1:], f"{place:04x}"])


def tex(text: str) -> str:
    """Escape a text for a field of BibTeX."""
    return "".join(_TEX.get(letter, letter) for letter in text)


def _gost(title: Text, url_path: str, accessed: date, version: str, kind: Kind) -> str:
    """Refer to a part of an electronic resource (GOST R 7.0.5-2008, section 10)."""
    return (
        f"{title.ru} [Электронный ресурс] : {GOST_KINDS[kind]} // {ATLAS.ru}. Версия {version}. "
        f"{accessed.year}. URL: {url_path} (дата обращения: {accessed:%d.%m.%Y})."
    )


def _ris(
    title: str,
    url_path: str,
    accessed: date,
    lang: Language,
    sources: Sequence[str],
    version: str,
    form: str,
    key: str,
) -> str:
    """Record for Zotero, EndNote and Mendeley: a tag and a value a line, lines ended as the format says."""
    _ = translator(lang)
    fields = [
        ("TY", form),
        ("AU", AUTHORS),
        ("TI", title),
        ("T2", "" if title == ATLAS.of(lang) else ATLAS.of(lang)),
        ("PY", str(accessed.year)),
        ("ET", version),
        ("ID", key),
        ("UR", url_path),
        ("Y2", f"{accessed:%Y/%m/%d}"),
        ("LA", lang),
        ("N1", _("Data: {sources}.").format(sources="; ".join(sources)) if sources else ""),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])
