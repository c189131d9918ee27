"""Texts that move on and objections to them, for tests, each made in one line."""

from dataclasses import replace
from itertools import count

from coalition.domain.deliberation.objections import Pointed, Severity
from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.versions import Mark, Revision
from coalition.services.deliberation import ballots, objections, responses, versions
from coalition.services.deliberation.ballots import Confirmation
from coalition.services.deliberation.objections import ObjectionForm
from coalition.store.deliberation import ballots as ballots_store
from coalition.store.deliberation import objections as objections_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.deliberation import tallies as tallies_store
from coalition.store.deliberation import verdicts as verdicts_store
from coalition.store.deliberation import versions as versions_store
from tests import builders

EDITORIAL, SUBSTANTIVE = Mark.EDITORIAL, Mark.SUBSTANTIVE
MUST, SHOULD, COMMENT = Severity.MUST, Severity.SHOULD, Severity.COMMENT
LAST_CALL = Rule.from_json({"review": {"max_outstanding": 2}, "window_hours": 240})
_number = count(1)


def texts(db, this):
    """Return every text of a round's proposal, oldest first."""
    with db.reading() as conn:
        return versions_store.versions(conn, this.proposal_id)


def a_revision(db, this, mark=SUBSTANTIVE, **changes):
    """Return what a champion sends to change the newest text of a round's proposal."""
    last = texts(db, this)[-1]
    form = Revision(
        last.id, last.title, last.ask, f"{last.body} More {next(_number)}.", "More", mark
    )
    return replace(form, **changes)


def revised(db, clock, person, this, mark=SUBSTANTIVE, *, token=None, **changes):
    """Change the text of a round's proposal and return the version made."""
    return versions.revise(
        db,
        clock,
        actor=person,
        proposal_id=this.proposal_id,
        revision=a_revision(db, this, mark, **changes),
        token=token or f"revision {next(_number)}",
    )


def contested(db, clock, delegate, version, *, reason="It changes who must pay."):
    """Contest the editorial mark of a version."""
    versions.contest(db, clock, actor=delegate, version_id=version.id, reason=reason)


def now_of(db, this):
    """Return a round as it stands in the database now."""
    with db.reading() as conn:
        return rounds_store.get(conn, this.id)


def standing(db, this, delegate):
    """Return the latest entry of a delegate's organisation in a round, or None."""
    with db.reading() as conn:
        return ballots_store.standing(conn, this.id, delegate.seat.organisation_id)


def a_confirmation(db, this, delegate, *, token=None, **changes):
    """Return what a delegate sends to confirm the ballot that stands."""
    stood = standing(db, this, delegate)
    form = Confirmation(
        round_id=this.id,
        version_id=now_of(db, this).version_id,
        replaces=stood.id if stood else None,
        authority="Our board",
        token=token or f"confirmation {next(_number)}",
    )
    return replace(form, **changes)


def confirmed(db, clock, delegate, this, **changes):
    """Confirm the ballot that stands and return the new one."""
    form = a_confirmation(db, this, delegate, **changes)
    return ballots.confirm_ballot(db, clock, actor=delegate, form=form)


def voted(db, clock, delegate, this, stance, **form):
    """Cast a ballot on the text in force, in place of whatever stands."""
    stood = standing(db, this, delegate)
    form = {"replaces": stood.id if stood else None} | form
    return builders.a_ballot(db, clock, delegate, now_of(db, this), stance, **form)


def withdrawn(db, clock, delegate, this):
    """Withdraw the ballot that stands."""
    token = f"withdrawal {next(_number)}"
    return ballots.withdraw_ballot(db, clock, actor=delegate, round_id=this.id, token=token)


def count_of(db, this):
    """Return the standing ballots of a round, told apart."""
    now = now_of(db, this)
    with db.reading() as conn:
        return tallies_store.counts(conn, [now])[now.id]


def tally_of(db, this):
    """Return what reaches the engine of a round."""
    now = now_of(db, this)
    with db.reading() as conn:
        return tallies_store.tallies(conn, [now])[now.id]


def verdict_of(db, this):
    """Return the frozen verdict of a round with its tally, or None."""
    with db.reading() as conn:
        return verdicts_store.verdicts(conn, [this.id]).get(this.id)


def an_objection(db, clock, delegate, proposal_id, severity=SHOULD, *, token=None, **form):
    """Raise an objection beside any ballot and return its number."""
    with db.reading() as conn:
        version = versions_store.latest_version(conn, proposal_id)
    reason, remedy = form.pop("reason", "It shuts out small groups."), form.pop("remedy", "")
    version_id = form.pop("version_id", version.id if version else 0)
    sent = ObjectionForm(
        proposal_id=proposal_id,
        version_id=version_id,
        severity=severity,
        pointed=Pointed(**form),
        reason=reason,
        remedy=remedy,
        token=token or f"objection {next(_number)}",
    )
    return objections.raise_objection(db, clock, actor=delegate, form=sent)


def resolved(db, clock, delegate, objection_id, *, met=False, remark="", token=None):
    """Take an objection back, or say that the newest version meets it."""
    objections.resolve_objection(
        db,
        clock,
        actor=delegate,
        objection_id=objection_id,
        met=met,
        remark=remark,
        token=token or f"resolution {next(_number)}",
    )


def answered(db, clock, person, objection_id, *, response="We will say so.", token=None):
    """Answer an objection."""
    responses.answer_objection(
        db,
        clock,
        actor=person,
        objection_id=objection_id,
        response=response,
        token=token or f"answer {next(_number)}",
    )


def all_objections(db, this):
    """Return every objection to a round's proposal, oldest first, whoever may read it."""
    with db.reading() as conn:
        return objections_store.of_proposal(conn, this.proposal_id)


def steps_of(db, objection_id):
    """Return the states an objection came to, oldest first."""
    with db.reading() as conn:
        return objections_store.steps(conn, [objection_id])[objection_id]
