"""What the columns of a table mean: lines of the sheet of definitions, as far as the catalogue knows them."""

from __future__ import annotations

from geo import indicators
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
