"""``python -m coalition COMMAND``: the table by command line."""

import argparse
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

from coalition import cli
from coalition.domain.ground.errors import CoalitionError
from coalition.words.refusals import refusal

STOPPED = 1  # exit code: nobody reads on
REFUSED = 2  # exit code: nothing was done, and the words say why


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a refusal is told in words, never as a traceback.

    A command is a module of ``coalition.cli`` that offers ``add_parser(subparsers)``
    and ``run(args) -> int``.
    """
    args = _parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
    try:
        code = int(args.run(args))
        sys.stdout.flush()  # here, where a closed pipe can be answered
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except CoalitionError as error:
        print(refusal(error), file=sys.stderr)  # noqa: T201 (a command answers by printing)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201
    else:
        return code
    return REFUSED


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser with the command that is given, or with all where none is known.

    Only that command's module is read in: judging a case needs no database and no screens, and
    reading them in takes twenty times as long.
    """
    parser = argparse.ArgumentParser(prog="python -m coalition", description=__doc__)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    modules = {one.name.rstrip("_"): one.name for one in pkgutil.iter_modules(cli.__path__)}
    asked = next(iter(given), "")
    if asked not in modules or not _offer(modules[asked], commands):
        for name in modules.values():
            _offer(name, commands)
    return parser


def _offer(name: str, commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> bool:
    """Add the command of a module of ``coalition.cli``; return whether it offers one."""
    module = import_module(f"{cli.__name__}.{name}")
    if not hasattr(module, "add_parser"):
        return False
    module.add_parser(commands)
    return True


if __name__ == "__main__":
    sys.exit(main())
