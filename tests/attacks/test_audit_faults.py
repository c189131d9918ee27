"""Every deed and its audit entry are stored together or not at all."""

import importlib
import shutil
from datetime import timedelta

import pytest

from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.rolls import Change
from coalition.domain.ground.permissions import Role
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Pace
from coalition.domain.people.inquiries import InquiryState
from coalition.domain.people.organisations import OrganisationKind, OrganisationStatus, Profile
from coalition.services.deliberation import (
    clearances,
    rounds,
)
from coalition.services.deliberation.checklists import Supplement
from coalition.services.notices import calendars
from coalition.services.people import (
    absences,
    invitations,
    sessions,
    tickets,
)
from coalition.services.table import forgetting, retention
from coalition.store import schema
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.people import sessions as sessions_store
from tests import arguing, builders, convening, joining, proving, suggesting
from tests.conftest import SettableClock
from tests.services.test_interests import a_declaration, declare
from tests.services.test_roles import DEEDS
from tests.services.test_tick import an_inquiry, rows


class Broken(Exception):
    """The audit trail cannot be written."""


def _contents(db):
    """Return every row of every table but counted tries, which are meant to outlive a refusal."""
    tables = [one for one in schema.metadata.sorted_tables if one.name != "attempt"]
    return {table.name: rows(db, table) for table in tables}


@pytest.fixture(scope="module")
def laid_once(laid_table, tmp_path_factory):
    """A table with one of everything, made once; copied, never used."""
    path = tmp_path_factory.mktemp("everything") / "laid.db"
    shutil.copy(laid_table, path)
    db, clock = Database(f"sqlite:///{path}"), SettableClock()
    made = _lay(db, clock)
    db.dispose()
    return path, made, clock.hour


@pytest.fixture
def laid(laid_once, tmp_path):
    """One of everything, so that every deed has something to be done to."""
    path, made, hour = laid_once
    shutil.copy(path, tmp_path / "laid.db")
    db = Database(f"sqlite:///{tmp_path / 'laid.db'}")
    yield made | {"db": db, "clock": SettableClock(hour)}
    db.dispose()


def _lay(db, clock):
    made = {"db": db, "clock": clock}
    made["convener"], delegates = builders.a_table(db)
    made["delegate"] = delegates[0]
    made["admin"] = builders.a_person(db, role=Role.ADMINISTRATOR)
    made["member"] = builders.a_person(db, password=builders.PASSWORD)
    made["draft"] = builders.a_proposal(db, clock, made["convener"], submitted=False)
    made["submitted"] = builders.a_proposal(db, clock, made["convener"])
    made["round"] = builders.a_round(db, clock, made["convener"], rule=builders.QUICK)
    for delegate in delegates:
        cast = builders.a_ballot(db, clock, delegate, made["round"], "support")
        made.setdefault("ballot", cast)
    made["ended"] = builders.a_round(db, clock, made["convener"], rule=builders.QUICK, days=1)
    clock.move(days=2)
    rounds.freeze_due(db, clock)
    for number in range(2):
        secret = f"session {number}"
        with db.writing() as conn:
            made["session"] = _begin(conn, made["member"], secret, clock())
    an_inquiry(db, clock)
    made["inquiry"] = rows(db, schema.inquiry)[0].id
    made["seat"] = rows(db, schema.seat)[0].id
    made["organisation"] = delegates[0].seat.organisation_id
    made["interest"] = declare(db, clock, delegates[0], "laid")
    made["suggesting"] = suggesting.every_deed(
        db, clock, made["convener"], delegates[0], made["submitted"]
    )
    _begin_waiting(made, delegates)
    made["arguing"] = arguing.every_deed(db, clock, made["convener"], delegates)
    _begin_own(made, delegates)
    return made


def _begin_waiting(made, delegates):
    """Open a round that nobody has answered, one organisation reviewing and one come late."""
    db, clock = made["db"], made["clock"]
    made["waiting"] = builders.a_round(db, clock, made["convener"])
    made["silent"], made["reviewing"] = delegates[1], delegates[2]
    clearances.mark_clearance(
        db, clock, actor=delegates[2], round_id=made["waiting"].id,
        until=clock() + timedelta(days=1), note="", token="review",
    )  # fmt: skip
    made["latecomer"] = builders.an_organisation(db)


def _begin_own(made, delegates):
    db, clock = made["db"], made["clock"]
    made["joining"] = joining.every_deed(db, clock, made["convener"], made["member"])
    made["convening"] = convening.every_deed(db, clock, made["convener"])
    made["absence"] = absences.go_away(
        db, clock, actor=delegates[1], from_on=clock().date() + timedelta(days=20),
        until_on=clock().date() + timedelta(days=30), token="away",
    )  # fmt: skip
    calendars.give_address(db, clock, actor=delegates[1])


def _begin(conn, person, secret, at):
    return sessions_store.begin(
        conn, person.account_id, sessions.fingerprint(secret), agent="Test", at=at,
        expires_at=at + timedelta(days=1),
    )  # fmt: skip


