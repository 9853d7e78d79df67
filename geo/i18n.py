"""Words, names of countries and figures in the two languages of the atlas.

English is the source language; Russian stands in ``locale/ru``. Texts of data (indicators, subjects) carry
both languages themselves as :class:`Text`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, Self, get_args

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from pydantic import BaseModel, ConfigDict

Language = Literal["en", "ru"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"


class Text(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    ru: str

    def of(self, lang: Language) -> str:
        """Return the text in one language."""
        return self.ru if lang == "ru" else self.en


@cache
def _catalogue(lang: Language) -> dict[str, str]:
    if lang == "en":
        return {}
    with (LOCALE_DIR / lang / "LC_MESSAGES" / "limitrophe.po").open("rb") as file:
        messages = read_po(file)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}


def translator(lang: Language) -> Callable[[str], str]:
    """Return the function that translates an English message of the code; unknown messages stay English."""
    catalogue = _catalogue(lang)
    return lambda message: catalogue.get(message, message)


class Message(str):
    """A sentence in English that can be said again in the language of the reader.

    Errors are raised where that language is not known; the page that shows one calls :meth:`of`.

    Parameters
    ----------
    pattern
        The message of the catalogue, with fields for :meth:`str.format`.
    values
        What the fields hold; a value that is a message is translated too.
    """

    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        """Say the sentence in English."""
        message = super().__new__(cls, pattern.format(**values))
        message.pattern, message.values = pattern, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """Copy the message by its pattern: what it says may hold braces."""
        return (self.pattern,), self.values

    def of(self, lang: Language) -> str:
        """Return the sentence in one language."""
        told = {key: value.of(lang) if isinstance(value, Message) else value for key, value in self.values.items()}
        return translator(lang)(self.pattern).format(**told)


@cache
def country_name(country: str, lang: Language) -> str:
    """Name of a country by its ISO 3166-1 alpha-2 code (Unicode CLDR); an unknown code is returned as it is."""
    return str(Locale(lang).territories.get(country, country))


def number(value: float, lang: Language, digits: int | None = None) -> str:
    """Figure with the separators of the language and a minus sign (not a hyphen).

    Parameters
    ----------
    digits
        Digits after the point; by default three significant ones, and none from 100 on.
    """
    if digits is None:
        size = abs(value)
        digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 1 else 3
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=lang)).replace("-", "−")
