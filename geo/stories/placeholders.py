"""Figures in the text of a story: `{border_km(KZ)}` is computed from the data, so it cannot go stale.

A placeholder calls one of a closed set of functions with codes as arguments, by place or by name, and may give the
forms of the noun that goes with the figure: ``{listed(twin_town, country=FI): tie|ties}``, in Russian three of them.
Nothing is evaluated: names and codes are looked up in closed lists.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import cache, partial
from types import NoneType
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from babel import Locale

from geo.errors import ArgumentError, LimitropheError, UnknownCodeError
from geo.i18n import Language, number, translator
from geo.stories.figures import Figure, Name, functions

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CALL = re.compile(r"^(?P<name>[a-z_]+)\((?P<arguments>[\w,= -]*)\)(?:: (?P<forms>[^|]+(?:\|[^|]+)+))?$")
_FORMS: dict[Language, tuple[str, ...]] = {"en": ("one", "other"), "ru": ("one", "few", "many")}
_NO_BREAK = "\N{NO-BREAK SPACE}"


def fill(text: str, lang: Language) -> str:
    """Replace every placeholder of a text.

    Raises
    ------
    ArgumentError
        For an unknown function, a wrong argument, or a figure that the data do not have; quotes the placeholder.
    """
    return _replaced(text, lambda placeholder: _said(placeholder, lang))


def sources(text: str, lang: Language) -> list[str]:
    """Sources of the rows that the figures of a text count, once each.

    Raises
    ------
    ArgumentError
        As :func:`fill`.
    """
    found: list[str] = []

    def counted(placeholder: str) -> str:
        call, _forms = _read(placeholder, lang)
        found.extend(call().sources)
        return ""

    _replaced(text, counted)
    return list(dict.fromkeys(found))


def verify(text: str, lang: Language) -> None:
    """Look at every placeholder of a text without computing it: a model of ties takes seconds.

    Raises
    ------
    ArgumentError
        As :func:`fill`, but for figures that the data do not have.
    """
    _replaced(text, lambda placeholder: _verified(placeholder, lang))


def _replaced(text: str, said: Callable[[str], str]) -> str:
    def replace(found: re.Match[str]) -> str:
        try:
            return said(found[1])
        except LimitropheError as error:
            raise ArgumentError(f"{{{found[1]}}}: {error}") from None

    filled = PLACEHOLDER.sub(replace, text)
    if "{" in filled or "}" in filled:
        raise ArgumentError("a brace without its twin; placeholders look like {border_km(KZ)}")
    return filled


def _said(placeholder: str, lang: Language) -> str:
    call, forms = _read(placeholder, lang)
    found = call()
    if isinstance(found, Name):
        return found.text.of(lang)
    parts = [translator(lang)("at least")] if found.at_least else []
    parts.append(number(found.value, lang, found.digits))
    if forms:
        parts.append(_form(found.value, forms, lang))
    return _NO_BREAK.join(parts)


def _verified(placeholder: str, lang: Language) -> str:
    _read(placeholder, lang)
    return ""


def _read(placeholder: str, lang: Language) -> tuple[Callable[[], Figure | Name], list[str]]:
    """Call that a placeholder makes, ready to be made, and the forms of its noun."""
    call = _CALL.match(placeholder)
    if call is None:
        raise ArgumentError("write {function(code, name=code)} or {function(code): noun|nouns}")
    known = functions()
    if call["name"] not in known:
        raise UnknownCodeError("function", call["name"], sorted(known))
    function = known[call["name"]]
    forms = [form.strip() for form in call["forms"].split("|")] if call["forms"] else []
    if forms and get_type_hints(function)["return"] is Name:
        raise ArgumentError("a name takes no forms of a noun")
    if forms and len(forms) != len(_FORMS[lang]):
        raise ArgumentError(f"give {len(_FORMS[lang])} forms of the noun in {lang!r}, not {len(forms)}")
    return partial(function, **_arguments(function, call["arguments"])), forms


def _form(value: float, forms: list[str], lang: Language) -> str:
    """Form of the noun; a fraction goes with the second one: ‘2 километра’, ‘1,5 километра’."""
    asked = str(Locale(lang).plural_form(value if value != int(value) else int(value)))
    return forms[_FORMS[lang].index(asked) if asked in _FORMS[lang] else 1]


def _arguments(function: Callable[..., Figure | Name], written: str) -> dict[str, Any]:
    """Arguments by name, each read by the reader in its annotation."""
    by_place: list[str] = []
    by_name: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in written.split(","))):
        key, equals, code = (word.strip() for word in part.partition("="))
        if equals:
            by_name[key] = code
        else:
            by_place.append(key)
    signature = inspect.signature(function)
    try:
        bound = signature.bind(*by_place, **by_name)
    except TypeError as error:
        raise ArgumentError(f"{error}; it takes {', '.join(signature.parameters) or 'nothing'}") from None
    readers = _readers(function)
    return {key: readers[key](str(code)) for key, code in bound.arguments.items()}


@cache
def _readers(function: Callable[..., Figure | Name]) -> dict[str, Callable[[str], Any]]:
    """Reader of each argument: the one in its annotation."""
    hints = get_type_hints(function, include_extras=True)
    return {name: _reader(hint) for name, hint in hints.items() if name != "return"}


def _reader(hint: Any) -> Callable[[str], Any]:
    """Function in an annotation, which may also allow None."""
    if get_origin(hint) is Annotated:
        return cast("Callable[[str], Any]", hint.__metadata__[0])
    return next(_reader(part) for part in get_args(hint) if part is not NoneType)
