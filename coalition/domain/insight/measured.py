"""What a stranger gives to have its agreement measured: counts along the scale, or groups."""

from dataclasses import dataclass

from coalition.domain.deliberation.fields import Fields, Malformed
from coalition.domain.insight.measures import SCALE, Group


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured; at least one of the two.

    Args:
        counts: How many stand at each place of the scale, from object to support.
        groups: Declared groups, in the order given.
    """

    counts: tuple[int, ...] | None
    groups: tuple[Group, ...] | None

    @classmethod
    def from_json(cls, value: object) -> "Asked":
        """Return what one JSON object asks for; members of other names are ignored.

        Raises:
            Malformed: with the field that cannot be read.
        """
        if not isinstance(value, dict):
            raise Malformed(field="entry", finding="object")
        asked = Fields(value, "", malformed=Malformed)
        if "counts" not in asked and "groups" not in asked:
            raise asked.refused("counts", "missing")
        return cls(asked.maybe("counts", _counts), asked.maybe("groups", _groups))


def _counts(asked: Fields, name: str) -> tuple[int, ...]:
    listed = _listed(asked, name)
    if len(listed) != len(SCALE):
        raise asked.refused(name, "four")
    named = {f"{name}[{place}]": one for place, one in enumerate(listed)}
    counts = Fields(named, "", malformed=Malformed)
    return tuple(counts.count(one) for one in named)


def _groups(asked: Fields, name: str) -> tuple[Group, ...]:
    return tuple(
        _group(Fields(one, f"{name}[{place}]", malformed=Malformed))
        for place, one in enumerate(_listed(asked, name))
    )


def _group(given: Fields) -> Group:
    agree, seen = given.count("agree"), given.count("seen")
    if agree > seen:
        raise given.refused("agree", "above_seen")
    return Group(agree, seen)


def _listed(asked: Fields, name: str) -> list[object]:
    listed = asked.value(name)
    if not isinstance(listed, list):
        raise asked.refused(name, "list")
    return listed
