"""Finding a ballot by its receipt."""

from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.deliberation.ballots import ReceiptUnknown, Words
from coalition.domain.deliberation.visibility import sight
from coalition.domain.ground.permissions import Actor, Permission, Role, require
from coalition.services.deliberation.our_stances import Stated
from coalition.services.ground.receipts import tidied
from coalition.store.database import Database
from coalition.store.deliberation import ballots, proposals, rounds


@dataclass(frozen=True, slots=True)
class Found:
    """The ballot a receipt was given for.

    Args:
        shown: Whether the person may see the stance and the words; else neither is here.
        stands: Whether it is the organisation's latest entry in the round.
    """

    stated: Stated
    shown: bool
    stands: bool


def find(db: Database, *, actor: Actor | None, now: datetime, receipt: str) -> Found:
    """Return the ballot with a receipt, to its own organisation and to conveners.

    A convener sees the stance only when the round's results may be seen.

    Raises:
        SignInNeeded: nobody is signed in.
        ReceiptUnknown: there is none, or not for this person; the two look alike.
    """
    person = require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        entry = ballots.by_receipt(conn, tidied(receipt))
        given = entry.ballot
        this = rounds.get(conn, given.round_id)
        about = proposals.get(conn, this.proposal_id)
        latest = ballots.standing(conn, given.round_id, given.organisation_id)
    allowed = sight(person, this, now=now)
    if given.organisation_id != allowed.own and person.role is not Role.CONVENER:
        raise ReceiptUnknown
    shown = allowed.sees_stance_of(given.organisation_id)
    if not shown:
        entry = replace(entry, ballot=replace(given, stance=None), words=Words())
    stated = Stated(entry, about.id, about.reference, about.text.title)
    return Found(stated, shown, stands=latest == given)
