"""The demonstration: genuine in its making, invented in its people, and gone without a trace."""

import json
import stat
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.rounds import RoundKind, Status
from coalition.domain.ground.permissions import Actor, Role
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.interests import Declaration
from coalition.domain.table.actions import ACTIONS, HOUSEKEEPING
from coalition.services.deliberation import versions
from coalition.services.people import absences, interests, passwords
from coalition.services.table import demonstration, readiness
from coalition.services.table.demonstration import TableExists, content, logins, removing
from coalition.services.table.demonstration.removing import OwnRows, OwnTable
from coalition.services.table.readiness import DatabaseMissing
from coalition.services.table.verifying import verify
from coalition.store import migration, schema
from coalition.store.database import Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies
from coalition.store.deliberation import versions as versions_store
from coalition.store.ground import audit
from coalition.store.people import accounts
from coalition.store.table import history, samples
from tests import builders, convening, learning
from tests.conftest import NOW, ROOT


def all_rounds(db):
    with db.reading() as conn:
        return rounds_store.get_many(conn, history.round_ids(conn)).values()


def outcomes(db):
    with db.reading() as conn:
        return set(conn.scalars(select(schema.verdict.c.outcome)))


def a_lesson(db):
    """Let somebody of the demonstration write a lesson."""
    learning.a_lesson(db, lambda: NOW, one_of(db, Role.CONVENER))


def a_meeting(db):
    """Let somebody of the demonstration call a meeting."""
    day = NOW.date() + timedelta(days=9)
    convening.called(db, lambda: NOW, one_of(db, Role.CONVENER), day=day)


def one_of(db, role):
    """Return somebody of the demonstration in a role."""
    with db.reading() as conn:
        row = conn.execute(select(schema.account).where(schema.account.c.role == role)).first()
    return Actor(row.id, row.name, row.email, role)


def a_seated(db, this):
    """Return somebody who acts for an organisation that has not answered a round."""
    answered = select(schema.ballot.c.organisation_id).where(schema.ballot.c.round_id == this.id)
    query = (
        select(schema.account)
        .join(schema.seat, schema.seat.c.account_id == schema.account.c.id)
        .join(
            schema.round_roll,
            schema.round_roll.c.organisation_id == schema.seat.c.organisation_id,
        )
        .where(
            schema.round_roll.c.round_id == this.id,
            schema.seat.c.rank == 0,
            schema.seat.c.to_at.is_(None),
            schema.seat.c.organisation_id.not_in(answered),
        )
    )
    with db.reading() as conn:
        row = conn.execute(query).first()
    return Actor(row.id, row.name, row.email, row.role)


def an_open_round(db):
    """Return the binding round of the demonstration that stays open the longest."""
    rounds = [one for one in all_rounds(db) if one.is_open(NOW) and one.kind is RoundKind.BINDING]
    return max(rounds, key=lambda one: one.closes_at)


def casts(db):
    this = an_open_round(db)
    builders.a_ballot(db, lambda: NOW, a_seated(db, this), this, "support")


def comments_on_it(db):
    this = an_open_round(db)
    builders.a_comment(db, lambda: NOW, a_seated(db, this), this.proposal_id, "Which plans?")


def changes_a_text(db):
    this, convener = an_open_round(db), one_of(db, Role.CONVENER)
    with db.reading() as conn:
        last = versions_store.latest_version(conn, this.proposal_id)
    form = versions.Revision(
        last.id, last.title, last.ask, "New.", "Why.", versions.Mark.SUBSTANTIVE
    )
    sent = {"actor": convener, "proposal_id": this.proposal_id, "revision": form}
    versions.revise(db, lambda: NOW, **sent, token="a version")


def declares(db):
    told = Declaration("Factor IX", (Pillar.ACCESS,), "We own shares.", NOW.date(), None)
    delegate = a_seated(db, an_open_round(db))
    interests.declare_interest(db, lambda: NOW, actor=delegate, declared=told, token="an interest")


def goes_away(db):
    delegate, day = a_seated(db, an_open_round(db)), NOW.date()
    sent = {"actor": delegate, "from_on": day, "until_on": day + timedelta(days=2)}
    absences.go_away(db, lambda: NOW, **sent, token="an absence")


def test_its_history_is_whole(demo):
    report = verify(demo)
    assert report.findings == ()
    assert report.ballots > 200
    assert report.verdicts == 10


