"""What happened since the form for a stance was shown: another answer, another text."""

from coalition.domain.deliberation.ballots import BallotId, SomebodyAnswered, TextMoved
from coalition.domain.deliberation.proposals import VersionId
from coalition.services.deliberation.ballots import Offer
from coalition.services.deliberation.proposals import Detail
from coalition.ui import feedback, forms
from coalition.ui.deliberation import reconfirm

Shown = tuple[BallotId | None, VersionId]


def tell(offer: Offer, detail: Detail, name: str) -> bool:
    """Say what is new since the form was shown, and return whether anything is.

    What was written stays. The form stands on what is true now from here on, so that
    whoever has read the news can send it again.
    """
    this, before = offer.round, offer.standing
    now: Shown = (before.ballot.id if before else None, this.version_id)
    shown = forms.opened_on(name, now)
    if shown == now:
        return False
    if shown[0] != now[0]:
        feedback.tell(SomebodyAnswered())
    if shown[1] != now[1]:
        feedback.tell(TextMoved(version=this.version))
        reconfirm.changes(detail, shown[1], now[1])
    forms.reopen(name, now)
    return True
