"""From bytes to text: the encoding of a table, found out.

A byte order mark is believed, then strict UTF-8 is tried, then UTF-16 without a mark (half of its bytes are zero), and
then the single-byte encodings in which Russian tables come. Any bytes decode in those, so the one wins whose letters
read most like words. What none of them explains is left to charset-normalizer.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from geo.uploads.refusals import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic", "cp1252")
SAMPLE = 200_000
"""Bytes that are enough to tell the encoding of a table."""
LEAST_PLAUSIBLE = 0.75
COMMON = frozenset("оеаинтсрвлкмдпуяы")
"""The letters that make up four fifths of a Russian text."""
LATIN_ENDS = 0x250
_WORD = re.compile(r"[^\W\d_]+")
_RUSSIAN = re.compile("[А-Яа-яЁё]")


def decode(content: bytes) -> tuple[str, str]:
    """Decode a table.

    Returns
    -------
    text, encoding
        The encoding by its Python name.

    Raises
    ------
    Refused
        ``empty``, ``binary``, ``mixed_encodings`` or ``undecodable``.
    """
    if not content.strip():
        raise Refused("empty")
    text, encoding = _decoded(content)
    if "\0" in text:
        raise Refused("binary")
    if not text.strip():
        raise Refused("empty")
    return text, encoding


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), encoding
    if wide := _utf_16(content):
        return _strictly(content, wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        _refuse_mixture(content)
    sample = _whole_lines(content)
    best = max(SINGLE_BYTE, key=lambda encoding: plausibility(sample.decode(encoding, "replace")))
    if plausibility(sample.decode(best, "replace")) >= LEAST_PLAUSIBLE:
        try:
            return content.decode(best), best
        except UnicodeDecodeError:
            pass
    guess = from_bytes(sample).best()
    if guess is None:
        raise Refused("undecodable")
    return _strictly(content, guess.encoding), guess.encoding


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("undecodable") from error


def _utf_16(content: bytes) -> str | None:
    """UTF-16 without a mark: the digits and separators of a table leave every other byte zero."""
    sample = content[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 16 or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_mixture(content: bytes) -> None:
    """Refuse a file some of whose lines are UTF-8 beyond doubt while others are not.

    All lines are looked at, as files are put together of parts of any length; the first of each sort decides.
    """
    spelled, other = False, 0
    for number, line in enumerate(content.splitlines(), start=1):
        if line.isascii():
            continue
        try:
            letters = _RUSSIAN.findall(line.decode("utf-8"))
        except UnicodeDecodeError:
            other = other or number
        else:
            spelled = spelled or len(letters) >= 3
        if spelled and other:
            raise Refused("mixed_encodings", line=other)


def _whole_lines(content: bytes) -> bytes:
    sample = content[:SAMPLE]
    return sample if len(content) <= SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample


def plausibility(text: str) -> float:
    """How much the words with letters beyond ASCII read like words, 0 to 1.

    A word counts as far as it is of one alphabet, does not change from small to capital letters, and (if Cyrillic)
    is made of the letters that are frequent in Russian.
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    letters = sum(map(len, words))
    foreign = sum(not character.isascii() and not character.isalpha() for character in text)
    if not letters:
        return 0.0
    good = sum(_worth(word) * len(word) for word in words)
    return good / (letters + foreign / 2)


def _worth(word: str) -> float:
    russian = len(_RUSSIAN.findall(word))
    if not (word.islower() or word.isupper() or word.istitle()):
        return 0.1
    if russian == len(word):
        return 0.7 + 0.3 * sum(letter in COMMON for letter in word.lower()) / len(word)
    if russian:
        return 0.1
    plain = sum(letter.isascii() for letter in word)
    latin = all(ord(letter) < LATIN_ENDS for letter in word)
    return 0.85 if latin and plain >= len(word) / 2 else 0.2
