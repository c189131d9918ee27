"""A decision rule: data, stored with its round and frozen when the round opens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coalition.domain.deliberation.fields import Fields, Malformed
from coalition.domain.deliberation.shares import Body, Share, Threshold, Whole
from coalition.domain.deliberation.stances import HEARD, SUPPORTS, Stance

RECUSED = (Stance.RECUSED,)
SHARE = ("num", "den", "strict")


class MalformedRule(Malformed):
    """The rule has an unknown key, or a value that cannot be one of its numbers."""

    code = "rule.malformed"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be heard from: a share of the base, or a number.

    Args:
        counts: The stances that count as heard from.
    """

    reach: Share | int
    counts: tuple[Stance, ...] = HEARD


@dataclass(frozen=True, slots=True)
class Tier:
    """A band of participation and how many times the objections support must exceed there.

    Args:
        lower, upper: The band's ends as shares of the base; None where it is open.
            ``strict`` at the lower end means above it, at the upper end below it.
        times: None where so little participation is no quorum.
    """

    lower: Share | None
    upper: Share | None
    times: int | None


@dataclass(frozen=True, slots=True)
class SecondTally:
    """What a second electorate must say."""

    approval: Threshold | None = None
    max_negative: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One decision rule. Every part may be left out; a rule without any asks for nothing.

    Source: decision rules, "Rule (every key optional)".
    """

    supporting: tuple[Stance, ...] = SUPPORTS
    base_excludes: tuple[Stance, ...] = RECUSED
    quorum: Quorum | None = None
    approval: Threshold | None = None
    min_support: Share | int | None = None
    max_objections: int | None = None
    objections_need_reasons: bool = False
    max_negative: Threshold | None = None
    stand_aside_cap: Threshold | None = None
    review: Share | int | None = None
    participation_tiers: tuple[Tier, ...] = ()
    second_tally: SecondTally | None = None
    window_hours: int | None = None
    recirculate_once: bool = False
    over_objection: Threshold | None = None

    @property
    def needs_support(self) -> bool:
        """Whether nothing is adopted without a yes; a screen warns where silence would do."""
        second = self.second_tally.approval if self.second_tally else None
        asked = [part.share for part in (self.approval, second) if part is not None]
        asked += [part for part in (self.min_support, self.review) if isinstance(part, Share)]
        by_share = any(share.num or share.strict for share in asked)
        by_number = isinstance(self.min_support, int) and self.min_support > 0
        return (
            by_share or by_number or isinstance(self.review, int) or bool(self.participation_tiers)
        )

    @classmethod
    def from_json(cls, value: object) -> "Rule":
        """Return the rule that ``value`` describes.

        Raises:
            MalformedRule: with the field that cannot be read, from ``rule`` inwards.
        """
        rule = Fields(value, "rule", malformed=MalformedRule, known=cls.__slots__)
        return cls(
            supporting=rule.stances("supporting", SUPPORTS),
            base_excludes=rule.stances("base_excludes", RECUSED),
            quorum=rule.maybe("quorum", _quorum),
            approval=rule.maybe("approval", _threshold),
            min_support=rule.maybe("min_support", _share_or_count),
            max_objections=rule.maybe("max_objections", Fields.count),
            objections_need_reasons=rule.flag("objections_need_reasons"),
            max_negative=rule.maybe("max_negative", _negative),
            stand_aside_cap=rule.maybe("stand_aside_cap", _cap),
            review=rule.maybe("review", _review),
            participation_tiers=rule.maybe("participation_tiers", _tiers) or (),
            second_tally=rule.maybe("second_tally", _second_tally),
            window_hours=rule.maybe("window_hours", Fields.count),
            recirculate_once=rule.flag("recirculate_once"),
            over_objection=rule.maybe("over_objection", _threshold),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the rule in its one canonical form: whatever is as by default is left out."""
        plain = Rule()
        said = {
            name: getattr(self, name)
            for name in self.__slots__
            if getattr(self, name) != getattr(plain, name)
        }
        return {name: _WRITTEN.get(name, _as_it_is)(value) for name, value in said.items()}


def _share(fields: Fields) -> Share:
    num, den = fields.count("num"), fields.count("den")
    if den == 0:
        raise fields.refused("den", "positive")
    if num > den:
        raise fields.refused("num", "above_one")
    return Share(num, den, fields.flag("strict"))


def _share_or_count(rule: Fields, name: str) -> Share | int:
    if isinstance(rule.value(name), dict):
        return _share(rule.inner(name, SHARE))
    return rule.count(name)


