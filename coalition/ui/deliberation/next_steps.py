"""The one next step of a proposal for the person who reads it; nothing is drawn here."""

from dataclasses import dataclass

from coalition.domain.deliberation.counts import Given
from coalition.domain.deliberation.proposals import Stage, may_edit
from coalition.domain.deliberation.rounds import Round, RoundKind, Status
from coalition.domain.ground.permissions import Actor, Permission, may
from coalition.services.deliberation.answers import Answer
from coalition.services.deliberation.proposals import Detail
from coalition.ui.deliberation import phrases
from coalition.words import codes, t


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: a sentence, and where a button leads, if the reader can act.

    Args:
        label: On the button; "" where there is nothing for this reader to do.
        screen: Key of the screen it leads to.
        item: The number after ``?id=``.
    """

    words: str
    label: str = ""
    screen: str = ""
    item: int = 0


def next_step(
    detail: Detail, actor: Actor, *, status: Status | None, answer: Answer | None
) -> Step:
    """Return the next step by the proposal's stage, its latest round and who asks.

    Args:
        status: Of the latest round at the moment asked about; None where there is no round.
        answer: How the reader's organisation stands to that round; None without a seat.
    """
    this = detail.round
    if detail.stage is Stage.DRAFT:
        return _draft(detail, actor)
    if detail.stage is Stage.WITHDRAWN:
        return Step(t("It was withdrawn. Nothing more happens with it."))
    if this is None or status in {None, Status.CANCELLED}:
        return _waiting(detail, actor)
    return _open(this, actor, answer) if status is Status.OPEN else _ended(this, actor, status)


def _draft(detail: Detail, actor: Actor) -> Step:
    words = t("It is a draft. Other members see it once it is submitted.")
    if not may_edit(actor, detail.proposal):
        return Step(words)
    return Step(words, t("Continue the draft"), "draft", detail.proposal.id)


def _waiting(detail: Detail, actor: Actor) -> Step:
    if may(actor, Permission.RUN_ROUND):
        words = t("It waits for you to open a round.")
        return Step(words, t("Open a round"), "round", detail.proposal.id)
    return Step(t("It waits for a convener to open a round."))


def _open(this: Round, actor: Actor, answer: Answer | None) -> Step:
    if may(actor, Permission.RUN_ROUND):
        words = t("Members are answering now.")
        return Step(words, t("Run this round"), "round", this.proposal_id)
    if answer is None:
        return Step(t("Members are answering now. You can read along; only a seat can answer."))
    if not answer.on_roll:
        return Step(t("Your organisation was not on the roll when this round opened."))
    if answer.given is None:
        words, label = t("It waits for your organisation."), phrases.answering(this)
    elif not answer.given.is_confirmed:
        words, label = _unconfirmed(answer.given), t("Confirm or change it")
    elif this.kind is RoundKind.SIGN_ON:
        words, label = t("Your organisation has signed."), t("Look at our signature")
    else:
        said = codes.stance(answer.given.stance)
        words = t("Your organisation said: {stance}.", stance=said)
        label = t("Look at our answer or change it")
    return Step(words, label, "stance", this.id)


def _unconfirmed(given: Given) -> str:
    said = codes.stance(given.stance)
    if given.recorded:
        return t("A convener recorded for your organisation: {stance}.", stance=said)
    return t(
        "Your organisation said: {stance}, given on version {n}. The text has changed since.",
        stance=said,
        n=given.version,
    )


def _ended(this: Round, actor: Actor, status: Status | None) -> Step:
    if status is Status.SCHEDULED:
        return Step(t("The round opens later. Until then you can read the text."))
    if this.published_at is not None:
        return Step(
            t("The round has closed and its result is public."),
            t("Open the public page"),
            "positions",
            this.id,
        )
    if may(actor, Permission.RUN_ROUND):
        words = t("The round has closed. The public does not see its result yet.")
        return Step(words, t("Look after this round"), "round", this.proposal_id)
    return Step(t("The round has closed. A convener says what follows."))