def _own_deeds(made):
    """Return how each person's own deeds are done."""
    delegate, other = made["delegate"], made["silent"]
    day = made["clock"]().date()
    return {
        "people.absences.go_away": {
            "actor": delegate, "from_on": day, "until_on": day + timedelta(days=3), "token": "t",
        },
        "people.absences.come_back": {"actor": other, "absence_id": made["absence"]},
        "people.onboarding.record_practice": {"actor": delegate},
        "notices.choosing.save_habit": {
            "actor": delegate, "paces": {NoticeKind.RESULT: Pace.NEVER}, "quiet": [6],
        },
        "notices.calendars.give_address": {"actor": delegate},
        "notices.calendars.take_address": {"actor": other},
    }  # fmt: skip


def _deeds(made):
    """Return how each deed is done so that it would succeed, by the name the table of roles has."""
    convener, admin, delegate, member = (
        made[one] for one in ("convener", "admin", "delegate", "member")
    )
    draft, submitted, this = made["draft"], made["submitted"], made["round"]
    inquiry, organisation = made["inquiry"], made["organisation"]
    text = builders.FINISHED
    profile = Profile("A new organisation", kind=OrganisationKind.PATIENT_MEMBER, votes=True)
    unseated = builders.a_person(made["db"])
    plan = builders.a_plan(made["clock"])
    later = this.closes_at + timedelta(days=5)
    return (
        made["suggesting"]
        | made["arguing"]
        | made["joining"]
        | made["convening"]
        | _own_deeds(made)
        | proving.every_deed(made["db"], made["clock"], admin)
        | {
            "deliberation.proposals.start_draft": {"actor": delegate, "text": text, "token": "t"},
            "deliberation.proposals.edit_draft": {
                "actor": convener,
                "proposal_id": draft,
                "revision": 1,
                "text": text,
            },
            "deliberation.proposals.submit_proposal": {"actor": convener, "proposal_id": draft},
            "deliberation.proposals.withdraw_proposal": {
                "actor": convener,
                "proposal_id": submitted,
            },
            "deliberation.proposals.set_champion": {
                "actor": convener,
                "proposal_id": draft,
                "organisation_id": organisation,
            },
            "deliberation.rounds.open_round": {
                "actor": convener,
                "proposal_id": submitted,
                "plan": plan,
                "token": "t",
            },
            "deliberation.rounds.extend_round": {
                "actor": convener,
                "round_id": this.id,
                "closes_at": later,
                "reason": "Later",
            },
            "deliberation.rounds.cancel_round": {
                "actor": convener,
                "round_id": this.id,
                "reason": "No",
            },
            "deliberation.rounds.close_early": {"actor": convener, "round_id": this.id},
            "deliberation.rounds.publish": {"actor": convener, "round_id": made["ended"].id},
            "deliberation.ballots.cast_ballot": {
                "actor": delegate,
                "form": builders.a_form(this, "abstain", replaces=made["ballot"].id),
            },
            "deliberation.ballots.withdraw_ballot": {
                "actor": delegate,
                "round_id": this.id,
                "token": "t",
            },
            "deliberation.clearances.mark_clearance": {
                "actor": made["silent"],
                "round_id": made["waiting"].id,
                "until": made["clock"]() + timedelta(days=2),
                "note": "A note",
                "token": "t",
            },
            "deliberation.clearances.end_clearance": {
                "actor": made["reviewing"],
                "round_id": made["waiting"].id,
            },
            "deliberation.rolls.change_roll": {
                "actor": convener,
                "round_id": made["waiting"].id,
                "organisation_id": made["latecomer"],
                "change": Change.ADDED,
                "reason": "A note",
            },
            "deliberation.recording.record_ballot": {
                "actor": convener,
                "form": builders.a_recording(
                    made["waiting"], made["silent"].seat.organisation_id, "abstain"
                ),
            },
            "deliberation.presets.add_preset": {
                "actor": admin,
                "base": "working_table",
                "name": "Own",
                "rule": builders.QUICK,
                "token": "t",
            },
            "deliberation.disclosures.disclose": {
                "actor": delegate,
                "proposal_id": submitted,
                "form": DisclosureForm(Interest.TAKES_PART, "A note"),
                "token": "t",
            },
            "deliberation.checklists.supplement": {
                "actor": convener,
                "proposal_id": submitted,
                "given": Supplement(2, "A note", "A note", "Nota", "Avery"),
            },
            "people.interests.declare_interest": {
                "actor": delegate,
                "declared": a_declaration(statement="A note"),
                "token": "t",
            },
            "people.interests.end_interest": {"actor": delegate, "interest_id": made["interest"]},
            "people.accounts.change_password": {
                "actor": member,
                "current": builders.PASSWORD,
                "new": "twelve green chairs stand here",
            },
            "people.accounts.save_preferences": {
                "actor": member,
                "language": "es",
                "zone": "Europe/Madrid",
            },
            "people.accounts.change_role": {
                "actor": admin,
                "account_id": member.account_id,
                "role": Role.OBSERVER,
            },
            "people.accounts.deactivate": {"actor": admin, "account_id": member.account_id},
            "people.accounts.reactivate": {"actor": admin, "account_id": member.account_id},
            "people.accounts.end_sessions_of": {"actor": admin, "account_id": member.account_id},
            "people.sessions.end_session": {"actor": member, "session_id": made["session"]},
            "people.sessions.end_other_sessions": {"actor": member, "keep": made["session"]},
            "people.invitations.invite": {
                "actor": admin,
                "name": "New",
                "email": "new@example.org",
                "role": Role.MEMBER,
                "token": "t",
            },
            "people.invitations.renew_link": {"actor": admin, "account_id": member.account_id},
            "people.organisations.add_organisation": {
                "actor": admin,
                "profile": profile,
                "token": "t",
            },
            "people.organisations.edit_organisation": {
                "actor": admin,
                "organisation_id": organisation,
                "profile": profile,
                "token": "t",
            },
            "people.profiles.describe": {"actor": delegate, "profile": profile, "token": "t"},
            "deliberation.departures.leave": {
                "actor": convener,
                "organisation_id": organisation,
                "reason": "It closed.",
                "token": "t",
            },
            "people.organisations.set_status": {
                "actor": admin,
                "organisation_id": organisation,
                "status": OrganisationStatus.PAUSED,
                "token": "t",
            },
            "people.seats.appoint": {
                "actor": admin,
                "organisation_id": organisation,
                "account_id": unseated.account_id,
                "rank": None,
                "token": "t",
            },
            "people.seats.end_seat": {"actor": admin, "seat_id": made["seat"], "token": "t"},
            "people.seats.reorder": {
                "actor": admin,
                "organisation_id": organisation,
                "seat_ids": [made["seat"]],
                "token": "t",
            },
            "people.inquiries.assign": {"actor": convener, "inquiry_id": inquiry, "token": "t"},
            "people.inquiries.add_note": {
                "actor": convener,
                "inquiry_id": inquiry,
                "words": "A note",
                "token": "t",
            },
            "people.inquiries.answer": {
                "actor": convener,
                "inquiry_id": inquiry,
                "words": "An answer",
                "token": "t",
            },
            "people.inquiries.set_state": {
                "actor": convener,
                "inquiry_id": inquiry,
                "state": InquiryState.CLOSED,
                "token": "t",
            },
        }
    )


