"""Every screen for every role that may open it, each in the states that have something to see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, exists, select

from coalition import wiring
from coalition.domain.deliberation.judging import Outcome
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.lessons import State
from coalition.domain.ground.permissions import GRANTS, AccountId, Role
from coalition.services.people import invitations, sessions
from coalition.store.deliberation import rounds
from coalition.store.schema import (
    ballot,
    comment,
    consensus_round,
    dissent,
    inquiry,
    lesson,
    meeting,
    proposal,
    round_roll,
    seat,
    suggestion,
)
from coalition.ui.deliberation.proposal_views import HISTORY, OBJECTIONS, VIEWS
from coalition.ui.insight import views as board
from coalition.ui.screens import BY_KEY, SCREENS, Screen
from tests import deliberating
from tests.browser.site import Site

Query = Mapping[str, str | int]
Roles = tuple[Role | None, ...]
EVERYBODY: Roles = (None, *Role)
PLAIN = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One screen as one role sees it.

    Args:
        state: Which of the states of this screen; "" where it is opened without a query.
    """

    role: Role | None
    screen: Screen
    state: str = PLAIN

    @property
    def name(self) -> str:
        """Return what the test calls it."""
        who = self.role.value if self.role else "stranger"
        return "-".join(part for part in (who, self.screen.key, self.state) if part)

    def query(self, site: Site) -> Query:
        """Return what stands in the address."""
        return {} if self.state == PLAIN else STATES[self.screen.key][self.state][1](site)


def visits() -> list[Visit]:
    """Return all of them, role by role, and of the doors that stay shut one of each kind.

    Within a role the states of one screen stand apart, so that one can walk from each visit to
    the next.
    """
    shut = {None: Visit(None, BY_KEY["today"]), Role.MEMBER: Visit(Role.MEMBER, BY_KEY["desk"])}
    return [
        visit
        for role in EVERYBODY
        for visit in (*_open_to(role), *([shut[role]] if role in shut else []))
    ]


def _open_to(role: Role | None) -> list[Visit]:
    numbered = [
        (number, Visit(role, screen, state))
        for screen in SCREENS
        if _may_open(role, screen) and not (role and screen.key == "sign_in")
        for number, (state, (roles, _)) in enumerate(
            STATES.get(screen.key, {PLAIN: (EVERYBODY, None)}).items()
        )
        if role in roles
    ]
    return [visit for _, visit in sorted(numbered, key=lambda one: one[0])]


def first_delegate(site: Site) -> int:
    """Return the organisation of the first delegate."""
    held = select(seat.c.organisation_id).where(seat.c.account_id == site.person(Role.MEMBER))
    return _one(site, held)


def open_round(site: Site, *, answered: bool = False) -> int:
    """Return an open round that asks the first delegate's organisation."""
    ours, now = first_delegate(site), datetime.now(UTC)
    told = exists().where(
        ballot.c.round_id == consensus_round.c.id, ballot.c.organisation_id == ours
    )
    asked = (
        select(consensus_round.c.id)
        .join(round_roll, round_roll.c.round_id == consensus_round.c.id)
        .where(
            round_roll.c.organisation_id == ours,
            consensus_round.c.kind == "binding",
            consensus_round.c.opens_at <= now,
            consensus_round.c.closes_at > now,
            ~consensus_round.c.stopped,
            told if answered else ~told,
        )
    )
    return _one(site, asked.order_by(consensus_round.c.closes_at.desc()))


def unanswered_elsewhere(site: Site) -> tuple[int, int, int]:
    """Return another delegate, their organisation and an open round that still asks them.

    For tests that record a stance: what the first delegate has before them stays as it is.
    """
    now, ours = datetime.now(UTC), seat.c.organisation_id
    answered = exists().where(
        ballot.c.round_id == consensus_round.c.id, ballot.c.organisation_id == ours
    )
    waiting = (
        select(seat.c.account_id, ours, consensus_round.c.id)
        .join(round_roll, round_roll.c.organisation_id == ours)
        .join(consensus_round, consensus_round.c.id == round_roll.c.round_id)
        .where(
            ours != first_delegate(site),
            seat.c.to_at.is_(None),
            seat.c.rank == 0,
            consensus_round.c.kind == "binding",
            consensus_round.c.opens_at <= now,
            consensus_round.c.closes_at > now,
            ~answered,
        )
    )
    with site.db.reading() as conn:
        return tuple(conn.execute(waiting.limit(1)).one())


