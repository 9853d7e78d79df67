"""A table to fill in: the codes and names of the 83 subjects, and a column for figures."""

from __future__ import annotations

import csv
import io

import pandas as pd

from geo import units
from geo.i18n import Language, translator


def template(lang: Language) -> pd.DataFrame:
    """The 83 subjects in code order with an empty column for values, headed in a language."""
    _ = translator(lang)
    codes = sorted(units.subjects().index)
    return pd.DataFrame(
        {
            "iso_3166_2": codes,
            "name_en": [units.name(code, "en") for code in codes],
            "name_ru": [units.name(code, "ru") for code in codes],
            _("value"): "",
        }
    )


def csv_template(lang: Language) -> bytes:
    """Template as CSV in UTF-8 with a mark; with semicolons in Russian, as Excel there expects."""
    out = io.StringIO(newline="")
    frame = template(lang)
    rows = csv.writer(out, delimiter=";" if lang == "ru" else ",")
    rows.writerow(frame.columns)
    rows.writerows(frame.to_numpy().tolist())
    return out.getvalue().encode("utf-8-sig")


def xlsx_template(lang: Language) -> bytes:
    """Template as a workbook whose names stand still while the reader scrolls."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    frame = template(lang)
    sheet.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        sheet.append([cell or None for cell in row])
    for letter, width in (("A", 12), ("B", 34), ("C", 44), ("D", 14)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "D2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