def _service(name):
    module, deed = name.rsplit(".", 1)
    return getattr(importlib.import_module(f"coalition.services.{module}"), deed)


def _refuse(*_given, **_named):
    raise Broken


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_that_cannot_be_audited_is_not_done(laid, monkeypatch, name):
    db, clock = laid["db"], laid["clock"]
    given = _deeds(laid)[name]
    before = _contents(db)
    with monkeypatch.context() as broken:
        broken.setattr(audit, "append", _refuse)
        with pytest.raises(Broken):
            _service(name)(db, clock, **given)
    assert _contents(db) == before
    _service(name)(db, clock, **given)  # and nothing else was in its way
    after = _contents(db)
    assert len(after["audit_entry"]) > len(before["audit_entry"])
    told = str(after["audit_entry"])
    for personal in ("Avery", "example.org", "Robin", "A note", "An answer", "A new organisation"):
        assert personal not in told


@pytest.mark.parametrize("deed", ["enter", "leave", "send", "forget", "sweep", "freeze", "accept"])
def test_nor_is_what_nobody_signed_in_does(laid, monkeypatch, deed):
    db, clock, member = laid["db"], laid["clock"], laid["member"]
    with db.writing() as conn:
        ticket = tickets.issue_ticket(conn, member.account_id, at=clock())
    invited = invitations.invite(
        db, clock, actor=laid["admin"], name="New", email="new@example.org", role=Role.MEMBER,
        token="i",
    )  # fmt: skip
    if deed in {"sweep", "freeze"}:
        clock.move(days=4_000)
    deeds = {
        "enter": lambda: sessions.enter(db, clock, ticket=ticket, agent=""),
        "leave": lambda: sessions.leave(db, clock, secret="session 1"),
        "send": lambda: an_inquiry(db, clock, 2),
        "forget": lambda: forgetting.forget(db, clock, who=member.email),
        "sweep": lambda: retention.sweep(db, clock),
        "freeze": lambda: rounds.freeze_due(db, clock),
        "accept": lambda: invitations.accept_invitation(
            db, clock, secret=invited.secret, password="twelve green chairs stand here"
        ),
    }
    before = _contents(db)
    with monkeypatch.context() as broken:
        broken.setattr(audit, "append", _refuse)
        with pytest.raises(Broken):
            deeds[deed]()
    assert _contents(db) == before
    deeds[deed]()
    assert len(_contents(db)["audit_entry"]) > len(before["audit_entry"])
