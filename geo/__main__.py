"""Command line: ``python -m geo COMMAND``. JSON goes to standard output alone, errors to standard error."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from geo.errors import ArgumentError, LimitropheError

COMMANDS = (
    "check",
    "boundaries",
    "publish",
    "data",
    "indicators",
    "values",
    "region",
    "match",
    "join",
    "map",
    "export",
    "report",
    "rank",
    "ties",
    "border",
    "network",
    "levels",
    "actorness",
    "relations",
    "factors",
    "story",
    "events",
)


def parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Build the parser; every command is a module of :mod:`geo.commands` with ``add`` and ``run``."""
    top = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in commands:
        module = importlib.import_module(f"geo.commands.{name}")
        sub = subparsers.add_parser(name, help=(module.__doc__ or "").splitlines()[0], description=module.__doc__)
        module.add(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 when it worked, 1 for bad data, 2 for bad arguments.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    # one command imports its own modules only: `publish` must not wait for the catalogue
    asked = words[0] if words and words[0] in COMMANDS else None
    args = parser((asked,) if asked else COMMANDS).parse_args(words)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # the reader of our output (`head`, say) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ArgumentError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except LimitropheError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:  # a file that cannot be read or written; what it is called stands in the message
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