def test_every_screen_has_something_to_show(demo):
    rounds = all_rounds(demo)
    stood = {(one.kind, one.status(NOW), str(one.results)) for one in rounds}
    assert (RoundKind.BINDING, Status.OPEN, "open") in stood
    assert (RoundKind.BINDING, Status.OPEN, "hidden") in stood
    assert (RoundKind.BINDING, Status.SCHEDULED, "open") in stood
    assert (RoundKind.BINDING, Status.CANCELLED, "open") in stood
    assert (RoundKind.SIGN_ON, Status.OPEN, "open") in stood
    assert (RoundKind.TEMPERATURE, Status.OPEN, "open") in stood
    assert outcomes(demo) == {
        Outcome.ADOPTED,
        Outcome.BLOCKED,
        Outcome.NO_QUORUM,
        Outcome.NOT_ADOPTED,
        Outcome.RECIRCULATE,
    }
    with demo.reading() as conn:
        reasons = {row["reason"] for row in conn.scalars(select(schema.verdict.c.answer))}
        stages = set(conn.scalars(select(schema.proposal.c.stage)))
        states = set(conn.scalars(select(schema.inquiry.c.state)))
        late = conn.scalar(
            select(func.count()).where(
                schema.inquiry.c.due_at < NOW, schema.inquiry.c.state == "new"
            )
        )
        lessons = sorted(conn.scalars(select(schema.lesson.c.state)))
        unknown = conn.scalar(select(func.count()).where(schema.organisation.c.since.is_(None)))
    assert "adopted.over_objection" in reasons
    assert stages == {"draft", "submitted", "withdrawn"}
    assert {"new", "assigned", "answered"} <= states
    assert lessons == ["draft", "public", "public"]
    assert late == 1
    assert unknown == 0


def test_something_closes_within_a_day(demo):
    left = [one.closes_at - NOW for one in all_rounds(demo) if one.is_open(NOW)]
    assert min(left).total_seconds() < 26 * 3600


def test_deadlines_are_at_five_in_the_afternoon_of_the_table(demo):
    zone = content.read().zone
    for one in all_rounds(demo):
        if one.ending is None:
            assert one.closes_at.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "17:00"


def test_no_real_organisation_is_given_a_stance(demo):
    real = (ROOT / "data" / "organizations.csv").read_text(encoding="utf-8").casefold()
    with demo.reading() as conn:
        names = conn.scalars(select(schema.organisation.c.name)).all()
        sites = conn.scalars(select(schema.organisation.c.website)).all()
    assert len(names) == 21
    assert not [name for name in names if name.casefold() in real]
    assert all(site.endswith(".example") for site in sites)


def test_delegates_are_named_by_their_role(demo):
    with demo.reading() as conn:
        names = conn.scalars(
            select(schema.account.c.name).where(schema.account.c.role == Role.MEMBER)
        ).all()
    assert all(name.startswith(("Delegate of ", "Alternate of ")) for name in names)


def test_everything_in_it_is_marked_as_invented(demo):
    with demo.reading() as conn:
        assert samples.own_rows(conn) == {}
        assert samples.is_loaded(conn)
    assert readiness.require_table(demo).is_demonstration


def test_it_tells_the_same_story_each_time_with_other_passwords(demo, tmp_path, clock):
    again = Database(f"sqlite:///{tmp_path / 'again.db'}")
    migration.migrate(again)
    made = demonstration.load(again, clock, cost=4)

    def story(db):
        with db.reading() as conn:
            columns = ("round_id", "organisation_id", "stance", "cast_at", "cast_by")
            return conn.execute(select(*[schema.ballot.c[name] for name in columns])).all()

    assert story(again) == story(demo)
    assert not {one.password for one in made} & {one.password for one in logins.find(demo)}
    again.dispose()


def test_its_passwords_open_its_accounts(demo):
    kept = logins.find(demo)
    assert {one.role for one in kept} == set(Role)
    for one in (kept[0], kept[-1]):
        with demo.reading() as conn:
            found = accounts.find_credentials(conn, one.email)
        assert passwords.matches(found[1], passwords.prehash(one.password))


def test_only_its_owner_can_read_the_passwords(demo):
    logins.keep(demo, logins.find(demo))
    assert stat.S_IMODE(logins.path(demo).stat().st_mode) == 0o600


def test_passwords_of_another_database_are_not_told(demo):
    told = json.loads(logins.path(demo).read_text())
    logins.path(demo).write_text(json.dumps({**told, "of": "0" * 64}))
    assert logins.find(demo) == ()


def test_every_action_of_its_trail_is_known_to_the_filter(demo):
    with demo.reading() as conn:
        assert {entry.action for entry in audit.walk(conn)} <= set(ACTIONS)


def test_it_is_never_loaded_over_a_table(db, clock):
    before = verify(db).head
    with pytest.raises(TableExists):
        demonstration.load(db, clock, cost=4)
    assert verify(db).head == before


def test_removing_it_leaves_no_file(demo):
    file = readiness.file_of(demo)
    removing.remove(demo)
    assert not list(file.parent.glob("demo.db*"))
    with pytest.raises(DatabaseMissing):
        removing.remove(demo)


