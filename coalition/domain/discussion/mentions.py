"""A mention: whom a comment calls, so that they are told."""

from dataclasses import dataclass

from coalition.domain.discussion.comments import Audience
from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.permissions import AccountId, OrganisationId, Role

AT_MOST = 10  # called by one comment


class MentionGone(Invalid):
    """Somebody called does not take part now, so nobody would be told."""

    code = "mention.gone"


class MentionCannotRead(Invalid):
    """A note for conveners calls somebody who may not read it."""

    code = "mention.cannot_read"


class TooManyMentions(Invalid):
    """A comment calls more than it may."""

    code = "mention.too_many"


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a comment calls, by number."""

    people: frozenset[AccountId] = frozenset()
    organisations: frozenset[OrganisationId] = frozenset()

    def without(self, others: "Mentions") -> "Mentions":
        """Return those that ``others`` does not call."""
        return Mentions(self.people - others.people, self.organisations - others.organisations)

    def __len__(self) -> int:
        """Return how many are called."""
        return len(self.people) + len(self.organisations)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be called.

    Args:
        organisation: Whose seat they hold now, or "".
    """

    id: AccountId
    name: str
    role: Role
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """Who takes part now and can be called."""

    people: tuple[Person, ...] = ()
    organisations: tuple[tuple[OrganisationId, str], ...] = ()

    def of(self, audience: Audience) -> "Present":
        """Return those of them who may read what is written for ``audience``."""
        if audience is Audience.TABLE:
            return self
        return Present(tuple(one for one in self.people if one.role is Role.CONVENER))


def require_callable(called: Mentions, there: Present, audience: Audience) -> None:
    """Stop unless everybody newly called takes part and may read the comment.

    Raises:
        MentionGone: somebody does not take part now.
        MentionCannotRead: somebody may not read what conveners note.
    """
    if not _among(called, there):
        raise MentionGone(field="mentions")
    if not _among(called, there.of(audience)):
        raise MentionCannotRead(field="mentions")


def require_few(called: Mentions) -> None:
    """Stop if a comment calls too many.

    Raises:
        TooManyMentions: more than ``AT_MOST``.
    """
    if len(called) > AT_MOST:
        raise TooManyMentions(field="mentions", limit=AT_MOST)


def _among(called: Mentions, there: Present) -> bool:
    people = {one.id for one in there.people}
    organisations = {number for number, _ in there.organisations}
    return called.people <= people and called.organisations <= organisations
