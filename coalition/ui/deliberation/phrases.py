"""Short phrases about proposals and rounds; words only, nothing is drawn here."""

from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal, ProposalText, Stage
from coalition.domain.deliberation.rounds import Round, RoundKind, Status
from coalition.domain.deliberation.stances import Stance
from coalition.ui import palette, safe
from coalition.ui.palette import BadgeColour
from coalition.words import codes, moments, t

STAGE_COLOURS: dict[Stage, BadgeColour] = {
    Stage.DRAFT: "gray",
    Stage.SUBMITTED: "violet",
    Stage.OPEN: "blue",
    Stage.DECIDED: "green",
    Stage.WITHDRAWN: "gray",
}


def stance(code: Stance | None) -> str:
    """Return a stance as glyph and word; None is not heard from."""
    known = code.value if code else palette.MISSING
    return f"{palette.GLYPHS[known]} {codes.stance(known)}"


def heading(this: Proposal) -> str:
    """Return reference and title as one harmless line."""
    return safe.label(f"{this.reference} · {this.text.title}")


def stage_badge(stage: Stage) -> str:
    """Return the stage as a badge inside Markdown."""
    return f":{STAGE_COLOURS[stage]}-badge[{codes.stage(stage)}]"


def pillars(text: ProposalText) -> str:
    """Return the main pillar, then the further ones."""
    return ", ".join(codes.pillar(one) for one in (text.pillar, *text.further_pillars))


def ask(text: ProposalText) -> str:
    """Return what is asked of whom as one harmless sentence; "" for an empty draft."""
    if not text.ask:
        return ""
    if not text.target:
        return t("**We ask:** {ask}", ask=safe.label(text.ask))
    return t("**We ask {target}:** {ask}", target=safe.label(text.target), ask=safe.label(text.ask))


def deadline(this: Round, now: datetime, zone: str, reader: str) -> str:
    """Return when a round opens, closes or closed, in the table's hour and the reader's."""
    status = this.status(now)
    if status is Status.SCHEDULED:
        return t("Opens {when}", when=moments.when_both(this.opens_at, zone, reader))
    closing = moments.when_both(this.closes_at, zone, reader)
    if status is Status.CANCELLED:
        return t("Cancelled {when}", when=closing)
    if status is Status.CLOSED:
        return t("Closed {when}", when=closing)
    return t("{left} · closes {when}", left=moments.left(this.closes_at, now), when=closing)


def short_deadline(this: Round, now: datetime, zone: str) -> str:
    """Return the deadline for a list: days left, or the day it closed."""
    status = this.status(now)
    if status is Status.OPEN:
        return moments.left(this.closes_at, now)
    if status is Status.SCHEDULED:
        return t("opens {day}", day=moments.day(this.opens_at, zone))
    if status is Status.CANCELLED:
        return t("cancelled {day}", day=moments.day(this.closes_at, zone))
    return t("closed {day}", day=moments.day(this.closes_at, zone))


def answering(this: Round) -> str:
    """Return what the button says with which an organisation answers."""
    if this.kind is RoundKind.SIGN_ON:
        return t("Sign for our organisation")
    return t("Record our stance")
