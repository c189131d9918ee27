"""The form in which an organisation takes a stance: choose, give reasons, check, confirm.

The words reach the server only with the button "Check before you confirm". What stands
under it afterwards is therefore exactly what was checked, and what will be recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from coalition.domain.deliberation.ballots import (
    REASON_REQUIRED,
    AuthorityMissing,
    ReasonMissing,
    StanceMissing,
    Words,
)
from coalition.domain.deliberation.disclosures import (
    DisclosureForm,
    DisclosureMissing,
    StatementMissing,
)
from coalition.domain.deliberation.objections import Pointed
from coalition.domain.deliberation.stances import Stance
from coalition.services.deliberation import disclosures
from coalition.ui import feedback, forms, safe
from coalition.ui.deliberation import interest_form, phrases, pointed_form
from coalition.words import codes, mark, t

AUTHORITY = mark("I may speak for {organisation} on this.")
LONGEST_NAME = 150  # characters of a name inside the statement, which is one line
LABELS = {
    "stance": mark("Our stance"),
    "reason": mark("Reason"),
    "remedy": mark("What would remove your objection"),
    "authority": mark("Authority"),
}
REASON_LABELS = {
    Stance.OBJECT: mark("Reason (needed for an objection)"),
    Stance.RECUSED: mark("Reason (needed when you recuse yourselves)"),
    Stance.SUPPORT_WITH_RESERVATIONS: mark("Our reservation (welcome, not needed)"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form is about.

    Args:
        name: Tells this form from every other.
        stances: Those on offer; a sign-on has one.
        organisation: In whose name.
        replaces: What is ticked to replace the answer that stands, harmless; "" where none does.
        interest: What is known of the organisation's interest; None where it is not asked.
        is_binding: Whether an objection is work on the text.
        is_second: Whether confirming what stands is offered first.
    """

    name: str
    stances: Sequence[Stance]
    organisation: str
    replaces: str = ""
    interest: disclosures.Asked | None = None
    is_binding: bool = False
    is_second: bool = False

    @property
    def is_signature(self) -> bool:
        """Whether there is nothing to choose: to sign or not to sign."""
        return len(self.stances) == 1


@dataclass(frozen=True, slots=True)
class Filled:
    """What the fields hold.

    Args:
        stance: None until one is chosen.
        may_replace: Whether the person said that the answer that stands may be replaced;
            True where none stands.
        pressed: Whether the button under the fields was pressed in this run.
        disclosure: What is said of an interest; None where nothing new is.
        undisclosed: Whether something must be.
        pointed: What an objection points at.
    """

    stance: Stance | None
    words: Words
    may_replace: bool
    pressed: bool = False
    disclosure: DisclosureForm | None = None
    undisclosed: bool = False
    pointed: Pointed = pointed_form.WHOLE_TEXT

    @property
    def is_complete(self) -> bool:
        """Whether it can be shown for confirmation; the service has the last word."""
        has_reason = self.stance not in REASON_REQUIRED or bool(self.words.reason.strip())
        is_said = has_reason and self.is_disclosed
        return bool(self.stance and is_said and self.words.authority and self.may_replace)

    @property
    def is_disclosed(self) -> bool:
        """Whether the question about an interest is answered, in words where it needs them."""
        if self.disclosure is None:
            return not self.undisclosed
        said = bool(self.disclosure.statement.strip())
        return said or self.disclosure.interest is not disclosures.Interest.TAKES_PART


def labels() -> dict[str, str]:
    """Return what the form calls each field, for refusals."""
    own = {name: t(label) for name, label in LABELS.items()}
    return own | interest_form.labels() | pointed_form.labels()


def fields(asked: Asked) -> Filled:
    """Draw the fields and return what they hold.

    Once all is there the button steps back behind the one that confirms.
    """
    key = forms.token(asked.name)
    answer = interest_form.choose(asked.interest, key)
    stance = asked.stances[0] if asked.is_signature else _stance(asked, answer, key)
    with forms.form(asked.name, border=False, enter_to_submit=False):
        statement = interest_form.statement(answer, asked.interest, key)
        reason = _recusal(asked, key) if answer.recuses else _reason(stance, key)
        objects = stance is Stance.OBJECT
        remedy = _remedy(key) if objects else ""
        pointed = (
            pointed_form.fields(key) if objects and asked.is_binding else pointed_form.WHOLE_TEXT
        )
        said = t(AUTHORITY, organisation=asked.organisation[:LONGEST_NAME])
        may_speak = st.checkbox(safe.label(said), key=f"authority-{key}")
        may_replace = _may_replace(asked, key)
        filled = Filled(stance, Words(reason, remedy, said if may_speak else ""), may_replace)
        pressed = st.form_submit_button(
            t("Check before you confirm"),
            type="secondary" if filled.is_complete or asked.is_second else "primary",
            key=f"check-{key}",
        )
    disclosure = interest_form.form(answer, statement)
    told = replace(filled, disclosure=disclosure, undisclosed=answer.needed)
    return replace(told, pressed=pressed, pointed=pointed)


