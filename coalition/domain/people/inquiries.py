"""An inquiry: what a stranger asks of the table, and the promise of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from coalition.domain.ground import text
from coalition.domain.ground.attempts import Patience
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken
from coalition.domain.ground.moments import add_working_days, from_wall, zone
from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.accounts import address

InquiryId = NewType("InquiryId", int)

ANSWER_DAYS = 5  # working days until an answer is promised
ANSWER_HOUR = time(17, 0)  # on the clock of the table
PATIENCE = Patience(  # five inquiries from one source, then an hour without any
    free=5, first=timedelta(hours=1), longest=timedelta(hours=1), forget=timedelta(hours=1)
)
RECEIPT_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
RECEIPT_LENGTH = 8  # 40 bits: beyond guessing together with the e-mail address

_SHARED_DOMAINS = frozenset(  # where anybody has an address: the same domain says nothing
    {
        *("aol.com", "att.net", "bellsouth.net", "charter.net", "comcast.net", "cox.net"),
        *("duck.com", "earthlink.net", "fastmail.com", "gmail.com", "gmx.com", "gmx.net"),
        *("googlemail.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com"),
        *("me.com", "msn.com", "outlook.com", "pm.me", "proton.me", "protonmail.com"),
        *("sbcglobal.net", "verizon.net", "yahoo.com", "ymail.com", "zoho.com"),
    }
)


class Topic(StrEnum):
    """What an inquiry is about."""

    JOIN = "join"
    PROPOSAL = "proposal"
    PARTNERSHIP = "partnership"
    PRESS = "press"
    OTHER = "other"


class InquiryState(StrEnum):
    """How far the table has come with an inquiry."""

    NEW = "new"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


class NoteKind(StrEnum):
    """Notes stay inside; answers are what the applicant reads."""

    NOTE = "note"
    ANSWER = "answer"


# What a convener may set by hand; being assigned and answered follow from those deeds.
_MOVES = {
    InquiryState.NEW: {InquiryState.CLOSED},
    InquiryState.ASSIGNED: {InquiryState.NEW, InquiryState.CLOSED},
    InquiryState.ANSWERED: {InquiryState.CLOSED},
    InquiryState.CLOSED: {InquiryState.NEW, InquiryState.ASSIGNED},
}


class ChoiceMissing(Invalid):
    """Nothing was chosen from a list that has no default."""

    code = "inquiry.choice_missing"


class ConsentMissing(Invalid):
    """Without consent nothing of a person may be kept."""

    code = "inquiry.consent_missing"


class FormFaulty(Invalid):
    """One or more fields of the form cannot be taken; ``facts["faults"]`` has each."""

    code = "inquiry.faulty"

    def __init__(self, faults: Sequence[Invalid]) -> None:
        super().__init__(field=faults[0].facts["field"], n=len(faults), faults=tuple(faults))

    @property
    def faults(self) -> dict[str, Invalid]:
        """Return the fault of each field that has one, in the order of the form."""
        found = self.facts["faults"]
        return {str(f.facts["field"]): f for f in found} if isinstance(found, tuple) else {}


class InquiryUnknown(NotFound):
    """No inquiry has this code with this e-mail address; which of the two is not said."""

    code = "inquiry.unknown"


class InquiryNotFound(NotFound):
    """No inquiry has this number."""

    code = "inquiry.not_found"


class InquiryClosed(RuleBroken):
    """A closed inquiry takes nothing more until it is opened again."""

    code = "inquiry.closed"


class InquiryErased(RuleBroken):
    """The words and the address are erased; nobody is left to be answered."""

    code = "inquiry.erased"


class MoveNotOpen(Conflict):
    """The state asked for does not follow the present one, which may have just changed."""

    code = "inquiry.move"


@dataclass(frozen=True, slots=True)
class InquiryForm:
    """What a visitor fills in.

    Args:
        role: What the person does in their organisation; may be left out.
        trap: A field no person sees; only a program fills it.
    """

    topic: Topic | None
    name: str
    email: str
    organisation: str
    role: str
    message: str
    pillars: tuple[Pillar, ...]
    consent: bool
    trap: str = ""

    @property
    def is_trapped(self) -> bool:
        """Say whether a program filled the form."""
        return bool(self.trap)

    def checked(self) -> "InquiryForm":
        """Return the same form, every text trimmed and in one Unicode form.

        Every field is looked at before any is refused, so that a person is told
        of all faults at once.

        Raises:
            FormFaulty: with the fault of each field that has one.
        """
        faults: list[Invalid] = []
        clean: dict[str, str] = {}
        if self.topic is None:
            faults.append(ChoiceMissing(field="topic"))
        for field in ("name", "email", "organisation", "role", "message"):
            try:
                clean[field] = _clean(field, getattr(self, field))
            except Invalid as fault:
                faults.append(fault)
        if not self.consent:
            faults.append(ConsentMissing(field="consent"))
        if faults:
            raise FormFaulty(faults)
        return InquiryForm(
            topic=self.topic,
            pillars=tuple(pillar for pillar in Pillar if pillar in self.pillars),
            consent=True,
            trap=self.trap,
            **clean,
        )


@dataclass(frozen=True, slots=True)
class Note:
    """Something written at an inquiry.

    Args:
        by: Name of the convener who wrote it; "" once erased.
    """

    kind: NoteKind
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry as it stands; its personal fields are blank once erased."""

    id: InquiryId
    receipt: str
    topic: Topic
    pillars: tuple[Pillar, ...]
    state: InquiryState
    assigned_to: AccountId | None
    assignee: str
    name: str
    email: str
    organisation: str
    role: str
    message: str
    language: str
    created_at: datetime
    due_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    erased_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Say whether the promise is broken: unanswered, open, and past its hour."""
        is_waiting = self.answered_at is None and self.state is not InquiryState.CLOSED
        return is_waiting and now >= self.due_at

    def require_open(self) -> None:
        """Stop unless a note or an answer may still be written.

        Raises:
            InquiryErased, InquiryClosed.
        """
        if self.erased_at is not None:
            raise InquiryErased
        if self.state is InquiryState.CLOSED:
            raise InquiryClosed

    def require_move(self, state: InquiryState) -> None:
        """Stop unless a convener may set ``state`` by hand now.

        Raises:
            InquiryErased, MoveNotOpen.
        """
        if self.erased_at is not None:
            raise InquiryErased
        if state not in self.moves():
            raise MoveNotOpen(state=state.value, now=self.state.value)

    def moves(self) -> tuple[InquiryState, ...]:
        """Return the states that may be set by hand from the present one.

        A closed inquiry is opened again as assigned to whoever had it, else as new.
        """
        if self.erased_at is not None:
            return ()
        back = InquiryState.NEW if self.assigned_to is None else InquiryState.ASSIGNED
        if self.state is InquiryState.CLOSED:
            return (back,)
        return tuple(state for state in InquiryState if state in _MOVES[self.state])


def _clean(field: str, value: str) -> str:
    if field == "email":
        return address(value)
    if field == "message":
        return text.paragraphs(value, field)
    return text.line(value, field, required=field != "role")


def own_domain(email: str) -> str:
    """Return the domain of an address if it says whose it is, else "".

    Providers where anybody has an address say nothing.
    """
    domain = text.key(email.rpartition("@")[2])
    return "" if domain in _SHARED_DOMAINS else domain


def due_at(sent_at: datetime, zone_name: str) -> datetime:
    """Return when an answer is promised by: 17:00 at the table, five working days on.

    Source: ``product.md`` 6.3, J6: "within 5 working days".
    """
    day = sent_at.astimezone(zone(zone_name)).date()
    return from_wall(add_working_days(day, ANSWER_DAYS), ANSWER_HOUR, zone_name)


def receipt(letters: Sequence[str]) -> str:
    """Return a receipt of random letters as it is read out: ``7KQX-3MNP``."""
    half = RECEIPT_LENGTH // 2
    told = "".join(letters)
    return f"{told[:half]}-{told[half:RECEIPT_LENGTH]}"


def receipt_key(given: str) -> str:
    """Return a receipt as it is kept, whatever case, blanks and dashes a person typed."""
    letters = [letter for letter in given.upper()[:60] if letter in RECEIPT_LETTERS]
    return receipt(letters) if len(letters) == RECEIPT_LENGTH else ""
