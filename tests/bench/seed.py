"""A seeded table of any size, written in bulk: for measuring, never for looking at."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.proposals import content_hash
from coalition.domain.deliberation.stances import Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.domain.ground import text
from coalition.domain.ground.audit import FIRST, AuditEntry, chained, sealed
from coalition.domain.ground.perspectives import Perspective
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.profile import TableKind, TableProfile
from coalition.domain.people.organisations import Region
from coalition.store import migration, schema
from coalition.store.database import Database
from coalition.store.ground import profile
from tests.bench import thick
from tests.builders import CONSENSUS

OPEN = 40  # rounds open at once, whatever the size: what one convener can track
BATCH = 5_000  # rows of one insert
HOURS = 400  # of a round that has closed
CONDITIONS = tuple(f"condition {n}" for n in range(12))
WEIGHTS = (60, 15, 8, 6, 6, 5)  # of the stances, in reading order


@dataclass(frozen=True, slots=True)
class Size:
    """How large a table is."""

    organisations: int
    proposals: int
    ballots: int


FULL = Size(200, 2_000, 150_000)
TENTH = Size(20, 200, 1_500)  # as many ballots a round
YOUNG = Size(200, 200, 15_000)  # as many organisations and open rounds, a tenth of the archive


def lay(db: Database, size: Size, now: datetime) -> None:
    """Fill an empty database: every proposal has had one round, the last forty are open."""
    dice = random.Random(20_261_123)
    migration.migrate(db)
    with db.writing() as conn:
        table = TableProfile("Bench table", "America/New_York", TableKind.OWN)
        profile.put(conn, table, at=now)
        _people(conn, size, now)
        _proposals(conn, size, now)
        _rounds(conn, size, now)
        _ballots(conn, size, dice, now)
        _lessons(conn, size, now)
        thick.lay(conn, thick_one(size), size.organisations + 1, now)


def thick_one(size: Size) -> int:
    """Return the number of the one proposal that much has been said of; its round is open too."""
    return size.proposals + 1


def _people(conn, size: Size, now: datetime) -> None:
    past = now - timedelta(days=900)
    roles = ["member"] * size.organisations + ["convener", "administrator", "observer"]
    accounts = [
        {
            "id": n,
            "name": f"Person {n}",
            "email": f"person{n}@example.org",
            "email_key": f"person{n}@example.org",
            "role": role,
            "created_at": past,
        }
        for n, role in enumerate(roles, 1)
    ]
    organisations = [
        {
            "id": n,
            "name": f"Organisation {n:03}",
            "name_key": text.key(f"Organisation {n:03}"),
            "short_name": f"Org {n}",
            "kind": "patient_member",
            "votes": True,
            "pillars": [],
            "conditions": [CONDITIONS[n % len(CONDITIONS)]],
            "size": ("small", "medium", "large")[n % 3],
            "region": list(Region)[n % len(Region)],
            "perspectives": [list(Perspective)[n % len(Perspective)]],
            "created_at": past,
        }
        for n in range(1, size.organisations + 1)
    ]
    seats = [
        {"organisation_id": n, "account_id": n, "rank": 0, "from_at": past}
        for n in range(1, size.organisations + 1)
    ]
    conn.execute(insert(schema.account), accounts)
    conn.execute(insert(schema.organisation), organisations)
    conn.execute(insert(schema.seat), seats)


def _proposals(conn, size: Size, now: datetime) -> None:
    body = "We ask for a plain and fair rule, step by step. " * 40
    pillars = list(Pillar)
    proposals, versions = [], []
    for n in range(1, size.proposals + 1):
        at = now - timedelta(days=2 + (size.proposals - n) // 4)
        title = f"Proposal {n} on a matter of care"
        reference = f"2025-{n:04}"
        proposals.append(
            {
                "id": n,
                "reference": reference,
                "title": title,
                "pillar": pillars[n % 4],
                "further_pillars": [],
                "ask": "Pass the bill",
                "ask_type": "support_bill",
                "target": "A committee",
                "patient_line": "You wait less.",
                "summary": "A plain summary of what this is about.",
                "body": body,
                "source": {},
                "search_key": text.key(f"{reference} {title}"),
                "stage": "submitted",
                "champion_id": n % size.organisations + 1,
                "latest_round_id": n,
                "created_at": at,
                "updated_at": at,
            }
        )
        versions.append(
            {
                "id": n,
                "proposal_id": n,
                "number": 1,
                "title": title,
                "ask": "Pass the bill",
                "body": body,
                "content_hash": content_hash(title, "Pass the bill", body),
                "at": at,
            }
        )
    _insert(conn, schema.proposal, proposals)
    _insert(conn, schema.text_version, versions)


def _rounds(conn, size: Size, now: datetime) -> None:
    convener = size.organisations + 1
    rounds, roll = [], []
    for n in range(1, size.proposals + 1):
        is_open = n > size.proposals - OPEN
        closes = now + timedelta(days=1 + n % 12) if is_open else _closed_at(n, size, now)
        opens = closes - timedelta(hours=HOURS)
        rounds.append(
            {
                "id": n,
                "proposal_id": n,
                "version_id": n,
                "current_version_id": n,
                "substantive_version_id": n,
                "kind": "binding",
                "preset": "working_table",
                "rule": CONSENSUS.to_json(),
                "terms": {"unconfirmed": "counts", "recorded": "counts", "urgency": ""},
                "results": "open",
                "roll_size": size.organisations,
                "opened_by": convener,
                "opened_at": opens,
                "opens_at": opens,
                "first_closes_at": closes,
                "closes_at": closes,
                "runs_from": opens,
                "published_at": None if is_open else closes,
            }
        )
        roll += [
            {"round_id": n, "organisation_id": one} for one in range(1, size.organisations + 1)
        ]
    _insert(conn, schema.consensus_round, rounds)
    _insert(conn, schema.round_roll, roll)


def _ballots(conn, size: Size, dice: random.Random, now: datetime) -> None:
    each = size.ballots // size.proposals
    ballots, words, entries, verdicts = [], [], [], []
    previous = FIRST
    for round_id in range(1, size.proposals + 1):
        is_open = round_id > size.proposals - OPEN
        at = now - timedelta(hours=5) if is_open else _closed_at(round_id, size, now)
        given = dice.choices(list(Stance), WEIGHTS, k=each)
        for organisation_id, stance in enumerate(given, 1):
            number = len(ballots) + 1
            hashed = sealed("00", "Our reason.", "", "Yes")
            ballots.append(
                {
                    "id": number,
                    "round_id": round_id,
                    "version_id": round_id,
                    "organisation_id": organisation_id,
                    "stance": stance,
                    "cast_by": organisation_id,
                    "capacity": "primary",
                    "cast_at": at - timedelta(minutes=organisation_id),
                    "replaces_id": None,
                    "words_hash": hashed,
                    "receipt": f"B{number:011}",
                }
            )
            words.append(
                {"ballot_id": number, "salt": "00", "reason": "Our reason.", "authority": "Yes"}
            )
            entry = AuditEntry(
                f"account:{organisation_id}",
                "ballot.cast",
                f"round:{round_id}",
                at,
                {"ballot": number, "digest": hashed},
            )
            digest = chained(entry, previous, number)
            entries.append(
                {
                    "seq": number,
                    "actor": entry.actor,
                    "action": entry.action,
                    "subject": entry.subject,
                    "at": at,
                    "detail": entry.detail,
                    "previous": previous,
                    "digest": digest,
                }
            )
            previous = digest
        if not is_open:
            verdicts.append(_verdict(round_id, given, size, at))
    _insert(conn, schema.ballot, ballots)
    _insert(conn, schema.ballot_words, words)
    _insert(conn, schema.audit_entry, entries)
    _insert(conn, schema.verdict, verdicts)


def _lessons(conn, size: Size, now: datetime) -> None:
    """Let something be learned from every tenth proposal that was decided."""
    words = "Two of us phoned everybody on the roll before the close. " * 10
    lessons = [
        {
            "organisation_id": 1,
            "written_by": 1,
            "written_at": _closed_at(n, size, now),
            "title": f"What proposal {n} taught us",
            **dict.fromkeys(("challenge", "tried", "happened"), words),
            "pillar": list(Pillar)[n % 4],
            "round_id": n,
            "state": "public",
            "published_at": _closed_at(n, size, now),
        }
        for n in range(1, size.proposals - OPEN + 1, 10)
    ]
    _insert(conn, schema.lesson, lessons)


def _verdict(round_id: int, given: list[Stance], size: Size, at: datetime) -> dict[str, object]:
    tally = Tally.of(given, eligible=size.organisations)
    verdict = decide(CONSENSUS, Case(tally, hours_open=HOURS))
    return {
        "round_id": round_id,
        "outcome": verdict.outcome,
        "answer": verdict.to_json(),
        "tally": tally.to_json(),
        "frozen_at": at,
    }


def _closed_at(n: int, size: Size, now: datetime) -> datetime:
    return now - timedelta(days=1 + (size.proposals - n) // 4)


def _insert(conn, table, rows) -> None:
    for start in range(0, len(rows), BATCH):
        conn.execute(insert(table), rows[start : start + BATCH])


def this_hour() -> datetime:
    """Return the hour that has begun, so that no entry is later than the server's clock."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
