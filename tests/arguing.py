"""One of everything that is said about a text and after a decision, for tests of every deed."""

from datetime import timedelta

from coalition.domain.deliberation.objections import Pointed, Severity
from coalition.domain.deliberation.versions import Mark
from coalition.domain.discussion.comments import Reaction
from coalition.services.deliberation import objections, proposals, responses, versions
from coalition.services.deliberation.ballots import Confirmation
from coalition.services.deliberation.objections import ObjectionForm
from coalition.services.deliberation.versions import Revision
from coalition.services.discussion.comments import NOBODY, CommentForm
from coalition.services.effect.dissents import DissentForm
from coalition.services.effect.outcomes import OutcomeForm
from coalition.services.effect.supersessions import SupersessionForm
from tests import builders, deciding, learning


def every_deed(db, clock, convener, delegates):
    """Return how each deed succeeds, by the name the table of roles has."""
    author, other, *_ = delegates
    return (
        _on_versions(db, clock, convener, delegates)
        | _on_objections(db, clock, convener, author)
        | _on_comments(db, clock, convener, author, other)
        | _on_decisions(db, clock, convener, delegates)
        | _on_lessons(db, clock, convener, author)
    )


def revision(db, clock, convener, proposal_id, body, mark):
    """Return what a convener sends to change the body of the newest text."""
    found = proposals.detail(db, actor=convener, now=clock(), proposal_id=proposal_id)
    base = found.versions[-1]
    return Revision(base.id, base.title, base.ask, body, "A note", mark)


def _on_versions(db, clock, convener, delegates):
    this = builders.a_round(db, clock, convener)
    cast = builders.a_ballot(db, clock, delegates[0], this, "support")
    subject = this.proposal_id
    for number, mark in enumerate((Mark.SUBSTANTIVE, Mark.EDITORIAL)):
        sent = revision(db, clock, convener, subject, f"Text {number}.", mark)
        made = versions.revise(
            db, clock, actor=convener, proposal_id=subject, revision=sent, token=f"made {number}"
        )
    return {
        "deliberation.versions.revise": {
            "actor": convener,
            "proposal_id": subject,
            "revision": revision(db, clock, convener, subject, "Text 3.", Mark.EDITORIAL),
            "token": "t",
        },
        "deliberation.versions.contest": {
            "actor": delegates[1],
            "version_id": made.id,
            "reason": "A note",
        },
        "deliberation.ballots.confirm_ballot": {
            "actor": delegates[0],
            "form": Confirmation(this.id, made.id, cast.id, "Yes", "t"),
        },
    }


def _on_objections(db, clock, convener, author):
    subject = builders.a_proposal(db, clock, convener)
    found = proposals.detail(db, actor=convener, now=clock(), proposal_id=subject)
    form = ObjectionForm(
        subject, found.versions[-1].id, Severity.SHOULD, Pointed(), "A note", "A note", "raised"
    )
    raised = objections.raise_objection(db, clock, actor=author, form=form)
    responses.answer_objection(
        db, clock, actor=convener, objection_id=raised, response="A note", token="answered"
    )
    one = {"objection_id": raised}
    again = ObjectionForm(subject, form.version_id, Severity.COMMENT, Pointed(), "A note", "", "t")
    other = builders.a_person(db, role=builders.Role.CONVENER)
    return {
        "deliberation.objections.raise_objection": {"actor": author, "form": again},
        "deliberation.objections.resolve_objection": {
            "actor": author, "met": False, "remark": "A note", "token": "t", **one,
        },
        "deliberation.objections.reopen_objection": {"actor": author, "remark": "A note", **one},
        "deliberation.objections.name_objector": {"actor": author, "named": True, **one},
        "deliberation.responses.answer_objection": {
            "actor": convener, "response": "A note", "token": "t", **one,
        },
        "deliberation.responses.own_objection": {"actor": other, **one},
    }  # fmt: skip


def _on_comments(db, clock, convener, author, other):
    subject = builders.a_proposal(db, clock, convener)
    said = builders.a_comment(db, clock, author, subject, "A note")
    one = {"comment_id": said}
    return {
        "discussion.comments.write_comment": {
            "actor": author, "form": CommentForm(subject, "A note", "t"),
        },
        "discussion.comments.edit_comment": {
            "actor": author, "body": "Another word", "mentions": NOBODY, **one,
        },
        "discussion.comments.take_back_comment": {"actor": author, **one},
        "discussion.comments.react": {
            "actor": other, "reaction": Reaction.AGREE, "on": True, **one,
        },
        "discussion.moderation.remove_comment": {"actor": convener, "reason": "A note", **one},
    }  # fmt: skip


def _on_decisions(db, clock, convener, delegates):
    table = (convener, delegates)
    older = deciding.a_decision(db, clock, "support", "support", "abstain", table=table).round
    clock.move(minutes=1)
    newer = deciding.a_decision(db, clock, "support", "support", "abstain", table=table).round
    author = delegates[2]
    deciding.a_dissent(db, clock, delegates[0], older)
    kind = deciding.STATEMENT
    on = (clock() + timedelta(days=30)).date()
    return {
        "effect.dissents.attach": {
            "actor": author, "form": DissentForm(older.id, kind, "A note", None, "t"),
        },
        "effect.dissents.take_back": {
            "actor": delegates[0], "round_id": older.id, "kind": kind, "token": "t",
        },
        "effect.outcomes.state_outcome": {
            "actor": convener, "form": OutcomeForm(older.id, "A note", on, "t"),
        },
        "effect.supersessions.supersede": {
            "actor": convener, "form": SupersessionForm(older.id, newer.id, "A note", "t"),
        },
    }  # fmt: skip


def _on_lessons(db, clock, convener, author):
    draft = learning.a_lesson(db, clock, author, tried="A note")
    shown = learning.a_public_lesson(db, clock, convener)
    words = learning.WORDS
    return {
        "effect.lessons.write_lesson": {"actor": author, "words": words, "token": "t"},
        "effect.lessons.change_lesson": {
            "actor": author, "lesson_id": draft, "words": words, "seen": 0, "token": "t",
        },
        "effect.lessons.publish_lesson": {"actor": convener, "lesson_id": draft, "seen": 0},
        "effect.lessons.withdraw_lesson": {
            "actor": convener, "lesson_id": shown, "reason": "A note",
        },
    }  # fmt: skip
