"""One proposal that the table has worked on for months: texts, rounds, objections, a discussion."""

from datetime import datetime, timedelta

from sqlalchemy import insert

from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.proposals import content_hash
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.domain.ground import text
from coalition.store import schema
from tests.builders import CONSENSUS

VERSIONS, COMMENTS, THREADS, OBJECTIONS, ROUNDS, ROLL = 30, 500, 50, 60, 3, 40
PERIOD = timedelta(days=20)  # of a round
STATES = ("open", "answered", "withdrawn", "met")
MARKS = ("editorial", "substantive")
BODY = "We ask for a plain and fair rule, step by step, in clause {n}. " * 40
PASSAGE = "a plain and fair rule"


def lay(conn, number: int, convener: int, now: datetime) -> None:
    """Add proposal ``number`` with rounds from ``number`` on, the last of them still open."""
    roll = range(1, min(ROLL, convener - 1) + 1)
    opened = [now - timedelta(days=1) - (ROUNDS - n) * (PERIOD + PERIOD / 4) for n in (1, 2, 3)]
    begun = opened[0] - timedelta(days=30)
    versions = _versions(conn, number, convener, begun, now)
    _rounds(conn, number, convener, roll, opened, versions)
    ballots = _ballots(conn, number, roll, opened, versions)
    _objections(conn, number, roll, ballots, versions, opened)
    _comments(conn, number, roll, begun, now)


def _versions(conn, number: int, convener: int, begun: datetime, now: datetime) -> list[int]:
    title, ask = "A proposal worked on for months", "Pass the bill"
    row = {
        "id": number,
        "reference": f"2026-{number:04}",
        "title": title,
        "pillar": "access",
        "further_pillars": [],
        "ask": ask,
        "ask_type": "support_bill",
        "target": "A committee",
        "patient_line": "You wait less.",
        "summary": "A plain summary of what this is about.",
        "body": BODY.format(n=VERSIONS),
        "source": {},
        "search_key": text.key(title),
        "stage": "submitted",
        "champion_id": 1,
        "latest_round_id": number + ROUNDS - 1,
        "created_at": begun,
        "updated_at": begun,
    }
    conn.execute(insert(schema.proposal), row)
    step = (now - begun) / (VERSIONS + 1)
    rows = [
        {
            "id": number + n,
            "proposal_id": number,
            "number": n + 1,
            "title": title,
            "ask": ask,
            "body": BODY.format(n=n + 1),
            "note": "A clause in other words." if n else "",
            "content_hash": content_hash(title, ask, BODY.format(n=n + 1)),
            "written_by": convener,
            "at": begun + n * step,
            "mark": MARKS[n % 2] if n else "first",
        }
        for n in range(VERSIONS)
    ]
    conn.execute(insert(schema.text_version), rows)
    return [one["id"] for one in rows]


def _rounds(conn, number, convener, roll, opened, versions) -> None:
    rows = [
        {
            "id": number + n,
            "proposal_id": number,
            "version_id": versions[10 * n],
            "current_version_id": versions[10 * n + 9],
            "substantive_version_id": versions[10 * n + 9],
            "kind": "binding",
            "preset": "working_table",
            "rule": CONSENSUS.to_json(),
            "terms": {"unconfirmed": "counts", "recorded": "counts", "urgency": ""},
            "results": "open",
            "roll_size": len(roll),
            "opened_by": convener,
            "opened_at": at,
            "opens_at": at,
            "first_closes_at": at + PERIOD,
            "closes_at": at + PERIOD,
            "runs_from": at,
        }
        for n, at in enumerate(opened)
    ]
    conn.execute(insert(schema.consensus_round), rows)
    rolls = [
        {"round_id": number + n, "organisation_id": one} for n in range(ROUNDS) for one in roll
    ]
    conn.execute(insert(schema.round_roll), rolls)


def _ballots(conn, number, roll, opened, versions) -> list[int]:
    """Let everybody object in the open round, so that each objection has a ballot behind it."""
    first = conn.scalar(schema.ballot.select().with_only_columns(schema.ballot.c.id)
                        .order_by(schema.ballot.c.id.desc()).limit(1)) + 1  # fmt: skip
    rows = [
        {
            "id": first + n * len(roll) + place,
            "round_id": number + n,
            "version_id": versions[10 * n],
            "organisation_id": one,
            "stance": Stance.OBJECT if n else Stance.ABSTAIN,
            "cast_by": one,
            "capacity": "primary",
            "cast_at": at + timedelta(minutes=place),
            "words_hash": "0" * 64,
            "receipt": f"T{n}{one:010}",
        }
        for n, at in enumerate(opened)
        for place, one in enumerate(roll)
    ]
    conn.execute(insert(schema.ballot), rows)
    words = [{"ballot_id": one["id"], "salt": "00", "reason": "Our reason."} for one in rows]
    conn.execute(insert(schema.ballot_words), words)
    for n, at in enumerate(opened[:-1]):
        stance = Stance.OBJECT if n else Stance.ABSTAIN
        tally = Tally.of([stance] * len(roll), eligible=len(roll))
        verdict = decide(CONSENSUS, Case(tally, hours_open=400))
        frozen = {
            "round_id": number + n,
            "outcome": verdict.outcome,
            "answer": verdict.to_json(),
            "tally": tally.to_json(),
            "frozen_at": at + PERIOD,
        }
        conn.execute(insert(schema.verdict), frozen)
    return [one["id"] for one in rows]


def _objections(conn, number, roll, ballots, versions, opened) -> None:
    rows, steps = [], []
    for n in range(OBJECTIONS):
        place, turn = n % len(roll), n % 2 + 1
        at = opened[turn] + timedelta(minutes=n)
        state = STATES[n % len(STATES)]
        rows.append(
            {
                "id": n + 1,
                "proposal_id": number,
                "version_id": versions[10 * turn],
                "round_id": number + turn,
                "organisation_id": roll[place],
                "raised_by": roll[place],
                "ballot_id": ballots[turn * len(roll) + place],
                "severity": "must",
                "field": "body",
                "start": BODY.index(PASSAGE),
                "quote": PASSAGE,
                "digest": f"{n:064}",
                "raised_at": at,
                "state": state,
                "changed_at": at,
            }
        )
        for later, one in enumerate(("open",) if state == "open" else ("open", state)):
            steps.append(
                {
                    "objection_id": n + 1,
                    "state": one,
                    "made_by": roll[place],
                    "note": "A word on it." if later else "",
                    "at": at + timedelta(hours=later),
                }
            )
    conn.execute(insert(schema.objection), rows)
    told = [{"objection_id": one["id"], "reason": "It is too wide.", "wording": "a fair rule",
             "remedy": "Strike it."} for one in rows]  # fmt: skip
    conn.execute(insert(schema.objection_words), told)
    conn.execute(insert(schema.objection_step), steps)


def _comments(conn, number, roll, begun, now) -> None:
    step = (now - begun) / (COMMENTS + 1)
    rows = [
        {
            "id": n + 1,
            "proposal_id": number,
            "root_id": None if n < THREADS else n % THREADS + 1,
            "written_by": roll[n % len(roll)],
            "organisation_id": roll[n % len(roll)],
            "audience": "table",
            "body": "How would this work for the people we speak for? " * 3,
            "at": begun + n * step,
        }
        for n in range(COMMENTS)
    ]
    conn.execute(insert(schema.comment), rows)
