"""What the page of a stance does: record what was confirmed, or take it back."""

from coalition.domain.deliberation.ballots import Ballot, BallotId
from coalition.domain.deliberation.rounds import Round
from coalition.services.deliberation import ballots
from coalition.services.deliberation.ballots import BallotForm, Confirmation, Offer
from coalition.ui import forms
from coalition.ui.deliberation.stance_form import Filled
from coalition.ui.entry import Entry


def record(this: Round, filled: Filled, last: BallotId | None, here: Entry, name: str) -> Ballot:
    """Record the confirmed answer in place of ``last``, and let the form begin anew.

    Raises:
        CoalitionError: as ``ballots.cast_ballot``; the form keeps what was written.
    """
    form = BallotForm(
        this.id,
        this.version_id,
        filled.stance,
        filled.words,
        last,
        forms.token(name),
        pointed=filled.pointed,
        disclosure=filled.disclosure,
    )
    made = ballots.cast_ballot(here.db, here.clock, actor=here.actor, form=form)
    forms.renew(name)
    return made


def confirm(offer: Offer, authority: str, here: Entry, name: str, *, form: str) -> Ballot | None:
    """Confirm the answer that stands, and let both forms of this page begin anew.

    Args:
        name: Of the form that confirms.
        form: Of the form that records.
    """
    if offer.standing is None:
        return None
    sent = Confirmation(
        offer.round.id,
        offer.round.version_id,
        offer.standing.ballot.id,
        authority,
        forms.token(name),
    )
    made = ballots.confirm_ballot(here.db, here.clock, actor=here.actor, form=sent)
    forms.renew(name)
    forms.renew(form)
    return made


def withdraw(this: Round, here: Entry, name: str, *, form: str) -> Ballot:
    """Take the answer back, and let the form of the answer begin anew.

    Args:
        name: Of the form that withdraws.
        form: Of the form that records.
    """
    made = ballots.withdraw_ballot(
        here.db, here.clock, actor=here.actor, round_id=this.id, token=forms.token(name)
    )
    forms.renew(name)
    forms.renew(form)
    return made
