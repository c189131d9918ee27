"""What a second process does to a table: run as ``python -m tests.voting``, told by its arguments.

It prints one line after each ballot the service has acknowledged, so that the test
that started it knows what must not be lost.
"""

import sys
from datetime import UTC, datetime

from coalition.domain.deliberation.ballots import SomebodyAnswered, Words
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import AccountId, Actor
from coalition.services.deliberation.ballots import BallotForm, cast_ballot
from coalition.store.database import Database
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.people import accounts, seats

TURNS = (Stance.SUPPORT, Stance.ABSTAIN)


def vote(url: str, hour: str, account: int, round_id: int, times: int) -> None:
    """Cast and replace an organisation's ballot many times, asking again when another was first."""
    db = Database(url)
    now = datetime.fromisoformat(hour).astimezone(UTC)
    with db.reading() as conn:
        kept = accounts.get(conn, AccountId(account))
        seat = seats.held(conn, kept.id, now)
        this = rounds_store.get(conn, RoundId(round_id))
    person = Actor(kept.id, kept.name, kept.email, kept.role, seat)
    done = 0
    while done < times:
        with db.reading() as conn:
            stood = ballots_store.standing(conn, this.id, seat.organisation_id)
        form = BallotForm(
            round_id=this.id,
            version_id=this.version_id,
            stance=TURNS[done % 2],
            words=Words("", "", "Our board"),
            replaces=stood.id if stood else None,
            token=f"{account}:{done}",
            disclosure=DisclosureForm(Interest.NONE),
        )
        try:
            cast = cast_ballot(db, lambda: now, actor=person, form=form)
        except SomebodyAnswered:
            continue
        print(cast.receipt, flush=True)
        done += 1
    db.dispose()


if __name__ == "__main__":
    where, at, who, which, often = sys.argv[1:]
    vote(where, at, int(who), int(which), int(often))
