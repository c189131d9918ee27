"""The feed of adopted positions, with what came of each, and of public lessons; for everybody."""

from datetime import datetime

from coalition.domain.notices.feeds import Feed, FeedEntry
from coalition.services.deliberation import positions
from coalition.services.deliberation.standings import Position
from coalition.services.effect import learned
from coalition.services.effect.aftermath import Aftermath, aftermath
from coalition.services.effect.learned import Learned
from coalition.services.notices.calendars import CalendarUnknown
from coalition.store.database import Database
from coalition.store.ground import profile
from coalition.words import codes, speaking, t, tn
from coalition.words import language as spoken

LATEST = 50  # entries


def latest(db: Database, *, now: datetime, url: str, language: str = "en") -> Feed:
    """Return the latest adopted positions that were published and the latest public lessons.

    What travels with a position stands in it: what came of it, minority statements, who has
    left it, and what took its place.

    Raises:
        CalendarUnknown: there is no table yet.
    """
    found = positions.page(db, now=now, size=LATEST).items
    with db.reading() as conn:
        table = profile.find(conn)
        if table is None:
            raise CalendarUnknown
    since = aftermath(db, actor=None, now=now, rounds=[one.round for one in found])
    lessons = learned.page(db, actor=None, now=now, size=LATEST).items
    with speaking(language):
        entries = [_position(one, since[one.round.id], url) for one in found]
        entries += [_lesson(one, url) for one in lessons]
        title = t("{table}: adopted positions and lessons", table=table.name)
    entries.sort(key=lambda one: one.published_at, reverse=True)
    home = f"{url}/positions"
    link = f"{url}/positions.atom"
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Feed(title, table.name, language, link, home, tuple(entries[:LATEST]), today)


def _position(one: Position, after: Aftermath, url: str) -> FeedEntry:
    this, text = one.round, one.proposal.text
    published = this.published_at or this.closes_at
    is_read_over = spoken() == "es" and text.summary_es_by  # a draft is nobody's word yet
    spanish = text.summary_es if is_read_over else ""
    parts = [spanish or text.summary or text.ask]
    n = len(one.supporters)
    parts.append(tn("{n} organisation supports it.", "{n} organisations support it.", n))
    parts += _since(after, url)
    return FeedEntry(
        link=f"{url}/positions?id={this.id}",
        title=f"{one.proposal.reference} · {text.title}",
        summary="\n\n".join(part for part in parts if part),
        categories={"position": t("Position"), text.pillar: codes.pillar(text.pillar)},
        published_at=published,
        updated_at=max([published, *_changes(after)]),
    )


def _lesson(one: Learned, url: str) -> FeedEntry:
    this, words = one.lesson, one.lesson.text
    parts = [
        t("The challenge: {words}", words=words.challenge),
        t("What was tried: {words}", words=words.tried),
        t("What happened: {words}", words=words.happened),
        t("Learned by {name}", name=this.organisation or t("the conveners")),
    ]
    if one.decision:
        link = f"{url}/positions?id={one.decision.round.id}"
        reference = one.decision.proposal.reference
        parts.append(t("Learned from {reference}: {link}", reference=reference, link=link))
    return FeedEntry(
        link=f"{url}/lessons?id={this.id}",
        title=words.title,
        summary="\n\n".join(parts),
        categories={"lesson": t("Lesson"), words.pillar: codes.pillar(words.pillar)},
        published_at=this.stands_since,
        updated_at=this.updated_at,
    )


def _since(after: Aftermath, url: str) -> list[str]:
    """Return what has been said of a decision since, a paragraph each."""
    told = []
    if by := after.superseded_by:
        link = f"{url}/positions?id={by.round.id}"
        told.append(
            t("{reference} took its place: {link}", reference=by.proposal.reference, link=link)
        )
    told += [
        t("Minority statement of {name}: {words}", name=one.organisation, words=one.words)
        for one in after.statements
    ]
    told += [
        t("{name} has left this position: {words}", name=one.organisation, words=one.words)
        for one in after.dissociations
    ]
    if after.outcomes:
        told.append(t("What came of it: {outcome}", outcome=after.outcomes[0].words))
    return told


def _changes(after: Aftermath) -> list[datetime]:
    """Return when something was said of a decision."""
    dissents = (*after.statements, *after.dissociations)
    changed = [one.at for one in dissents] + [one.at for one in after.outcomes]
    return [*changed, after.superseded_by.at] if after.superseded_by else changed
