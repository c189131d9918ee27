"""Who may do what: one table, read by services and by windows alike."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from coalition.domain.ground.errors import NotPermitted

AccountId = NewType("AccountId", int)
OrganisationId = NewType("OrganisationId", int)


class Role(StrEnum):
    """What an account is at the table; only a member with a seat votes."""

    MEMBER = "member"
    OBSERVER = "observer"
    CONVENER = "convener"
    ADMINISTRATOR = "administrator"


class Capacity(StrEnum):
    """In what capacity a person acts for an organisation's seat."""

    PRIMARY = "primary"
    ALTERNATE = "alternate"
    RECORDED = "recorded"  # by a convener, for an organisation that said it elsewhere


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """The seat a person may act for now."""

    organisation_id: OrganisationId
    organisation: str
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Actor:
    """The person acting, as the database knows them at this moment.

    Args:
        seat: The current seat, or None; a role alone never votes.
        language: Code of the language the account has chosen, or "".
        zone: IANA name of the reader's time zone, or "" for the table's.
    """

    account_id: AccountId
    name: str
    email: str
    role: Role
    seat: SeatHeld | None = None
    language: str = ""
    zone: str = ""

    @property
    def label(self) -> str:
        """How the audit trail names the person: by number, never by name."""
        return f"account:{self.account_id}"


class Permission(StrEnum):
    """One thing that may be done or read; ``noun.verb``."""

    READ_TABLE = "table.read"
    OWN_ACCOUNT = "account.own"
    DRAFT_PROPOSAL = "proposal.draft"
    STEER_PROPOSAL = "proposal.steer"
    SUGGEST_CHANGE = "suggestion.make"
    COMMENT = "comment.write"
    MODERATE_COMMENT = "comment.moderate"
    CAST_BALLOT = "ballot.cast"
    RECORD_BALLOT = "ballot.record"
    RUN_ROUND = "round.run"
    READ_BOARD = "board.read"
    CALL_MEETING = "meeting.call"
    WORK_INQUIRY = "inquiry.work"
    INVITE_ACCOUNT = "account.invite"
    MANAGE_ACCOUNT = "account.manage"
    MANAGE_SEAT = "seat.manage"
    EDIT_ORGANISATION = "organisation.edit"
    MANAGE_RULE = "rule.manage"
    READ_AUDIT = "audit.read"


_READER = frozenset({Permission.READ_TABLE, Permission.OWN_ACCOUNT})
_OBSERVER = _READER | {Permission.SUGGEST_CHANGE, Permission.COMMENT}
_MEMBER = _OBSERVER | {Permission.DRAFT_PROPOSAL, Permission.CAST_BALLOT}
_CONVENER = _OBSERVER | {
    Permission.RECORD_BALLOT,
    Permission.MODERATE_COMMENT,
    Permission.DRAFT_PROPOSAL,
    Permission.STEER_PROPOSAL,
    Permission.RUN_ROUND,
    Permission.READ_BOARD,
    Permission.CALL_MEETING,
    Permission.WORK_INQUIRY,
    Permission.INVITE_ACCOUNT,
    Permission.MANAGE_SEAT,
    Permission.EDIT_ORGANISATION,
}
_ADMINISTRATOR = _READER | {
    Permission.INVITE_ACCOUNT,
    Permission.MANAGE_ACCOUNT,
    Permission.MANAGE_SEAT,
    Permission.EDIT_ORGANISATION,
    Permission.MANAGE_RULE,
    Permission.READ_AUDIT,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OBSERVER: _OBSERVER,
    Role.MEMBER: _MEMBER,
    Role.CONVENER: _CONVENER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


class PermissionMissing(NotPermitted):
    """The role of this person does not include what they asked for."""

    code = "permission.missing"


class SignInNeeded(NotPermitted):
    """Nobody is signed in, or the session has ended."""

    code = "permission.sign_in"


def may(actor: Actor | None, permission: Permission) -> bool:
    """Say whether ``actor`` holds ``permission``; nobody holds none."""
    return actor is not None and permission in GRANTS[actor.role]


def require(actor: Actor | None, permission: Permission) -> Actor:
    """Return the person, or stop unless they hold ``permission``.

    Raises:
        SignInNeeded: nobody is signed in.
        PermissionMissing: it is not among the grants of the person's role.
    """
    if actor is None:
        raise SignInNeeded
    if not may(actor, permission):
        raise PermissionMissing(permission=permission.value, role=actor.role.value)
    return actor