@pytest.mark.parametrize(
    ("add", "kind"),
    [
        (builders.an_organisation, "organisation"),
        (builders.an_account, "account"),
        (a_lesson, "lesson"),
        (a_meeting, "meeting"),
    ],
)
def test_removing_is_refused_where_somebody_added_a_row(demo, add, kind):
    add(demo)
    with pytest.raises(OwnRows) as refusal:
        removing.remove(demo)
    assert kind in refusal.value.facts["rows"]
    assert readiness.file_of(demo).exists()


def test_removing_is_refused_where_somebody_wrote_a_proposal(demo, clock):
    convener = builders.a_person(demo, role=Role.CONVENER)
    builders.a_proposal(demo, clock, convener)
    with pytest.raises(OwnRows, match="proposal"):
        removing.remove(demo)


@pytest.mark.parametrize(
    ("does", "table"),
    [
        (casts, schema.ballot),
        (comments_on_it, schema.comment),
        (changes_a_text, schema.text_version),
        (declares, schema.interest),
        (goes_away, schema.absence),
    ],
)
def test_removing_is_refused_where_somebody_did_something_that_bears_no_mark(demo, does, table):
    def size():
        with demo.reading() as conn:
            return conn.scalar(select(func.count()).select_from(table))

    before = size()
    does(demo)
    with pytest.raises(OwnRows) as refusal:
        removing.remove(demo)
    assert refusal.value.facts["rows"] == "deeds 1"
    assert size() == before + 1
    assert logins.find(demo)


def test_signing_in_the_clock_and_the_operator_keep_nobody_from_removing_it(demo):
    assert set(ACTIONS) >= HOUSEKEEPING
    with demo.writing() as conn:
        for action in HOUSEKEEPING:
            for actor in ("account:1", "public"):
                audit.append(conn, actor, action, "account:1", at=NOW)
        audit.append(conn, "clock", "verdict.frozen", "round:1", at=NOW)
        audit.append(conn, "operator", "account.erased", "account:1", at=NOW)
    removing.remove(demo)
    assert not readiness.file_of(demo).exists()


def test_a_table_of_ones_own_is_never_removed(db):
    with pytest.raises(OwnTable):
        removing.remove(db)
    assert readiness.find_table(db) is not None


def test_an_interrupted_loading_is_noticed_and_may_be_removed(db, tmp_path, clock):
    half = Database(f"sqlite:///{tmp_path / 'half.db'}")
    migration.migrate(half)
    demonstration._found(half, clock, content.read())
    builders.an_organisation(half)
    assert demonstration.is_half_loaded(half)
    removing.remove(half)
    assert not readiness.file_of(half).exists()
    assert not demonstration.is_half_loaded(db)


def test_it_loads_and_goes_on_both_databases(any_url, clock, tmp_path, monkeypatch):
    monkeypatch.setenv("COALITION_KEY_FILE", str(tmp_path / "key"))
    db = Database(any_url)
    migration.migrate(db)
    made = demonstration.load(db, clock, cost=4)
    assert verify(db).is_whole
    assert logins.find(db) == made
    removing.remove(db)
    assert not logins.path(db).exists()
    if not db.is_sqlite:
        assert migration.migrate(db) is True, "the tables are gone, so all is to be done again"
    db.dispose()


def test_two_texts_were_changed_by_what_another_organisation_suggested(demo):
    with demo.reading() as conn:
        kept = conn.execute(select(schema.suggestion).order_by(schema.suggestion.c.id)).all()
    assert [one.state for one in kept] == ["accepted", "accepted", "declined", "open"]
    assert [one.applied_version_id is not None for one in kept] == [True, True, False, False]


def test_one_of_them_in_an_open_round_whose_answers_are_asked_for_again(demo):
    with demo.reading() as conn:
        rounds = rounds_store.open_at(conn, NOW)
        found = tallies.counts(conn, rounds)
    [changed] = [one for one in rounds if one.version_id != one.first_version_id]
    assert found[changed.id].carried
    assert found[changed.id].confirmed


def test_people_talk_about_the_proposals(demo):
    with demo.reading() as conn:
        said = conn.execute(select(schema.comment)).all()
        called = conn.scalar(select(func.count()).select_from(schema.mention))
        reacted = conn.scalar(select(func.count()).select_from(schema.reaction))
    assert {one.audience for one in said} == {"table", "conveners"}
    assert any(one.quote for one in said)
    assert any(one.removal_reason for one in said)
    assert called
    assert reacted


def test_one_organisation_is_in_clearance_and_one_position_was_recorded(demo):
    with demo.reading() as conn:
        reviews = clearances_store.in_force(conn, history.round_ids(conn), NOW)
        kept = conn.execute(select(schema.evidence)).all()
    assert [one.note for one in reviews.values()] == ["Our board meets on this soon."]
    assert [one.channel for one in kept] == ["phone"]