def complain(filled: Filled) -> None:
    """Say in words, field by field, what is missing before it can be confirmed."""
    if not filled.is_disclosed:
        missing = StatementMissing if filled.disclosure else DisclosureMissing
        field = "statement" if filled.disclosure else "interest"
        feedback.tell(missing(field=field), **labels())
    if not filled.stance:
        feedback.tell(StanceMissing(field="stance"), **labels())
    elif filled.stance in REASON_REQUIRED and not filled.words.reason.strip():
        feedback.tell(ReasonMissing(field="reason"), **labels())
    if not filled.words.authority:
        feedback.tell(AuthorityMissing(field="authority"), **labels())
    if not filled.may_replace:
        st.warning(t("Please tick that the answer that stands may be replaced."))


def review(filled: Filled, asked: Asked, *, about: str, until: str) -> bool:
    """Show what would be recorded, and return whether it was confirmed.

    Args:
        about: The proposal and its text version, harmless.
        until: How long it can be changed, in words.
    """
    with st.container(border=True):
        st.subheader(t("Check, then confirm"))
        told = t("Sign") if asked.is_signature else phrases.stance(filled.stance)
        st.markdown(f"**{safe.label(asked.organisation)}: {told}**")
        st.markdown(about)
        _interest(filled.disclosure)
        words(filled.words)
        pointed_form.told(filled.pointed)
        st.caption(until)
        st.caption(t("Changed something above? Then check again before you confirm."))
        return st.button(
            t("Confirm and sign") if asked.is_signature else t("Confirm and record"),
            type="primary",
            key=f"confirm-{forms.token(asked.name)}",
        )


def words(given: Words) -> None:
    """Draw what was written with an answer."""
    if given.reason:
        st.markdown(t("**Reason:** {reason}", reason=safe.md(given.reason)))
    if given.remedy:
        remedy = safe.md(given.remedy)
        st.markdown(t("**What would remove the objection:** {remedy}", remedy=remedy))


def _interest(said: DisclosureForm | None) -> None:
    if said and said.interest:
        told = codes.interest(said.interest)
        st.markdown(t("**Interest:** {told}. {which}", told=told, which=safe.md(said.statement)))


def _stance(asked: Asked, answer: interest_form.Answer, key: str) -> Stance | None:
    """Ask for the stance; where interests are asked, that question alone recuses."""
    if answer.recuses:
        st.markdown(f"**{phrases.stance(Stance.RECUSED)}**")
        return Stance.RECUSED
    asks = asked.interest is not None
    offered = [one for one in asked.stances if not (asks and one is Stance.RECUSED)]
    code = st.radio(
        t(LABELS["stance"]),
        [stance.value for stance in offered],
        index=None,
        format_func=lambda one: phrases.stance(Stance(one)),
        captions=[codes.meaning(stance) for stance in offered],
        key=f"stance-{key}",
    )
    return Stance(code) if code else None


def _recusal(asked: Asked, key: str) -> str:
    label = t(REASON_LABELS[Stance.RECUSED])
    known = interest_form.known(asked.interest)
    return st.text_area(label, known, max_chars=2_000, height=110, key=f"recusal-{key}") or ""


def _reason(stance: Stance | None, key: str) -> str:
    plain = mark("Reason (welcome; needed if you object or recuse yourselves)")
    label = REASON_LABELS.get(stance, plain) if stance else plain
    return st.text_area(t(label), max_chars=2_000, height=110, key=f"reason-{key}") or ""


def _remedy(key: str) -> str:
    label = t("What would remove your objection? It helps the others to mend the text.")
    return st.text_area(label, max_chars=2_000, height=80, key=f"remedy-{key}") or ""


def _may_replace(asked: Asked, key: str) -> bool:
    if not asked.replaces:
        return True
    return st.checkbox(asked.replaces, key=f"replace-{key}")
