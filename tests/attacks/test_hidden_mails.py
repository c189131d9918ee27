"""While results are hidden, no mail tells what anybody said: not in words, not by coming.

The same weeks are lived in worlds that differ in the hidden answers alone. What a real mail server
is handed for anybody but those who gave them must be the same.
"""

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.objections import Pointed
from coalition.domain.deliberation.rounds import Results
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Habit, Pace
from coalition.services.deliberation import ballots, clearances, proposals
from coalition.services.notices.smtp import Smtp
from coalition.services.table.ticking import tick
from coalition.store.notices import choices
from tests import builders, deliberating
from tests.post import Box, a_mail_server
from tests.services.test_notices import SENDER

REASON, REMEDY = "Xylophone clause seven", "Strike the marimba"
CANARY = re.compile("xylophone|marimba", re.IGNORECASE)
RANDOM = re.compile(r"unsubscribe/\S+")
DAYS = 13  # of the fifteen that the round is open


@pytest.fixture
def box():
    with a_mail_server(Box()) as running:
        yield running


@pytest.fixture
def table(db, clock):
    """A hidden round on a proposal with a champion; everybody hears of everything at once."""
    convener, delegates = builders.a_table(db, organisations=5)
    number = builders.a_proposal(db, clock, convener, body="Count copay help now.")
    champion = delegates[2].seat.organisation_id
    proposals.set_champion(db, clock, actor=convener, proposal_id=number, organisation_id=champion)
    this = builders.a_round(db, clock, convener, proposal_id=number, results=Results.HIDDEN)
    people = [convener, *delegates, builders.a_person(db, role=Role.OBSERVER)]
    with db.writing() as conn:
        for one in people:
            choices.keep(conn, one.account_id, Habit(dict.fromkeys(NoticeKind, Pace.NOW)))
    return convener, delegates, this


def lived(db, clock, box, table, stance):
    """Live on while three organisations say something in secret; return the others' mails."""
    convener, [us, other, third, fourth, _], this = table
    if stance:
        form = builders.a_form(this, stance, reason=REASON, remedy=REMEDY)
        if stance == "object":
            form = replace(form, pointed=Pointed("Count copay", "Count the marimba", named=True))
        ballots.cast_ballot(db, clock, actor=us, form=form)
        builders.a_recorded(
            db, clock, convener, this, other.seat.organisation_id, stance,
            words=Words(REASON, REMEDY),
        )  # fmt: skip
        clearances.mark_clearance(
            db, clock, actor=fourth, round_id=this.id, until=clock() + timedelta(days=9),
            note=REASON, token="review",
        )  # fmt: skip
    builders.a_comment(db, clock, third, this.proposal_id, "Said before everybody.")
    deliberating.revised(db, clock, convener, this, body="Count copay help at once.")
    box.mails.clear()
    for _ in range(DAYS):
        tick(db, clock, post=Smtp(box.url), sender=SENDER)
        clock.move(days=1)
    assert not CANARY.search("".join(mail.as_string() for _, mail in box.mails))
    own = {one.email for one in (us, other, fourth)}
    return [(to, mail["Subject"], _text(mail)) for (to,), mail in box.mails if to not in own]


def _text(mail):
    return RANDOM.sub("#", mail.get_body(("plain",)).get_content())


def test_no_mail_tells_what_was_answered_in_secret(db, clock, box, table):
    live, hour, kept = sqlite3.connect(db.url.database), clock.hour, sqlite3.connect(":memory:")
    live.backup(kept)
    seen = {}
    for stance in (None, "support", "object", "recused"):
        kept.backup(live)
        clock.hour = hour
        seen[stance] = lived(db, clock, box, table, stance)
    live.close()
    kept.close()

    assert any("your stance is missing" in subject for _, subject, _ in seen[None])
    for stance in ("support", "object", "recused"):
        assert seen[stance] == seen[None], stance
