"""Forgetting a person: their words and contact data go, what was decided stays."""

from dataclasses import dataclass, replace
from datetime import datetime

from coalition.domain.ground.errors import NotFound
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Role
from coalition.domain.people.accounts import AccountNotFound, LastAdministrator
from coalition.domain.people.inquiries import InquiryId, receipt_key
from coalition.services.people.patience import attempt_keys
from coalition.store.database import Connection, Database
from coalition.store.deliberation import (
    ballots,
    clearances,
    disclosures,
    objections,
    recordings,
    versions,
)
from coalition.store.discussion import comments, suggestions
from coalition.store.effect import dissents, lessons
from coalition.store.ground import attempts, audit
from coalition.store.people import accounts, inquiries, interests
from coalition.store.table import erasing as store

ACCOUNT = "account:"
DIGITS = 9  # of an account's number; more would not fit the column


class NobodyToForget(NotFound):
    """Neither an account nor an inquiry goes by that name."""

    code = "forget.unknown"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased.

    Args:
        ballots: Whose words were erased; the stances stay.
        seats: Holdings that ended.
        inquiries: Erased as well, being of the same person.
        suggestions: Whose words or answers were erased.
        interests: Declared or disclosed by them, whose words were erased.
        comments: Whose words were erased; their places in the threads stay.
        dissents: Taken back or replaced, whose words were erased; what an organisation
            lets stand on the public record is its own, and stays.
        objections: Whose words were erased; what became of them stays.
        lessons: Drafts and those taken back, whose words were erased; a public one is the
            coalition's word, and stays.
    """

    account_id: AccountId | None
    ballots: int = 0
    seats: int = 0
    notes: int = 0
    interests: int = 0
    inquiries: int = 0
    suggestions: int = 0
    comments: int = 0
    dissents: int = 0
    objections: int = 0
    lessons: int = 0


def forget(db: Database, clock: Clock, *, who: str) -> Forgotten:
    """Erase a person's words and contact data, in one transaction.

    The chain, every ballot and every verdict stay valid: they hold salted hashes,
    and the salts go with the words. Audited as ``account.erased`` and
    ``inquiry.erased`` by ``operator``.

    Args:
        who: An e-mail address (the account and the inquiries sent from it),
            ``account:7``, or the receipt of an inquiry.

    Raises:
        NobodyToForget: nobody goes by that.
        LastAdministrator: the table would be left without one.
    """
    with db.writing() as conn:
        now = clock()
        account_id, sent = _find(conn, who.strip())
        if account_id is None and not sent:
            raise NobodyToForget
        done = _account(conn, account_id, now) if account_id is not None else Forgotten(None)
        for one in sent:
            _inquiry(conn, one, now)
    db.scrub()
    return replace(done, inquiries=len(sent))


def _find(conn: Connection, who: str) -> tuple[AccountId | None, tuple[InquiryId, ...]]:
    if who.startswith(ACCOUNT):
        digits = who.removeprefix(ACCOUNT)
        plain = digits.isascii() and digits.isdigit() and len(digits) <= DIGITS
        return (AccountId(int(digits)) if plain else None), ()
    if "@" in who:
        return accounts.find_id(conn, who), store.inquiries_from(conn, who)
    found = inquiries.find_by_receipt(conn, receipt_key(who))
    return None, (found.id,) if found and found.erased_at is None else ()


def _account(conn: Connection, account_id: AccountId, now: datetime) -> Forgotten:
    try:
        this = accounts.get(conn, account_id)
    except AccountNotFound:
        raise NobodyToForget from None
    is_administrator = this.role is Role.ADMINISTRATOR and this.active
    if is_administrator and accounts.count_administrators(conn) == 1:
        raise LastAdministrator
    done = Forgotten(
        account_id,
        ballots=ballots.erase_words_of(conn, account_id, at=now),
        seats=store.end_seats(conn, account_id, at=now),
        notes=store.blank_notes(conn, account_id),
        interests=interests.erase_words_of(conn, account_id)
        + disclosures.erase_words_of(conn, account_id),
        suggestions=suggestions.erase_words_of(conn, account_id, at=now),
        comments=comments.erase_words_of(conn, account_id, at=now),
        dissents=dissents.erase_withdrawn_of(conn, account_id),
        objections=objections.erase_words_of(conn, account_id, at=now),
        lessons=lessons.erase_words_of(conn, account_id, at=now),
    )
    versions.erase_reasons_of(conn, account_id)
    evidence = recordings.erase_of(conn, account_id, this.name, at=now)
    clearances.erase_notes_of(conn, account_id)
    store.drop_access(conn, account_id)
    attempts.clear_under(conn, attempt_keys(this.email, "")[0])
    store.blank_account(conn, account_id, at=now)
    detail = {"ballots": done.ballots, "seats": done.seats, "notes": done.notes}
    detail |= {"evidence": evidence}
    detail |= {"suggestions": done.suggestions, "comments": done.comments}
    detail |= {"interests": done.interests}
    detail |= {"dissents": done.dissents, "objections": done.objections}
    detail |= {"lessons": done.lessons}
    subject = f"{ACCOUNT}{account_id}"
    audit.append(conn, "operator", "account.erased", subject, at=now, detail=detail)
    return done


def _inquiry(conn: Connection, inquiry_id: InquiryId, now: datetime) -> None:
    inquiries.erase(conn, inquiry_id, now)
    audit.append(conn, "operator", "inquiry.erased", f"inquiry:{inquiry_id}", at=now)