def _carried(site: Site) -> Query:
    """Return a round whose text has changed since the first delegate's organisation answered."""
    asked = (
        select(consensus_round.c.id)
        .join(ballot, ballot.c.round_id == consensus_round.c.id)
        .where(
            ballot.c.organisation_id == first_delegate(site),
            ballot.c.version_id < consensus_round.c.substantive_version_id,
            consensus_round.c.closes_at > datetime.now(UTC),
        )
    )
    return {"id": _one(site, asked)}


def _filled(view: str) -> Callable[[Site], Query]:
    """Return a view of the proposal with the most to see: its text changed, it is objected to."""
    return lambda site: {"id": _proposal_of(site, int(_carried(site)["id"])), "view": view}


def _stopped(site: Site) -> Query:
    """Return a last call whose clock an objection has stopped; raise one where none has."""
    last_call = consensus_round.c.preset == "last_call"
    round_id = _one(site, select(consensus_round.c.id).where(last_call))
    with site.db.reading() as conn:
        this = rounds.get(conn, RoundId(round_id))
    if not this.stopped:
        delegate = sessions.arrive(
            site.db, secret=site.secret(Role.MEMBER), now=wiring.clock()
        ).actor
        deliberating.an_objection(
            site.db, wiring.clock, delegate, this.proposal_id, deliberating.MUST
        )
    return {"id": this.proposal_id}


def _dissented(site: Site) -> Query:
    """Return a published decision with dissent beside it."""
    beside = select(dissent.c.round_id).join(
        consensus_round, consensus_round.c.id == dissent.c.round_id
    )
    return {"id": _one(site, beside.where(consensus_round.c.published_at.is_not(None)))}


def _closed_round(site: Site) -> int:
    now = datetime.now(UTC)
    ended = consensus_round.c.closes_at < now
    return _one(site, select(consensus_round.c.id).where(ended).order_by(consensus_round.c.id))


def _adopted(site: Site) -> int:
    with site.db.reading() as conn:
        found = rounds.published(conn, limit=1, outcome=Outcome.ADOPTED)
    return found[0].id


def _proposal_of(site: Site, round_id: int) -> int:
    found = select(consensus_round.c.proposal_id).where(consensus_round.c.id == round_id)
    return _one(site, found)


def _lesson(state: State) -> Callable[[Site], Query]:
    return lambda site: {"id": _one(site, select(lesson.c.id).where(lesson.c.state == state))}


def _draft(site: Site) -> int:
    return _one(site, select(proposal.c.id).where(proposal.c.stage == "draft"))


def _submitted(site: Site) -> int:
    waiting = (proposal.c.stage == "submitted", proposal.c.latest_round_id.is_(None))
    return _one(site, select(proposal.c.id).where(*waiting))


def _thread(site: Site) -> Query:
    begun = comment.c.root_id.is_(None) & (comment.c.quote != "")
    number = _one(site, select(comment.c.id).where(begun))
    subject = _one(site, select(comment.c.proposal_id).where(comment.c.id == number))
    return {"id": subject, "view": "discussion", "thread": number}


def _invitation(site: Site) -> str:
    db = site.db
    administrator = sessions.arrive(db, secret=site.secret(Role.ADMINISTRATOR), now=wiring.clock())
    invited = invitations.renew_link(
        db,
        wiring.clock,
        actor=administrator.actor,
        account_id=AccountId(site.person(Role.OBSERVER)),
    )
    return invited.secret


def _one(site: Site, asked: Select) -> int:
    with site.db.reading() as conn:
        found = conn.scalar(asked.limit(1))
    assert found is not None, f"the demonstration has nothing for: {asked}"
    return found


