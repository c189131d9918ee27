"""The feed of adopted positions, with what came of each; for everybody."""

from datetime import datetime

from coalition.domain.notices.feeds import Feed, FeedEntry
from coalition.services.deliberation import positions
from coalition.services.deliberation.standings import Position
from coalition.services.notices.calendars import CalendarUnknown
from coalition.store.database import Database
from coalition.store.effect import outcomes
from coalition.store.ground import profile
from coalition.words import codes, speaking, t, tn
from coalition.words import language as spoken

LATEST = 50  # entries


def adopted(db: Database, *, now: datetime, url: str, language: str = "en") -> Feed:
    """Return the latest adopted positions that were published, each with its outcome statement.

    Raises:
        CalendarUnknown: there is no table yet.
    """
    found = positions.page(db, now=now, size=LATEST).items
    with db.reading() as conn:
        table = profile.find(conn)
        if table is None:
            raise CalendarUnknown
        said = outcomes.of_rounds(conn, [one.round.id for one in found])
    with speaking(language):
        entries = []
        for one in found:
            latest = next(iter(said.get(one.round.id, ())), None)
            outcome, at = (latest.words, latest.at) if latest else ("", None)
            entries.append(_entry(one, outcome, at, url))
        title = t("{table}: adopted positions", table=table.name)
    home = f"{url}/positions"
    link = f"{url}/positions.atom"
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Feed(title, table.name, language, link, home, tuple(entries), today)


def _entry(one: Position, outcome: str, said_at: datetime | None, url: str) -> FeedEntry:
    this, text = one.round, one.proposal.text
    published = this.published_at or this.closes_at
    is_read_over = spoken() == "es" and text.summary_es_by  # a draft is nobody's word yet
    spanish = text.summary_es if is_read_over else ""
    parts = [spanish or text.summary or text.ask]
    n = len(one.supporters)
    parts.append(tn("{n} organisation supports it.", "{n} organisations support it.", n))
    if outcome:
        parts.append(t("What came of it: {outcome}", outcome=outcome))
    return FeedEntry(
        link=f"{url}/positions?id={this.id}",
        title=f"{one.proposal.reference} · {text.title}",
        summary="\n\n".join(part for part in parts if part),
        pillar=codes.pillar(text.pillar),
        published_at=published,
        updated_at=max(published, said_at or published),
    )
