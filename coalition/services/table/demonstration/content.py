"""What the demonstration is made of, read from ``data/demonstration.json``.

The topics are real and come from ``data/proposals.csv``; every organisation, person
and stance is invented, and none stands for a real one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coalition.domain.deliberation.readiness import Item
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.perspectives import Perspective, in_order
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import OrganisationSize, Region
from coalition.settings import ROOT

DATA = ROOT / "data"
TOPICS = DATA / "proposals.csv"


@dataclass(frozen=True, slots=True)
class Seated:
    """One invented organisation.

    Args:
        alternate: Whether its seat has an alternate delegate.
        good_days: Days from loading to the last day of its good standing; None for no such day.
    """

    key: str
    name: str
    short_name: str
    pillars: tuple[Pillar, ...]
    conditions: tuple[str, ...]
    votes: bool
    alternate: bool
    size: OrganisationSize
    region: Region
    perspectives: tuple[Perspective, ...]
    parent: str = ""
    good_days: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How one round goes. Days before loading are positive, closes are days after it.

    Args:
        preset: Its rule, or ``temperature``.
        opened: Days ago it was put to the table.
        opens: Days ahead it begins, for one that has not begun.
        stances: How many organisations take which; the rest are not heard from.
        published: Day of publishing, as ``closes``.
    """

    preset: str
    opened: float
    closes: int
    stances: Mapping[Stance, int]
    hidden: bool = False
    urgency: str = ""
    opens: int | None = None
    published: int | None = None
    extended: Mapping[str, Any] = field(default_factory=dict)
    cancelled: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """One proposal of the file, with the words and the fate the demonstration gives it."""

    import_id: str
    champion: str
    problem: str
    patient_line: str
    equity_note: str
    objections: tuple[str, ...]
    stage: str
    rounds: tuple[Course, ...]
    heard: str = ""
    perspectives: tuple[Perspective, ...] = ()
    summary_es: str = ""
    summary_es_by: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the demonstration is made of.

    Args:
        late: What two organisations do that have not answered in time.
        newcomer: An organisation that joined hours ago and has no delegate yet.
        afterwards: What is said of decisions later on, with its day.
        lessons: What organisations have learned, with its day, and that of publishing it.
        discussion: Threads with their replies; who says what, on which day.
        waivers: Why a round opens though this item of the checklist is missing.
        interests: What organisations have declared by topic.
        suggestions: What organisations would change in a text, and the answers.
        revisions: Versions made of what was accepted by then.
        meetings: When the table meets, in days from loading; one of them is cancelled.
    """

    name: str
    zone: str
    organisations: tuple[Seated, ...]
    topics: tuple[Topic, ...]
    reasons: Mapping[str, tuple[str, ...]]
    remedies: tuple[str, ...]
    authority: tuple[str, ...]
    inquiries: tuple[Mapping[str, Any], ...]
    afterwards: tuple[Mapping[str, Any], ...]
    lessons: tuple[Mapping[str, Any], ...]
    discussion: tuple[Mapping[str, Any], ...]
    newcomer: Mapping[str, Any]
    waivers: Mapping[Item, str]
    interests: tuple[Mapping[str, Any], ...]
    suggestions: tuple[Mapping[str, Any], ...]
    revisions: tuple[Mapping[str, Any], ...]
    late: Mapping[str, Any]
    meetings: tuple[Mapping[str, Any], ...]


def read() -> Content:
    """Return the content."""
    told = json.loads((DATA / "demonstration.json").read_text(encoding="utf-8"))
    return Content(
        name=told["name"],
        zone=told["zone"],
        organisations=tuple(_seated(one) for one in told["organisations"]),
        topics=tuple(_topic(key, one) for key, one in told["proposals"].items()),
        reasons={stance: tuple(words) for stance, words in told["reasons"].items()},
        remedies=tuple(told["remedies"]),
        authority=tuple(told["authority"]),
        inquiries=tuple(told["inquiries"]),
        afterwards=tuple(told["afterwards"]),
        lessons=tuple(told["lessons"]),
        discussion=tuple(told["discussion"]),
        late=told["late"],
        newcomer=told["newcomer"],
        waivers={Item(item): why for item, why in told["waivers"].items()},
        interests=tuple(told["interests"]),
        suggestions=tuple(told["suggestions"]),
        revisions=tuple(told["revisions"]),
        meetings=tuple(told["meetings"]),
    )


def _seated(one: dict[str, Any]) -> Seated:
    pillars = tuple(Pillar(pillar) for pillar in one["pillars"])
    return Seated(
        **{
            **one,
            "pillars": pillars,
            "conditions": tuple(one["conditions"]),
            "size": OrganisationSize(one["size"]),
            "region": Region(one["region"]),
            "perspectives": in_order(one["perspectives"]),
        }
    )


def _topic(key: str, one: dict[str, Any]) -> Topic:
    return Topic(
        import_id=key,
        champion=one["champion"],
        problem=one["problem"],
        patient_line=one["patient_line"],
        equity_note=one["equity_note"],
        objections=tuple(one["objections"]),
        stage=one.get("stage", "submitted"),
        rounds=tuple(_course(course) for course in one.get("rounds", ())),
        heard=one.get("heard", ""),
        perspectives=in_order(one.get("perspectives", ())),
        summary_es=one.get("summary_es", ""),
        summary_es_by=one.get("summary_es_by", ""),
    )


def _course(one: dict[str, Any]) -> Course:
    stances = {Stance(stance): n for stance, n in one["stances"].items()}
    return Course(**{**one, "stances": stances})
