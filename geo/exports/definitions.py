"""What the columns of a table mean: lines of the sheet of definitions, as far as the catalogue knows them."""

from __future__ import annotations

from collections.abc import Collection

from geo import indicators, ties
from geo.i18n import Language, translator
from geo.indicators import Indicator


def of_indicator(one: Indicator, per: str | None, lang: Language) -> str:
    """What an indicator counts, in which unit, and how complete it is, as one line."""
    _ = translator(lang)
    complete = {
        "census": "",
        "lower_bound": _("Read “at least”: a lower bound, as not every tie is recorded."),
        "illustration": _("Examples, not compared."),
    }
    unit = _("Unit: {unit}.").format(unit=indicators.unit_of(one, per).of(lang))
    return " ".join(part for part in (one.definition.of(lang), unit, complete[one.completeness]) if part)


def of_columns(columns: Collection[str], lang: Language) -> list[tuple[str, str]]:
    """What the columns mean that bear the same name in every table, as far as they are among `columns`."""
    _ = translator(lang)
    at_least = _("Read “at least”: a lower bound, as not every tie is recorded.")
    known: dict[str, str] = {
        "iso_3166_2": _("code of the subject, ISO 3166-2"),
        "country": _("code of the country, ISO 3166-1; outlines go as far as the maps of the atlas reach"),
        "foreign_iso_3166_2": _("code of the foreign region, ISO 3166-2"),
        "name_en": _("name in English"),
        "name_ru": _("name in Russian"),
        "unit_en": _("unit in English"),
        "unit_ru": _("unit in Russian"),
        "per": _("what the figure is divided by"),
        "source": _("ids, as in the sheet of sources"),
        "licence": _("terms on which the figure may be used"),
        "ties": at_least,
        **{kind: f"{ties.kind_name(kind, lang)}. {at_least}" for kind in ties.KINDS},
    }
    beside = f": {_('in words')}"
    words = {column: _("why there is no figure, or what more is said of it") for column in columns if beside in column}
    return [(column, meaning) for column, meaning in (known | words).items() if column in columns]
