"""What commands read as JSON: from a file or standard input, and what cannot be read of it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from coalition.domain.deliberation.fields import Malformed
from coalition.words.malformed import malformed

T = TypeVar("T")
MALFORMED = 2  # exit code: nothing was evaluated, and one line says why


class Unreadable(Exception):
    """The input cannot be read; the message is one line."""


def from_file(file: str) -> object:
    """Return what a JSON file holds, or standard input for ``-``.

    Raises:
        Unreadable: no such file, not UTF-8, not JSON, nested too deeply, too long a number.
        Malformed: an object has two members of one name.
    """
    return _parsed(_bytes(file))


def each(given: object, read: Callable[[object], T], *, called: str) -> list[T]:
    """Return what ``read`` makes of one object, or of each in a list, in their order.

    Args:
        called: What one of them is, to name the malformed one of a list: ``case 3: ...``.

    Raises:
        Unreadable: one of them is malformed.
    """
    made = []
    for place, one in enumerate(given if isinstance(given, list) else [given], start=1):
        try:
            made.append(read(one))
        except Malformed as fault:
            where = f"{called} {place}: " if isinstance(given, list) else ""
            raise Unreadable(f"{where}{malformed(fault)}") from None
    return made


def refused(command: str, fault: Unreadable | Malformed) -> int:
    """Print one line on what is wrong and return the exit code."""
    said = malformed(fault) if isinstance(fault, Malformed) else str(fault)
    print(f"{command}: {said}", file=sys.stderr)
    return MALFORMED


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "not a file name"
        raise Unreadable(f"{file!a} cannot be read: {reason}") from None


def _parsed(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except UnicodeDecodeError as fault:
        raise Unreadable(f"not UTF-8 at byte {fault.start}") from None
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise Unreadable(f"not JSON at {where}: {fault.msg}") from None
    except RecursionError:
        raise Unreadable("nested too deeply") from None
    except ValueError:  # a number of thousands of digits
        raise Unreadable("a number is too long") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for place, name in enumerate(names) if name in names[:place])
        raise Malformed(field=ascii(repeated)[1:-1], finding="repeated")
    return members


def _refuse(constant: str) -> NoReturn:
    raise Unreadable(f"not JSON: {constant} is not a number")
