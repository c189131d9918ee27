"""The organisations of the table: what they are, whether they vote, what they were called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.perspectives import Perspective, in_order
from coalition.domain.ground.pillars import Pillar

SHORT_NAME = 80  # characters
DUES_TIER = 80  # characters
WEBSITE = 254  # characters
CONDITIONS = 20  # at most, an organisation
FORMER_NAMES = 10  # at most, an organisation

_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")
_REST = re.compile(r"^[/?#][!-~]*$")  # printable ASCII, no blanks


class OrganisationKind(StrEnum):
    """In which class an organisation sits at the table."""

    PATIENT_MEMBER = "patient_member"
    SUPPORTING_ORGANIZATION = "supporting_organization"
    CONVENER = "convener"


class OrganisationSize(StrEnum):
    """How many people work there for pay: what it can answer at short notice."""

    SMALL = "small"  # up to 9
    MEDIUM = "medium"  # 10 to 49
    LARGE = "large"  # 50 or more


class Region(StrEnum):
    """Where in the country it works: one of the four regions of the census, or all of it."""

    NATIONAL = "national"
    NORTHEAST = "northeast"
    MIDWEST = "midwest"
    SOUTH = "south"
    WEST = "west"


class OrganisationStatus(StrEnum):
    """Whether an organisation takes part now; only an active one enters a new roll."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


class OrganisationNotFound(NotFound):
    """No organisation has this number."""

    code = "organisation.not_found"


class OrganisationNameTaken(Conflict):
    """Another organisation has this name, or had it."""

    code = "organisation.name_taken"


class OrganisationUnfinished(Invalid):
    """A choice that has no default was not made: the kind, or whether it votes."""

    code = "organisation.unfinished"


class NoSeat(RuleBroken):
    """Only who acts for an organisation now may say something of it."""

    code = "organisation.no_seat"


class WebsiteUnreadable(Invalid):
    """Not an address of the web, such as ``example.org`` or ``https://example.org/about``."""

    code = "organisation.website"


class TooMany(Invalid):
    """A list holds more entries than are kept."""

    code = "organisation.too_many"


class ConvenerHasNoVote(Invalid):
    """Who convenes the table holds no vote at it."""

    code = "organisation.convener_votes"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is said of an organisation, as a form or a file gives it.

    Args:
        kind, votes: None where nobody has chosen; neither has a default.
        conditions: Health conditions it speaks for, one each.
        website: A bare domain or an http(s) address; "" where there is none.
        since: The day it joined, if known.
        former_names: What it was called before; a search finds it by them.
        size, region: None where it has not said.
        perspectives: Whose views it speaks from.
        good_until: The last day its standing is good, if the table keeps one.
        dues_tier: What the table calls its dues; a label that decides nothing.
        parent: Whom it belongs to; several of one parent each have their own seat.
    """

    name: str
    short_name: str = ""
    kind: OrganisationKind | None = None
    votes: bool | None = None
    pillars: tuple[Pillar, ...] = ()
    conditions: tuple[str, ...] = ()
    website: str = ""
    since: date | None = None
    former_names: tuple[str, ...] = ()
    size: OrganisationSize | None = None
    region: Region | None = None
    perspectives: tuple[Perspective, ...] = ()
    good_until: date | None = None
    dues_tier: str = ""
    parent: str = ""

    def checked(self) -> "Profile":
        """Return the same profile, every text trimmed and in one Unicode form.

        A missing short name becomes the name, cut to its limit. Repeats are dropped.

        Raises:
            TextMissing, TextTooLong, TextUnreadable: a text cannot be kept.
            OrganisationUnfinished: kind or vote was not chosen.
            WebsiteUnreadable: the address is none.
            TooMany: too many conditions or former names.
            ConvenerHasNoVote: a convener was given a vote.
        """
        name = text.line(self.name, "name")
        short = text.line(self.short_name, "short_name", limit=SHORT_NAME, required=False)
        if self.kind is None:
            raise OrganisationUnfinished(field="kind")
        if self.votes is None:
            raise OrganisationUnfinished(field="votes")
        if self.kind is OrganisationKind.CONVENER and self.votes:
            raise ConvenerHasNoVote(field="votes")
        return replace(
            self,
            name=name,
            short_name=short or name[:SHORT_NAME].strip(),
            pillars=tuple(pillar for pillar in Pillar if pillar in self.pillars),
            conditions=_several(self.conditions, "conditions", CONDITIONS),
            website=website(self.website),
            former_names=without(_several(self.former_names, "former_names", FORMER_NAMES), name),
            perspectives=in_order(self.perspectives),
            dues_tier=text.line(self.dues_tier, "dues_tier", limit=DUES_TIER, required=False),
            parent=text.line(self.parent, "parent", required=False),
        )

    def lapsed(self, day: date) -> bool:
        """Say whether the last day of its good standing is over on ``day``."""
        return self.good_until is not None and self.good_until < day


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it stands at the table.

    Args:
        import_id: The row id of the file it came from, or None.
        successor: The name of the organisation it merged into, or "".
    """

    id: OrganisationId
    profile: Profile
    status: OrganisationStatus
    import_id: str | None = None
    successor: str = ""

    @property
    def name(self) -> str:
        """Return the present name."""
        return self.profile.name

    @property
    def votes_now(self) -> bool:
        """Say whether it would stand on the roll of a round opened now."""
        return bool(self.profile.votes) and self.status is OrganisationStatus.ACTIVE

    def matches(self, words: str) -> bool:
        """Say whether every word is found in its names, its parent's, or its conditions."""
        wanted = text.key(words).split()
        if not wanted:
            return True
        mine = self.profile
        seen = text.key(
            " ".join(
                (mine.name, mine.short_name, mine.parent, *mine.former_names, *mine.conditions)
            )
        )
        return all(word in seen for word in wanted)


