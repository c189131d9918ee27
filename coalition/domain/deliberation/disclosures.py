"""Whether an organisation has an interest in a proposal: asked before its first ballot on it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.deliberation.rounds import Round, RoundKind
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground import text
from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.permissions import Actor, OrganisationId

DisclosureId = NewType("DisclosureId", int)


class Interest(StrEnum):
    """What an organisation answers."""

    NONE = "none"
    TAKES_PART = "takes_part"
    RECUSES = "recuses"


class DisclosureMissing(Invalid):
    """The organisation has not said whether it has an interest in the proposal."""

    code = "disclosure.missing"


class StatementMissing(Invalid):
    """An interest is declared without saying which."""

    code = "disclosure.statement_missing"


class RecusalContradicted(Invalid):
    """The answer about the interest and the stance do not go together."""

    code = "disclosure.contradicted"


@dataclass(frozen=True, slots=True)
class DisclosureForm:
    """What a delegate answers.

    Args:
        interest: None until one is chosen.
        statement: Which interest; a recusal says it in its reason, once.
    """

    interest: Interest | None
    statement: str = ""

    def checked(self) -> "DisclosureForm":
        """Return the answer with its statement trimmed; without an interest it needs none.

        Raises:
            DisclosureMissing, StatementMissing: nothing was chosen, or not said which.
            TextTooLong, TextUnreadable: the statement cannot be kept as it is.
        """
        if self.interest is None:
            raise DisclosureMissing(field="interest")
        if self.interest is Interest.NONE:
            return DisclosureForm(Interest.NONE)
        said = text.paragraphs(self.statement, "statement", required=False)
        if not said:
            raise StatementMissing(field="statement")
        return replace(self, statement=said)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What an organisation has said of its interest; the latest rules.

    Args:
        statement: "" where there is no interest, or once its words were erased.
    """

    id: DisclosureId
    proposal_id: ProposalId
    organisation_id: OrganisationId
    organisation: str
    interested: bool
    statement: str
    at: datetime


def given_with(
    this: Round, stance: Stance, reason: str, form: DisclosureForm | None, *, on_record: bool
) -> DisclosureForm | None:
    """Return what a ballot discloses, or None where it has nothing to add to the record.

    Only binding rounds ask. A recusal is a disclosure by itself, and its reason is the
    statement.

    Source: issue "Deliberation", Recusal and interests.

    Raises:
        DisclosureMissing: nothing is on record, and the form does not say.
        RecusalContradicted: it recuses in the one answer and not in the other.
        StatementMissing, TextTooLong, TextUnreadable: as ``DisclosureForm.checked``.
    """
    if this.kind is not RoundKind.BINDING:
        return None
    recused = stance is Stance.RECUSED
    if form and form.interest and recused != (form.interest is Interest.RECUSES):
        raise RecusalContradicted(field="interest")
    if recused:
        return DisclosureForm(Interest.RECUSES, reason).checked()
    if form is None and not on_record:
        raise DisclosureMissing(field="interest")
    return form.checked() if form else None


def shown(
    actor: Actor, made: tuple[Disclosed, ...], rounds: tuple[Round, ...], *, now: datetime
) -> tuple[Disclosed, ...]:
    """Return the latest disclosure of each organisation that a person may see, by name.

    What was said while a round with hidden results ran is its organisation's alone for as
    long as the stances are: it came with a ballot, and may have been a recusal.

    Args:
        made: Oldest first.
        rounds: All rounds of the proposal.
    """
    dark = [one for one in rounds if not sight(actor, one, now=now).stances]
    own = actor.seat.organisation_id if actor.seat else None
    latest: dict[OrganisationId, Disclosed] = {}
    for one in made:
        hidden = any(it.opens_at <= one.at < it.closes_at for it in dark)
        if not hidden or one.organisation_id == own:
            latest[one.organisation_id] = one
    return tuple(sorted(latest.values(), key=lambda one: text.key(one.organisation)))
