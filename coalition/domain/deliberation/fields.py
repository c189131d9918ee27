"""Reading rules and cases from JSON, member by member, naming what cannot be read."""

from collections.abc import Callable, Collection
from typing import TypeVar

from coalition.domain.deliberation.stances import STANCES, Stance
from coalition.domain.ground.errors import Invalid

T = TypeVar("T")
LARGEST = 10**100  # above any roll; bounds the length of every number and of the work it makes
SHOWN = 60  # characters of a name that is not ours, when it is told back


class Malformed(Invalid):
    """Something given as data cannot be read.

    Args:
        field: Where, from the outside in: ``rule.approval.den``.
        finding: What is wrong: ``missing``, ``unknown``, ``object``, ``list``, ``integer``,
            ``flag``, ``stance``, ``twice``, ``negative``, ``positive``, ``too_large``,
            ``above_one``, ``above_roll``, ``above_objections``, ``of``, ``either``, ``empty``,
            ``repeated``, ``four``, ``above_seen`` or ``id``.
    """

    code = "data.malformed"

    def __init__(self, *, field: str, finding: str) -> None:
        super().__init__(field=field, finding=finding)
        self.field = field
        self.finding = finding


class Fields:
    """The members of one JSON object.

    Args:
        known: The names it may have; None where further ones are ignored.

    Raises:
        Malformed: of the given kind, if it is no object or has an unknown member.
    """

    def __init__(
        self,
        value: object,
        path: str,
        *,
        malformed: type[Malformed],
        known: Collection[str] | None = None,
    ) -> None:
        self.path = path
        self._malformed = malformed
        if not isinstance(value, dict):
            raise malformed(field=path or "case", finding="object")
        self._members = value
        for name in value if known is not None else ():
            if name not in (known or ()):
                raise self.refused(_plain(name), "unknown")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def refused(self, name: str, finding: str) -> Malformed:
        """Return the error that names a member of this object."""
        return self._malformed(field=self._at(name), finding=finding)

    def value(self, name: str) -> object:
        """Return a member that must be there."""
        if name not in self._members:
            raise self.refused(name, "missing")
        return self._members[name]

    def inner(self, name: str, known: Collection[str] | None = None) -> "Fields":
        """Return a member that must be an object."""
        return Fields(self.value(name), self._at(name), malformed=self._malformed, known=known)

    def items(self, name: str, known: Collection[str]) -> tuple["Fields", ...]:
        """Return a member that must be a list of objects, not an empty one."""
        listed = self.value(name)
        if not isinstance(listed, list):
            raise self.refused(name, "list")
        if not listed:
            raise self.refused(name, "empty")
        return tuple(
            Fields(one, f"{self._at(name)}[{place}]", malformed=self._malformed, known=known)
            for place, one in enumerate(listed)
        )

    def maybe(self, name: str, read: Callable[["Fields", str], T]) -> T | None:
        """Return what ``read`` makes of a member, or None if it was left out."""
        return read(self, name) if name in self else None

    def count(self, name: str, default: int | None = None) -> int:
        """Return a whole number, 0 or more. A yes or no is not a number."""
        if default is not None and name not in self:
            return default
        number = self.value(name)
        if isinstance(number, bool) or not isinstance(number, int):
            raise self.refused(name, "integer")
        if number < 0:
            raise self.refused(name, "negative")
        if number >= LARGEST:
            raise self.refused(name, "too_large")
        return number

    def flag(self, name: str) -> bool:
        """Return a yes or no; left out, it is no."""
        value = self._members.get(name, False)
        if not isinstance(value, bool):
            raise self.refused(name, "flag")
        return value

    def stances(self, name: str, default: tuple[Stance, ...]) -> tuple[Stance, ...]:
        """Return a list of stances, in reading order and each at most once."""
        if name not in self:
            return default
        given = self.value(name)
        if not isinstance(given, list):
            raise self.refused(name, "list")
        if any(not isinstance(one, str) or one not in STANCES for one in given):
            raise self.refused(name, "stance")
        if len(set(given)) < len(given):
            raise self.refused(name, "twice")
        return tuple(stance for stance in STANCES if stance in given)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _plain(name: object) -> str:
    """Return a stranger's name for something in one short printable line."""
    return ascii(str(name))[1:-1][:SHOWN]
