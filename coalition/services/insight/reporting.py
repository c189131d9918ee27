"""Two reports: of the whole board for one meeting, and of one month for the members."""

from collections.abc import Collection
from datetime import datetime, timedelta

from coalition.domain.deliberation.rounds import Round
from coalition.domain.ground.permissions import Actor, Permission, Role, require
from coalition.domain.ground.profile import TableProfile
from coalition.domain.insight.reports import Month, MonthAhead, Report
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation.standings import Standing, standings
from coalition.services.insight import board_sections, note_sections
from coalition.services.insight.calling import calls
from coalition.services.insight.distance import distances
from coalition.services.insight.waiting import waiting
from coalition.store.database import Connection, Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.insight import months as months_store
from coalition.words import language, moments, t

LATELY = timedelta(days=30)


def board_report(
    db: Database, *, actor: Actor | None, now: datetime, table: TableProfile, wish: Wish
) -> Report:
    """Return what one meeting has to know of every round asked for, in the language spoken.

    A fixed number of queries, however many rounds and organisations.

    Args:
        wish: Which pillars; what else it asks for is the report's own to say.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.READ_BOARD)
    asked = Wish(wish.pillars)
    is_open = distances(db, actor=actor, now=now, wish=asked, whole=True)
    closed = distances(db, actor=actor, now=now, wish=Wish(wish.pillars, closed=True), whole=True)
    lately = [one for one in closed.lines if one.standing.round.closes_at > now - LATELY]
    sections = [board_sections.summary(is_open)]
    if is_open.total:
        quiet = waiting(db, actor=actor, now=now, wish=asked)
        rounds = [one.standing.round.id for one in is_open.lines]
        whom = calls(db, actor=actor, now=now, rounds=rounds)
        sections += [
            board_sections.distance(is_open.lines, table),
            board_sections.calls(is_open.lines, whom),
            board_sections.waiting(quiet),
        ]
    sections.append(board_sections.decided(lately, table))
    title = t("Where consensus stands")
    return Report(title, table.name, language(), _dated(now, table), now, tuple(sections))


def monthly_note(
    db: Database, *, actor: Actor | None, now: datetime, table: TableProfile, month: Month
) -> Report:
    """Return what a month brought, with no more than every member may see.

    Whoever asks: it is read by all, so a convener's own sight does not enter it. A fixed number
    of queries, however many rounds.

    Raises:
        SignInNeeded: nobody is signed in.
        MonthAhead: the month has not begun at the table.
    """
    reader = _any_member(require(actor, Permission.READ_TABLE))
    if month > Month.of(now, table.zone):
        raise MonthAhead(month=moments.month(month.first))
    since, until = month.starts(table.zone), min(month.after.starts(table.zone), now)
    with db.reading() as conn:
        closed = _standing(conn, reader, months_store.closed(conn, since, until), now)
        is_open = _standing(conn, reader, rounds_store.open_at(conn, now), now)
        texts = months_store.written(conn, since, until)
        those = {one.round.proposal_id for one in (*closed, *is_open)}
        proposals = proposals_store.get_many(conn, those)
    sections = (
        note_sections.decided(closed, proposals, table),
        note_sections.by_which_rules(closed, proposals),
        note_sections.open_rounds(is_open, proposals, table),
        note_sections.changed(texts, table),
    )
    title = t("The table in {month}", month=moments.month(month.first))
    told = tuple(one for one in sections if one is not None)
    return Report(title, table.name, language(), _dated(now, table), now, told)


def _any_member(person: Actor) -> Actor:
    """Return a member without a seat: who sees what all members see, and nothing of their own."""
    return Actor(person.account_id, person.name, person.email, Role.MEMBER)


def _standing(
    conn: Connection, reader: Actor, rounds: Collection[Round], now: datetime
) -> list[Standing]:
    stand = standings(conn, reader, rounds, now=now)
    return [stand[one.id] for one in rounds]


def _dated(now: datetime, table: TableProfile) -> str:
    return t("As it stood on {when}", when=moments.when(now, table.zone))
