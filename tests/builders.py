"""People and organisations for tests, each made in one line."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import bcrypt
from sqlalchemy import insert

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.disclosures import DisclosureForm, Interest
from coalition.domain.deliberation.plans import RoundPlan
from coalition.domain.deliberation.proposals import AskType, InstrumentType, ProposalText
from coalition.domain.deliberation.readiness import Item
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rounds import Results, RoundKind
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground import text
from coalition.domain.ground.permissions import (
    AccountId,
    Actor,
    Capacity,
    OrganisationId,
    Role,
    SeatHeld,
)
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation import ballots, proposals, recording, rounds
from coalition.services.deliberation.ballots import BallotForm
from coalition.services.deliberation.recording import RecordForm
from coalition.services.discussion import comments
from coalition.services.discussion.comments import CommentForm
from coalition.services.people.passwords import prehash
from coalition.store import schema
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.people import accounts
from tests.conftest import NOW

PASSWORD = "a table for eleven chairs"
CHEAP = bcrypt.gensalt(4)  # tests need no slow hash
_number = count(1)


def an_account(db, *, role=Role.MEMBER, name="Avery Stone", email=None, password=None, at=NOW):
    """Keep an account and return its id."""
    hashed = bcrypt.hashpw(prehash(password).encode(), CHEAP).decode() if password else None
    address = email or f"person{next(_number)}@example.org"
    with db.writing() as conn:
        return accounts.add(conn, name=name, email=address, role=role, at=at, password_hash=hashed)


def an_organisation(db, *, name=None, votes=True, kind="patient_member", at=NOW):
    """Keep an organisation and return its id."""
    called = name or f"Organisation {next(_number)}"
    row = {
        "name": called,
        "name_key": text.key(called),
        "short_name": called[:80],
        "kind": kind,
        "votes": votes,
        "pillars": [],
        "conditions": [],
        "created_at": at,
    }
    with db.writing() as conn:
        made = conn.execute(insert(schema.organisation), row)
        return OrganisationId(made.inserted_primary_key[0])


def a_seat(db, organisation_id, account_id, *, rank=0, from_at=NOW, to_at=None):
    """Let an account hold a seat of an organisation: rank 0 is the primary delegate."""
    row = {
        "organisation_id": organisation_id,
        "account_id": account_id,
        "rank": rank,
        "from_at": from_at,
        "to_at": to_at,
    }
    with db.writing() as conn:
        conn.execute(insert(schema.seat), row)


def a_person(db, *, role=Role.MEMBER, **account) -> Actor:
    """Keep an account without a seat and return the person."""
    account_id = an_account(db, role=role, **account)
    with db.reading() as conn:
        kept = accounts.get(conn, account_id)
    return Actor(AccountId(kept.id), kept.name, kept.email, kept.role)


def a_delegate(db, *, organisation_id=None, rank=0, **account) -> Actor:
    """Keep a member who holds a seat, of a new organisation unless one is given."""
    home = organisation_id or an_organisation(db)
    person = a_person(db, **account)
    a_seat(db, home, person.account_id, rank=rank)
    capacity = Capacity.ALTERNATE if rank else Capacity.PRIMARY
    with db.reading() as conn:
        called = conn.scalar(
            schema.organisation.select()
            .with_only_columns(schema.organisation.c.name)
            .where(schema.organisation.c.id == home)
        )
    return Actor(
        person.account_id, person.name, person.email, person.role, SeatHeld(home, called, capacity)
    )


CONSENSUS = Rule.from_json(
    {
        "quorum": {"num": 1, "den": 2},
        "approval": {
            "num": 2,
            "den": 3,
            "of": ["support", "support_with_reservations", "object"],
        },
        "min_support": {"num": 1, "den": 3},
        "objections_need_reasons": True,
        "over_objection": {"num": 2, "den": 3, "of": "roll"},
        "window_hours": 336,
    }
)
QUICK = Rule.from_json({"quorum": {"num": 1, "den": 2}, "min_support": 1, "max_objections": 0})
FINISHED = ProposalText(
    title="Count all copay help toward patient costs",
    pillar=Pillar.COVERAGE,
    problem="Some plans do not count the help a patient gets.",
    ask="Pass the bill",
    ask_type=AskType.SUPPORT_BILL,
    target="Senate committee",
    instrument_type=InstrumentType.BILL,
    instrument="H.R. 1",
    patient_line="You reach your yearly limit sooner.",
    equity_note="People with low incomes are hit hardest.",
    summary="Health plans must count copay help.",
    body="We ask Congress to count copay help.",
    heard="Four patients told us that they pay their deductible twice a year.",
    summary_es="Los planes de salud deben contar la ayuda para copagos.",
    summary_es_by="Lucía Prado",
)
NO_CHAMPION = {Item.INTERESTS: "No organisation champions it, so there is nobody to ask."}


def a_table(db, *, organisations=3):
    """Lay a table: a convener and so many delegates, each of an organisation that votes."""
    convener = a_person(db, role=Role.CONVENER, name="Casey Convener")
    return convener, [a_delegate(db) for _ in range(organisations)]


def a_proposal(db, clock, convener, *, submitted=True, **changes):
    """Keep a finished proposal and return its id."""
    text = replace(FINISHED, **changes)
    token = f"proposal {next(_number)}"
    proposal_id = proposals.start_draft(db, clock, actor=convener, text=text, token=token)
    if submitted:
        proposals.submit_proposal(db, clock, actor=convener, proposal_id=proposal_id)
    return proposal_id


def a_plan(clock, *, rule=CONSENSUS, days=15, **changes):
    """Return a binding plan that opens now."""
    plan = RoundPlan(
        kind=RoundKind.BINDING,
        preset="working_table",
        rule=rule,
        results=Results.OPEN,
        opens_at=clock(),
        closes_at=clock() + timedelta(days=days),
        waivers=NO_CHAMPION,
    )
    return replace(plan, **changes)


def a_round(db, clock, convener, *, proposal_id=None, **plan):
    """Open a round on a new proposal, unless one is given, and return it."""
    subject = proposal_id or a_proposal(db, clock, convener)
    round_id = rounds.open_round(
        db,
        clock,
        actor=convener,
        proposal_id=subject,
        plan=a_plan(clock, **plan),
        token=f"round {next(_number)}",
    )
    with db.reading() as conn:
        return rounds_store.get(conn, round_id)


def a_form(this, stance, *, replaces=None, reason=None, remedy="", token=None, authority="Yes"):
    """Return the form a delegate sends for a round: without an interest unless it recuses."""
    given = {"object": "It shuts out small groups.", "recused": "We own shares."}
    words = Words(given.get(stance, "") if reason is None else reason, remedy, authority)
    return BallotForm(
        round_id=this.id,
        version_id=this.version_id,
        stance=Stance(stance) if stance else None,
        words=words,
        replaces=replaces,
        token=token or f"ballot {next(_number)}",
        disclosure=DisclosureForm(Interest.RECUSES if stance == "recused" else Interest.NONE),
    )


def a_ballot(db, clock, delegate, this, stance, **form):
    """Cast a delegate's ballot and return it."""
    return ballots.cast_ballot(db, clock, actor=delegate, form=a_form(this, stance, **form))


def a_comment(db, clock, person, proposal_id, body, *, token=None, **form):
    """Say something about a proposal and return the comment's number."""
    sent = CommentForm(proposal_id, body, token or f"comment {next(_number)}", **form)
    return comments.write_comment(db, clock, actor=person, form=sent)


def a_recording(this, organisation_id, stance, *, token=None, **changes):
    """Return the form a convener sends for an organisation that told them by phone."""
    reasons = {"object": "It shuts out small groups.", "recused": "We own shares."}
    form = RecordForm(
        round_id=this.id,
        organisation_id=organisation_id,
        version_id=this.version_id,
        stance=Stance(stance) if stance else None,
        words=Words(reasons.get(stance, "")),
        evidence=Evidence(Channel.PHONE, "Wren Hale", this.opens_at),
        replaces=None,
        token=token or f"recording {next(_number)}",
    )
    return replace(form, **changes)


def a_recorded(db, clock, convener, this, organisation_id, stance, **form):
    """Record a position for an organisation and return its ballot."""
    sent = a_recording(this, organisation_id, stance, **form)
    return recording.record_ballot(db, clock, actor=convener, form=sent)
