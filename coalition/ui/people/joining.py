"""The form by which a stranger writes to the table, and the thanks for it."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.ground import text
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.accounts import EMAIL
from coalition.domain.people.inquiries import ANSWER_DAYS, FormFaulty, InquiryForm, Topic
from coalition.domain.people.promises import Measured
from coalition.services.people.asking import Sent
from coalition.ui import address, forms, safe, screens
from coalition.ui.entry import Visit
from coalition.words import codes, mark, moments, people, t
from coalition.words import joining as words
from coalition.words.refusals import refusal

FORM = "join"
AGAIN = "join-again"  # key of a button
WIDTH = 760  # pixels at most: a line one can still read
LABELS = {
    "topic": mark("Topic"),
    "name": mark("Your name"),
    "email": mark("Your e-mail address"),
    "organisation": mark("Your organisation"),
    "role": mark("Your role there"),
    "message": mark("Your message"),
    "consent": mark("Consent"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as drawn in this run.

    Args:
        form: What was filled in, or None while nothing was sent.
        summary: Where faults are told together, above the form.
        places: Under each field, where its own fault is told.
    """

    form: InquiryForm | None
    summary: DeltaGenerator
    places: dict[str, DeltaGenerator]

    def tell(self, faulty: FormFaulty) -> None:
        """Tell every fault twice: together above the form, and at its field."""
        told = [f"- {t(LABELS[field])}" for field in faulty.faults]
        self.summary.error("\n".join([refusal(faulty), "", *told]))
        for field, fault in faulty.faults.items():
            fault.facts["field"] = t(LABELS[field])
            self.places[field].error(safe.md(refusal(fault)))


def before(measured: Measured | None) -> None:
    """Say, before anybody writes, what this is not, what is kept, and what happens next.

    Args:
        measured: How the promise of an answer was kept, or None where too few were answered.
    """
    st.info(
        t(
            "We cannot help with a person's own care. In an emergency call 911; in a "
            "mental-health crisis call or text 988."
        ),
        icon=":material/emergency:",
    )
    st.caption(
        t(
            "988 also answers in Spanish: press 2, or text AYUDA to 988. For care, food or a "
            "place to stay near you, call 211."
        )
    )
    st.markdown(
        t(
            "A convener answers within {days} working days. You get a code with which you can "
            "look up how it stands.",
            days=ANSWER_DAYS,
        )
    )
    st.caption(words.promise(measured))
    st.page_link(
        screens.page("privacy"),
        label=t("What we keep of you, why and how long"),
        query_params=address.query(),
    )


def draw() -> Asked:
    """Draw the empty form; what was filled in stays until it is sent."""
    summary = st.container()
    places: dict[str, DeltaGenerator] = {}
    with forms.form(FORM, enter_to_submit=False):
        topic = st.selectbox(
            _required("topic"),
            list(Topic),
            index=None,
            format_func=people.topic,
            placeholder=t("Choose one"),
        )
        places["topic"] = st.empty()
        given = {name: _field(name, places) for name in ("name", "email", "organisation", "role")}
        given["message"] = st.text_area(_required("message"), max_chars=text.PARAGRAPH, height=200)
        places["message"] = st.empty()
        pillars = st.multiselect(
            t("Which pillars is it about? (may be left out)"),
            list(Pillar),
            format_func=codes.pillar,
            placeholder=t("Choose any"),
        )
        with st.container(key="nobody"):  # no person sees it; look.css hides it
            trap = st.text_input(t("Leave this empty"), autocomplete="off", max_chars=200)
        consent = st.checkbox(
            t("Required: you may keep what I write here to answer me."), value=False
        )
        places["consent"] = st.empty()
        sent = st.form_submit_button(t("Send inquiry"), type="primary", key=forms.button_key(FORM))
    form = InquiryForm(topic, pillars=tuple(pillars), consent=consent, trap=trap, **given)
    return Asked(form if sent else None, summary, places)


def thanks(sent: Sent, here: Visit) -> bool:
    """Show the code, what happens next and by when; return whether another is to be sent."""
    when = moments.when_both(sent.due_at, here.table.zone, here.zone)
    st.success(t("Your inquiry is with us. Please keep this code."))
    st.code(sent.receipt, language=None)
    st.markdown(
        t("What happens next: a convener reads it and answers by **{when}**.", when=safe.md(when))
    )
    st.markdown(
        t(
            "The answer waits under My inquiry: give this code and your e-mail address. "
            "We send no e-mail yet."
        )
    )
    st.page_link(screens.page("inquiry"), label=t("My inquiry"), query_params=address.query())
    return st.button(t("Send another inquiry"), key=AGAIN)


def _required(field: str) -> str:
    return t("{label} (required)", label=t(LABELS[field]))


def _field(name: str, places: dict[str, DeltaGenerator]) -> str:
    fills = {
        "name": "name",
        "email": "email",
        "organisation": "organization",
        "role": "organization-title",
    }
    optional = t("{label} (may be left out)", label=t(LABELS[name]))
    given = st.text_input(
        optional if name == "role" else _required(name),
        autocomplete=fills[name],
        max_chars=EMAIL if name == "email" else text.LINE,
    )
    places[name] = st.empty()
    return given