def _meeting(site: Site, *, public: bool = False) -> int:
    return _one(site, select(meeting.c.id).where(meeting.c.public.is_(public)))


def _may_open(role: Role | None, screen: Screen) -> bool:
    return screen.permission is None or (role is not None and screen.permission in GRANTS[role])


def _view(view: str) -> tuple[Roles, Callable[[Site], Query]]:
    return (Role.MEMBER,), lambda site: {"id": _proposal_of(site, open_round(site)), "view": view}


# What each screen with an address of its own is opened with: for whom, and with which query.
def _board(view: str) -> Callable[[Site], Query]:
    return lambda _: {"view": view}


STATES: Mapping[str, Mapping[str, tuple[Roles, Callable[[Site], Query]]]] = {
    "proposal": {
        "open": (EVERYBODY, lambda site: {"id": _proposal_of(site, open_round(site))}),
        "decided": (EVERYBODY, lambda site: {"id": _proposal_of(site, _closed_round(site))}),
        **{view: _view(view) for view in VIEWS},
        **{
            f"{view}-filled": ((Role.MEMBER, Role.CONVENER), _filled(view))
            for view in (OBJECTIONS, HISTORY)
        },
        "suggestions": (
            (Role.MEMBER, Role.OBSERVER, Role.CONVENER),
            lambda site: {"id": _one(site, select(suggestion.c.proposal_id)), "view": "text"},
        ),
        "thread": ((Role.MEMBER, Role.CONVENER, Role.ADMINISTRATOR), _thread),
        "missing": ((Role.MEMBER,), lambda _: {"id": 999_999}),
    },
    "stance": {
        "unanswered": (EVERYBODY, lambda site: {"id": open_round(site)}),
        "answered": (EVERYBODY, lambda site: {"id": open_round(site, answered=True)}),
        "carried": ((Role.MEMBER,), _carried),
        "closed": (EVERYBODY, lambda site: {"id": _closed_round(site)}),
    },
    "round": {
        "list": (EVERYBODY, lambda _: {}),
        "plan": (EVERYBODY, lambda site: {"id": _submitted(site)}),
        "running": (EVERYBODY, lambda site: {"id": _proposal_of(site, open_round(site))}),
        "stopped": ((Role.CONVENER,), _stopped),
        "closed": (EVERYBODY, lambda site: {"id": _proposal_of(site, _closed_round(site))}),
    },
    "board": {
        **{view: (EVERYBODY, _board(view)) for view in board.BY_KEY},
        "closed": (EVERYBODY, lambda _: {"stage": "closed"}),
    },
    "positions": {
        "list": (EVERYBODY, lambda _: {}),
        "one": (EVERYBODY, lambda site: {"id": _adopted(site)}),
        "dissent": ((None,), _dissented),
        "missing": ((None,), lambda _: {"id": 999_999}),
    },
    "lessons": {
        "list": (EVERYBODY, lambda _: {}),
        "one": (EVERYBODY, _lesson(State.PUBLIC)),
        "draft": ((Role.MEMBER, Role.CONVENER), _lesson(State.DRAFT)),
    },
    "calendar": {
        "list": (EVERYBODY, lambda _: {}),
        "one": ((Role.MEMBER, Role.CONVENER), lambda site: {"id": _meeting(site)}),
        "public": ((None,), lambda site: {"id": _meeting(site, public=True)}),
        "missing": ((None,), lambda site: {"id": _meeting(site)}),
    },
    "draft": {
        "new": (EVERYBODY, lambda _: {}),
        "edit": ((Role.CONVENER,), lambda site: {"id": _draft(site)}),
    },
    "inquiries": {
        "queue": (EVERYBODY, lambda _: {}),
        "one": (EVERYBODY, lambda site: {"id": _one(site, select(inquiry.c.id))}),
    },
    "invitation": {
        "void": (EVERYBODY, lambda _: {}),
        "link": ((None,), lambda site: {"invitation": _invitation(site)}),
    },
}
