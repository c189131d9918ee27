"""Deciding on an application: whom it brings to the table, or from when to ask again."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from coalition.domain.ground import text
from coalition.domain.ground.errors import Invalid, RuleBroken
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.people.accounts import address
from coalition.domain.people.applications import Application, Stage, require_day
from coalition.domain.people.organisations import Profile
from coalition.domain.people.seats import LAST_RANK

ALTERNATES = 3  # on the form of an acceptance; more are appointed later


class NotAtDecision(RuleBroken):
    """It is decided on at the stage of decision, and at no other."""

    code = "application.not_at_decision"


class DelegateMissing(Invalid):
    """A seat needs its delegate."""

    code = "admission.delegate_missing"


class GuestTwice(Invalid):
    """Two people of one acceptance have the same address."""

    code = "admission.guest_twice"


class NotAdmitted(RuleBroken):
    """First steps come after acceptance."""

    code = "onboarding.not_admitted"


class BuddyUnfit(Invalid):
    """Nobody, or somebody who cannot help: of the new organisation itself, or not active."""

    code = "onboarding.buddy"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited to act for the new organisation."""

    name: str
    email: str

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was filled in."""
        return not (self.name.strip() or self.email.strip())


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a convener fills in to accept.

    Args:
        profile: Of the organisation, with its class and whether it votes.
        guests: The delegate, then alternates in their order; blank alternates count for none.
        reason: Which the applicant reads.
        decided_in: Number of the round or proposal in which the members decided, or "".
    """

    profile: Profile
    guests: tuple[Guest, ...]
    reason: str
    decided_in: str = ""

    def checked(self) -> "Acceptance":
        """Return the same, every text trimmed and in one Unicode form.

        Raises:
            DelegateMissing: nobody is named as delegate.
            GuestTwice: two people have one address.
            Invalid: a name, an address, the reason, or as ``Profile.checked``.
        """
        profile = self.profile.checked()
        if not self.guests or self.guests[0].is_blank:
            raise DelegateMissing(field="delegate")
        named = [guest for guest in self.guests if not guest.is_blank][: LAST_RANK + 1]
        guests = tuple(Guest(text.line(one.name, "name"), address(one.email)) for one in named)
        if len({text.key(one.email) for one in guests}) < len(guests):
            raise GuestTwice(field="email")
        return replace(
            self,
            profile=profile,
            guests=guests,
            reason=text.paragraphs(self.reason, "reason"),
            decided_in=text.line(self.decided_in, "decided_in", required=False),
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a convener fills in to decline.

    Args:
        reason: Which the applicant reads.
        reapply_on: The day from which they may ask again; None where nobody has chosen.
        decided_in: Number of the round or proposal in which the members decided, or "".
    """

    reason: str
    reapply_on: date | None
    decided_in: str = ""

    def checked(self, today: date) -> "Refusal":
        """Return the same, every text trimmed and in one Unicode form.

        Raises:
            DayMissing, DayPassed: no day from when to ask again, or one that is over.
            TextMissing, TextTooLong, TextUnreadable: reason or number.
        """
        return Refusal(
            text.paragraphs(self.reason, "reason"),
            require_day(self.reapply_on, "reapply_on", today),
            text.line(self.decided_in, "decided_in", required=False),
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """How an application was decided.

    Args:
        reason: "" once erased.
        reapply_on: Of a refusal alone.
        organisation: Name of the organisation that came of it; "" for a refusal.
        by: Name of who decided; "" once erased, and before it is kept, as is ``at``.
    """

    accepted: bool
    reason: str
    reapply_on: date | None
    decided_in: str
    organisation_id: OrganisationId | None = None
    organisation: str = ""
    by: str = ""
    at: datetime | None = None


def require_decidable(this: Application) -> None:
    """Stop unless the application can be decided now.

    Raises:
        ApplicationEnded, NotAtDecision.
    """
    this.require_open()
    if this.step.stage is not Stage.DECISION:
        raise NotAtDecision
