"""The rules a convener chooses from; the words for them are in ``coalition.words.rules``.

Source: decision rules, "Presets a convener chooses from". Where that table leaves room:

- A waiting time stands only where it gives one: 336 hours in the default, 24 hours for a
  rapid response, 240 hours (10 days) for a last call.
- "At least one support" is ``min_support`` 1.
- "Votes cast" are the two supports and the objections.
- "Simple majority" and "majority returned" mean more than half, so they are strict;
  "quorum half" and every fraction given by name are reached exactly.
- No quorum is added where it names none (consent, bylaw change, rapid response, last call,
  ISO ballot): the share they ask for guards them, or the reader can add one.
- A last call needs no open concern: the engine holds every rule to that.
- A sign-on has no rule and no verdict.
"""

from dataclasses import dataclass
from typing import Any

from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.deliberation.rules import Rule
from coalition.domain.ground.errors import NotFound

_VOTES_CAST = ["support", "support_with_reservations", "object"]
_HALF = {"num": 1, "den": 2}
_TWO_THIRDS = {"num": 2, "den": 3, "of": _VOTES_CAST}


class PresetUnknown(NotFound):
    """No rule to choose from has this code."""

    code = "preset.unknown"


@dataclass(frozen=True, slots=True)
class Preset:
    """One rule to choose from.

    Args:
        code: Stable, stored with the round.
        rule: None where nothing is decided for others, as in a sign-on.
        needs_urgency: Whether a written reason for the hurry is kept with the round.
    """

    code: str
    rule: Rule | None
    kind: RoundKind = RoundKind.BINDING
    needs_urgency: bool = False


def _binding(code: str, rule: dict[str, Any], *, needs_urgency: bool = False) -> Preset:
    return Preset(code, Rule.from_json(rule), needs_urgency=needs_urgency)


def _consensus(code: str, allowed: int, **further: object) -> Preset:
    rule = {"max_objections": allowed, "objections_need_reasons": True, "min_support": 1}
    return _binding(code, {**further, **rule})


def _of_votes_cast(code: str, num: int, den: int, *, strict: bool = False) -> Preset:
    share = {"num": num, "den": den, "strict": strict, "of": _VOTES_CAST}
    return _binding(code, {"quorum": _HALF, "approval": share})


DEFAULT = "working_table"
PRESETS = (
    _binding(
        DEFAULT,
        {
            "quorum": _HALF,
            "approval": _TWO_THIRDS,
            "min_support": {"num": 1, "den": 3},
            "objections_need_reasons": True,
            "over_objection": {"num": 2, "den": 3, "of": "roll"},
            "window_hours": 336,
        },
    ),
    _consensus("consensus", 0, quorum=_HALF),
    _consensus("consensus_minus_one", 1, quorum=_HALF),
    _consensus("consent", 0),
    _of_votes_cast("two_thirds", 2, 3),
    _of_votes_cast("three_quarters", 3, 4),
    _of_votes_cast("simple_majority", 1, 2, strict=True),
    _binding("bylaw_change", {"approval": {"num": 3, "den": 4, "of": "roll"}}),
    Preset("sign_on", None, RoundKind.SIGN_ON),
    _binding("rapid_response", {"approval": _TWO_THIRDS, "window_hours": 24}, needs_urgency=True),
    _binding("last_call", {"review": {"max_outstanding": 2}, "window_hours": 240}),
    _binding("iso_ballot", {"approval": _TWO_THIRDS, "max_negative": {"num": 1, "den": 4}}),
    _binding(
        "consensus_body",
        {
            "quorum": {**_HALF, "strict": True},
            "approval": _TWO_THIRDS,
            "recirculate_once": True,
        },
    ),
)
_BY_CODE = {preset.code: preset for preset in PRESETS}


def get(code: str) -> Preset:
    """Return the preset with this code.

    Raises:
        PresetUnknown: there is none.
    """
    if code not in _BY_CODE:
        raise PresetUnknown(code=code)
    return _BY_CODE[code]


def needs_urgency(code: str) -> bool:
    """Say whether a round under this code keeps a reason for its hurry.

    A rule of the table's own carries the code of the built-in one it was made from before a
    full stop, and asks for what that one asks for.
    """
    base = code.partition(".")[0]
    return base in _BY_CODE and _BY_CODE[base].needs_urgency