def renamed(before: Profile, after: Profile) -> Profile:
    """Return ``after`` with the name of ``before`` kept among the former names.

    A correction of capitals or blanks alone is no new name.
    """
    if text.key(before.name) == text.key(after.name):
        return after
    former = (*without(after.former_names, before.name), before.name)
    return replace(after, former_names=without(former, after.name))


def own_words(before: Profile, wanted: Profile) -> Profile:
    """Return ``before`` with what an organisation says of itself taken from ``wanted``.

    Its name, class, vote, standing, dues and parent are the table's to change.
    """
    return replace(
        before,
        short_name=wanted.short_name,
        pillars=wanted.pillars,
        conditions=wanted.conditions,
        website=wanted.website,
        size=wanted.size,
        region=wanted.region,
        perspectives=wanted.perspectives,
    )


def without(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Return ``names`` but those that are ``name`` in another spelling."""
    return tuple(other for other in names if text.key(other) != text.key(name))


def website(value: str) -> str:
    """Return an address of the web as it is kept: trimmed, host in small letters.

    A scheme may be left out and then stays so. Only http and https lead to a page;
    user names, ports and blanks are refused, because the address is shown to strangers.

    Raises:
        WebsiteUnreadable: anything else.
    """
    given = text.line(value, "website", limit=WEBSITE, required=False)
    if not given:
        return ""
    scheme = _SCHEME.match(given)
    start = scheme.end() if scheme else 0
    ends = [at for at in (given.find(mark, start) for mark in "/?#") if at >= 0]
    end = min(ends, default=len(given))
    host, rest = given[start:end].lower(), given[end:]
    if not _HOST.match(host) or (rest and not _REST.match(rest)):
        raise WebsiteUnreadable(field="website", website=given)
    return f"{given[:start].lower()}{host}{'' if rest == '/' else rest}"


def domain_of(address: str) -> str:
    """Return the bare domain of a website: ``https://www.example.org/x`` is ``example.org``."""
    host = re.split(r"[/?#]", _SCHEME.sub("", address.lower()), maxsplit=1)[0]
    return host.removeprefix("www.")


def _several(values: tuple[str, ...], field: str, limit: int) -> tuple[str, ...]:
    lines = (text.line(value, field, required=False) for value in values)
    kept = {text.key(value): value for value in lines if value}
    if len(kept) > limit:
        raise TooMany(field=field, limit=limit)
    return tuple(kept.values())
