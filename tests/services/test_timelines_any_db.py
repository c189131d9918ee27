"""One thread of text, objection and consent on both kinds of database, read as a timeline."""

from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.ground.attachments import Upload
from coalition.domain.table.timelines import Kind
from coalition.services.deliberation import recording, rolls, rounds
from coalition.services.table import timelines
from coalition.services.table.forgetting import forget
from coalition.services.table.verifying import verify
from tests import builders, deliberating


def test_a_thread_of_everything_is_kept_read_and_erased_alike(any_db, clock):
    db, (convener, [us, other, third, fourth]) = any_db, builders.a_table(any_db, organisations=4)
    this = builders.a_round(db, clock, convener, rule=builders.QUICK)
    builders.a_ballot(db, clock, us, this, "object", reason="It shuts us out.")
    deliberating.voted(db, clock, other, this, "support")
    said = Evidence(Channel.MAIL, "Wren Hale", this.opens_at, "A note")
    taken = builders.a_recorded(
        db, clock, convener, this, third.seat.organisation_id, "support",
        evidence=said, upload=Upload("note.txt", b"We support it."),
    )  # fmt: skip
    rolls.change_roll(
        db, clock, actor=convener, round_id=this.id, reason="It left.",
        organisation_id=fourth.seat.organisation_id, change=rolls.Change.REMOVED,
    )  # fmt: skip
    builders.a_comment(db, clock, us, this.proposal_id, "A word")
    clock.move(hours=1)
    deliberating.revised(db, clock, convener, this)
    deliberating.confirmed(db, clock, other, this)
    deliberating.voted(db, clock, us, this, "support")
    file = recording.attachment(db, actor=convener, now=clock(), ballot_id=taken.id)
    assert (file.name, file.data) == ("note.txt", b"We support it.")
    clock.move(days=16)
    rounds.freeze_due(db, clock)

    asked = {"actor": us, "now": clock(), "proposal_id": this.proposal_id}
    story = timelines.timeline(db, **asked)
    assert set(story.kinds) >= {Kind.TEXT, Kind.STANCE, Kind.OBJECTION, Kind.ROUND, Kind.DECISION}
    for kind, number in story.kinds.items():
        assert len(timelines.whole(db, kinds={kind}, **asked)) == number
    forget(db, clock, who=f"account:{us.account_id}")
    forget(db, clock, who=f"account:{convener.account_id}")
    assert verify(db).findings == ()
    told = str(timelines.whole(db, **{**asked, "actor": other}))
    assert "shuts us out" not in told
