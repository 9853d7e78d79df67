"""Hold the catalogue of messages against the code: the check behind `make check`; `--collect` behind `make messages`.

Messages are read from the syntax tree, as Babel's own extraction misses those inside f-strings on Python 3.11.
"""

from __future__ import annotations

import ast
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
RUSSIAN = ROOT / "locale" / "ru" / "LC_MESSAGES" / "limitrophe.po"
FUNCTIONS = ("_", "translate", "Message")


def messages() -> dict[str, str]:
    """Messages wrapped in the code, with the file that holds each first."""
    found: dict[str, str] = {}
    files = [ROOT / "app.py", *(path for folder in ("pages", "ui", "geo") for path in (ROOT / folder).rglob("*.py"))]
    for path in sorted(files):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = wrapped(node)
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.setdefault(text.value, str(path.relative_to(ROOT)))
    return found


def wrapped(node: ast.AST) -> ast.AST | None:
    """First argument of a call that translates, or what is put into a variable `pattern` for a Message."""
    if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") in FUNCTIONS:
        return node.args[0]
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "pattern":
        return node.value
    return None


def catalogue() -> Catalog:
    """The Russian catalogue as it stands."""
    with RUSSIAN.open("rb") as file:
        return read_po(file, locale="ru")


def collect() -> None:
    """Add what the code says newly, without its Russian, and leave out what it no longer says; nothing else changes."""
    said, russian = messages(), catalogue()
    for text in said:
        if text not in russian:
            russian.add(text)
    for message in [message for message in russian if message.id and message.id not in said]:
        russian.delete(message.id)
    for message in russian:
        message.flags.clear()  # Babel's guess at formats says nothing that the check does not
    written = io.BytesIO()
    write_po(written, russian, width=0, omit_header=True)
    header = RUSSIAN.read_text(encoding="utf-8").partition("\n\n")[0]
    RUSSIAN.write_text(f"{header}\n\n{written.getvalue().decode().strip()}\n", encoding="utf-8")


def main() -> int:
    """Print what is missing; 1 if anything is."""
    if "--collect" in sys.argv[1:]:
        collect()
    russian = {str(message.id): str(message.string) for message in catalogue() if message.id}
    missing = {text: file for text, file in messages().items() if not russian.get(text)}
    for text, file in sorted(missing.items(), key=lambda item: item[1]):
        print(f"{file}: no Russian for {text!r}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
