"""Work on an application: where it stands, who moved it when, and the form that moves it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.ground import text
from coalition.domain.people.admissions import Decision
from coalition.domain.people.applications import BY_HAND, Past, Plan, Stage
from coalition.domain.people.inquiries import Inquiry
from coalition.services.people import applications
from coalition.services.people.applications import Way
from coalition.ui import forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people import admission_form, screening_work, stepper
from coalition.ui.people.doing import done
from coalition.words import joining, mark, moments, t

DEEDS = ("application", "screening", "accept", "decline")  # how the names of forms begin
LABELS = {
    "stage": mark("Stage"),
    "owner_id": mark("Who sees to it"),
    "next_step": mark("Next step, which the applicant reads"),
    "due_on": mark("By when"),
}


def draw(way: Way, here: Entry) -> None:
    """Draw the stepper, what happens next, and who moved it when."""
    st.header(t("On the way to a seat"))
    this = way.application
    st.markdown(stepper.line(way.stage, this.ending if this else None))
    if this is None:
        st.caption(t("This is an inquiry. It becomes an application when you begin one."))
        return
    if this.ending is None:
        late = f"**⚠ {t('Late')}** · " if this.is_late(way.today) else ""
        st.markdown(
            late
            + t(
                "Next: {step} · {owner} · by {day}",
                step=safe.label(this.step.next_step),
                owner=safe.label(this.owner),
                day=moments.date_only(this.step.due_on),
            )
        )
    for one in way.asked:
        st.markdown(screening_work.line(one))
    if way.decision:
        _decided(way.decision, here)
    with st.expander(t("Who moved it when")):
        for past in way.history:
            st.markdown("- " + _told(past, here))


def deeds(this: Inquiry, way: Way, here: Entry, turn: str, news: DeltaGenerator) -> bool:
    """Draw what can be done with the application; return whether something was done.

    Args:
        turn: What changes with every deed, for the names of the forms.
        news: Where links are shown that can be read this once.
    """
    application = way.application
    if application is not None and application.ending is not None:
        return False
    did = [_moving(this, way, here, f"application-{turn}")]
    if application is not None:
        did.append(screening_work.answering(this, way, here, f"screening-{turn}"))
        if application.step.stage is Stage.DECISION:
            did.append(admission_form.draw(this, way, here, turn, news))
    return any(did)


def _moving(this: Inquiry, way: Way, here: Entry, name: str) -> bool:
    """Draw the form that begins or moves the application; return whether it did."""
    application = way.application
    seen = application.moves if application else 0
    labels = {field: t(label) for field, label in LABELS.items()}
    said = st.container()
    with forms.form(name, enter_to_submit=False):
        plan = _fields(way, here, labels)
        button = t("Move it") if application else t("Begin the application")
        sent = st.form_submit_button(button, key=forms.button_key(name))

    def act(token: str) -> None:
        db, clock, actor = here.db, here.clock, here.actor
        if application is None:
            applications.begin(db, clock, actor=actor, inquiry_id=this.id, plan=plan, token=token)
        else:
            applications.move(
                db, clock, actor=actor, inquiry_id=this.id, plan=plan, seen=seen, token=token
            )

    return sent and done(name, act, said=said, **labels)


def _fields(way: Way, here: Entry, labels: dict[str, str]) -> Plan:
    """Draw the fields of a plan; the owner begins as whoever has it or fills it in."""
    owners = list(way.owners)
    names = safe.apart({number: safe.label(name) for number, name in way.owners.items()})
    mine = way.application.step.owner_id if way.application else here.actor.account_id
    stage = st.selectbox(
        t("{label} (required)", label=labels["stage"]),
        BY_HAND,
        index=None,
        format_func=joining.stage,
        placeholder=t("Choose one"),
    )
    owner = st.selectbox(
        t("{label} (required)", label=labels["owner_id"]),
        owners,
        index=owners.index(mine) if mine in owners else None,
        format_func=names.__getitem__,
        placeholder=t("Choose one"),
    )
    step = st.text_input(
        t("{label} (required)", label=labels["next_step"]), max_chars=text.LINE, autocomplete="off"
    )
    due = st.date_input(
        t("{label} (required)", label=labels["due_on"]),
        None,
        min_value=way.today,
        format="YYYY-MM-DD",
    )
    return Plan(stage, owner, step, due)


def _decided(decision: Decision, here: Entry) -> None:
    """Draw how it was decided, by whom and why, and from when they may ask again."""
    told = [
        t("Decided by {name}", name=safe.label(decision.by) or t("nobody by name")),
        safe.label(decision.organisation),
        t("in {where}", where=safe.label(decision.decided_in)) if decision.decided_in else "",
        moments.when_both(decision.at, here.table.zone, here.zone) if decision.at else "",
    ]
    st.markdown(" · ".join(word for word in told if word))
    st.markdown(safe.md(decision.reason) or t("erased"))
    if decision.reapply_on:
        st.markdown(t("May ask again from {day}.", day=moments.date_only(decision.reapply_on)))


def _told(past: Past, here: Entry) -> str:
    """Return one step of the history as a line."""
    if past.by_applicant:
        return t(
            "{when} · withdrawn by the applicant",
            when=moments.when_both(past.at, here.table.zone, here.zone),
        )
    return t(
        "{when} · {name} · {stage}: {step} · {owner} · by {day}",
        when=moments.when_both(past.at, here.table.zone, here.zone),
        name=safe.label(past.moved_by) or t("nobody by name"),
        stage=joining.stage(past.step.stage),
        step=safe.label(past.step.next_step) or t("erased"),
        owner=safe.label(past.owner),
        day=moments.date_only(past.step.due_on),
    )