def _of(fields: Fields) -> Whole:
    of = fields.value("of")
    if isinstance(of, str):
        if of not in tuple(Body):
            raise fields.refused("of", "of")
        return Body(of)
    return fields.stances("of", ())


def _threshold(rule: Fields, name: str) -> Threshold:
    fields = rule.inner(name, (*SHARE, "of"))
    return Threshold(_share(fields), _of(fields))


def _negative(rule: Fields, name: str) -> Threshold:
    fields = rule.inner(name, (*SHARE, "of"))
    return Threshold(_share(fields), _of(fields) if "of" in fields else None)


def _cap(rule: Fields, name: str) -> Threshold:
    fields = rule.inner(name, ("num", "den", "of"))
    return Threshold(_share(fields), _of(fields))


def _either(rule: Fields, name: str, number: str, *, beside: tuple[str, ...] = ()) -> Share | int:
    """Return a share, or the plain number under the key ``number``; never both."""
    fields = rule.inner(name, (*SHARE, number, *beside))
    if number not in fields:
        return _share(fields)
    if any(key in fields for key in SHARE):
        raise rule.refused(name, "either")
    return fields.count(number)


def _quorum(rule: Fields, name: str) -> Quorum:
    reach = _either(rule, name, "at_least", beside=("counts",))
    return Quorum(reach, rule.inner(name).stances("counts", HEARD))


def _review(rule: Fields, name: str) -> Share | int:
    return _either(rule, name, "max_outstanding")


def _tiers(rule: Fields, name: str) -> tuple[Tier, ...]:
    known = ("from", "to", "support_over_objections")
    return tuple(_tier(fields) for fields in rule.items(name, known))


def _tier(fields: Fields) -> Tier:
    times = fields.value("support_over_objections")
    return Tier(
        _bound(fields, "from"),
        _bound(fields, "to"),
        None if times is None else fields.count("support_over_objections"),
    )


def _bound(fields: Fields, name: str) -> Share | None:
    if name not in fields or fields.value(name) is None:
        return None
    return _share(fields.inner(name, SHARE))


def _second_tally(rule: Fields, name: str) -> SecondTally:
    fields = rule.inner(name, SecondTally.__slots__)
    return SecondTally(
        fields.maybe("approval", _threshold), fields.maybe("max_negative", _negative)
    )


def _as_it_is(value: object) -> object:
    return value


def _written_stances(stances: tuple[Stance, ...]) -> list[str]:
    return [stance.value for stance in stances]


def _written_share(share: Share) -> dict[str, Any]:
    strict = {"strict": True} if share.strict else {}
    return {"num": share.num, "den": share.den} | strict


def _written_either(value: Share | int, number: str) -> dict[str, Any]:
    return _written_share(value) if isinstance(value, Share) else {number: value}


def _written_support(value: Share | int) -> dict[str, Any] | int:
    return _written_share(value) if isinstance(value, Share) else value


def _written_threshold(asked: Threshold) -> dict[str, Any]:
    if asked.of is None:
        return _written_share(asked.share)
    of = asked.of.value if isinstance(asked.of, Body) else _written_stances(asked.of)
    return _written_share(asked.share) | {"of": of}


def _written_quorum(quorum: Quorum) -> dict[str, Any]:
    counts = {} if quorum.counts == HEARD else {"counts": _written_stances(quorum.counts)}
    return _written_either(quorum.reach, "at_least") | counts


def _written_review(value: Share | int) -> dict[str, Any]:
    return _written_either(value, "max_outstanding")


def _written_second(second: SecondTally) -> dict[str, Any]:
    parts = {"approval": second.approval, "max_negative": second.max_negative}
    return {name: _written_threshold(part) for name, part in parts.items() if part is not None}


def _written_tiers(tiers: tuple[Tier, ...]) -> list[dict[str, Any]]:
    return [
        {
            "from": None if tier.lower is None else _written_share(tier.lower),
            "to": None if tier.upper is None else _written_share(tier.upper),
            "support_over_objections": tier.times,
        }
        for tier in tiers
    ]


_WRITTEN: dict[str, Callable[[Any], object]] = {  # what is not here is written as it is
    "supporting": _written_stances,
    "base_excludes": _written_stances,
    "quorum": _written_quorum,
    "approval": _written_threshold,
    "min_support": _written_support,
    "max_negative": _written_threshold,
    "stand_aside_cap": _written_threshold,
    "review": _written_review,
    "participation_tiers": _written_tiers,
    "second_tally": _written_second,
    "over_objection": _written_threshold,
}
