"""What can be done about objections: raise one, answer one, resolve one's own."""

from textwrap import shorten

import streamlit as st

from coalition.domain.deliberation.objections import Severity, State
from coalition.domain.deliberation.proposals import Stage, may_edit
from coalition.domain.deliberation.rounds import RoundKind
from coalition.domain.ground.permissions import Permission, may
from coalition.services.deliberation import objections, responses
from coalition.services.deliberation.ledger import Raised
from coalition.services.deliberation.objections import ObjectionForm
from coalition.services.deliberation.proposals import Detail
from coalition.ui import address, feedback, forms, safe, screens
from coalition.ui.deliberation import pointed_form
from coalition.ui.entry import Entry
from coalition.words import mark, t
from coalition.words import objections as words

ON_TABLE = {Stage.SUBMITTED, Stage.OPEN}
LABELS = {
    "severity": mark("How much hangs on it"),
    "reason": mark("What is wrong"),
    "remedy": mark("What would remove it"),
    "response": mark("Our answer"),
    "remark": mark("A word to the others"),
    "met": mark("How it is resolved"),
}
TAKE_BACK, MET, REOPEN = "withdraw", "met", "reopen"
ENDS = {
    TAKE_BACK: mark("We take it back"),
    MET: mark("The newest version meets it"),
    REOPEN: mark("The answer does not remove it"),
}


def draw(detail: Detail, found: tuple[Raised, ...], here: Entry) -> bool:
    """Draw the forms for what this person may do now; return whether something was done."""
    done = False
    waiting = [one for one in found if one.objection.is_unresolved]
    own = here.actor.seat.organisation_id if here.actor.seat else None
    if ours := [one for one in waiting if one.objection.organisation_id == own]:
        done = _resolve(_pick(ours, "ours", t("Our objection")), detail, here)
    if waiting and may_edit(here.actor, detail.proposal):
        done |= _answer(_pick(waiting, "answer", t("Objection to answer")), here)
    if own is not None and may(here.actor, Permission.CAST_BALLOT) and detail.stage in ON_TABLE:
        done |= _raise(detail, here)
    return done


def _pick(those: list[Raised], name: str, label: str) -> Raised:
    st.header(label)
    by_id = {one.objection.id: one for one in those}
    if len(those) == 1:
        return those[0]
    called = safe.apart({key: _called(one) for key, one in by_id.items()})
    chosen = st.selectbox(
        label,
        list(by_id),
        format_func=called.__getitem__,
        label_visibility="collapsed",
        key=f"pick-{name}",
    )
    return by_id[chosen]


def _called(one: Raised) -> str:
    this = one.objection
    said = shorten(this.words.reason, 70, placeholder="…")
    return f"{words.severity(this.severity)} · {this.organisation} · {said}"


def _answer(one: Raised, here: Entry) -> bool:
    """Draw the form that answers, and the button that takes an objection on."""
    this, name = one.objection, f"answer-{one.objection.id}"
    st.markdown(f"**{safe.label(_called(one))}**")
    key, done = forms.token(name), False
    place = forms.place(f"answer-{key}")
    with place.box, forms.form(name, border=False, enter_to_submit=False):
        label = t(LABELS["response"])
        response = st.text_area(label, max_chars=2_000, height=110, key=f"response-{key}")
        with st.container(horizontal=True):
            answered = st.form_submit_button(t("Send the answer"), key=f"answer-{key}")
            owned = this.owner_id != here.actor.account_id and st.form_submit_button(
                t("I take this on"), key=f"own-{key}"
            )
    with feedback.told(**_labels()):
        if answered:
            responses.answer_objection(
                here.db,
                here.clock,
                actor=here.actor,
                objection_id=this.id,
                response=response or "",
                token=key,
            )
            forms.renew(name)
            told = t("Answered. The objection stands until whoever raised it resolves it.")
            place.clear().success(told)
            done = True
        elif owned:
            responses.own_objection(here.db, here.clock, actor=here.actor, objection_id=this.id)
            st.success(t("You answer for it now."))
            done = True
    return done


def _resolve(one: Raised, detail: Detail, here: Entry) -> bool:
    """Draw the form in which an organisation resolves its own objection."""
    this, name = one.objection, f"resolve-{one.objection.id}"
    st.markdown(f"**{safe.label(_called(one))}**")
    _naming(one, here)
    round_ = detail.round
    if this.ballot and round_ and round_.is_open(here.now) and this.round_id == round_.id:
        st.markdown(t("Your ballot objects. Change your stance, and this is resolved with it."))
        st.page_link(
            screens.page("stance"),
            label=t("Change our stance"),
            query_params=address.query(id=round_.id),
        )
        return False
    key, done = forms.token(name), False
    place = forms.place(f"resolve-{key}")
    with place.box, forms.form(name, border=False, enter_to_submit=False):
        end = st.radio(
            t(LABELS["met"]),
            _ends(one, detail),
            index=None,
            format_func=lambda one: t(ENDS[one]),
            key=f"end-{key}",
        )
        label = t(LABELS["remark"])
        remark = st.text_area(label, max_chars=2_000, height=80, key=f"remark-{key}") or ""
        pressed = st.form_submit_button(t("Send"), key=f"resolve-{key}")
    if pressed and end is None:
        st.warning(t("Please choose one. Nothing was changed."))
    elif pressed:
        with feedback.told(**_labels()):
            _end(one, str(end), remark, here, key)
            forms.renew(name)
            place.clear().success(t("Recorded."))
            done = True
    return done


def _ends(one: Raised, detail: Detail) -> list[str]:
    """Return how an objection can be resolved now, or raised again after its answer."""
    newer = detail.versions and detail.versions[-1].number > one.objection.version
    again = one.objection.state is State.ANSWERED
    return [TAKE_BACK, *([MET] if newer else []), *([REOPEN] if again else [])]


def _end(one: Raised, end: str, remark: str, here: Entry, token: str) -> None:
    objection_id = one.objection.id
    if end == REOPEN:
        objections.reopen_objection(
            here.db, here.clock, actor=here.actor, objection_id=objection_id, remark=remark
        )
        return
    objections.resolve_objection(
        here.db,
        here.clock,
        actor=here.actor,
        objection_id=objection_id,
        met=end == MET,
        remark=remark,
        token=token,
    )


def _naming(one: Raised, here: Entry) -> None:
    """Let an organisation say whether it may be named where its objection is published."""
    this = one.objection
    label = t("We may be named if the text is adopted over it and the objection published.")
    named = st.checkbox(label, this.named, key=f"named-{this.id}")
    if named != this.named:
        with feedback.told():
            objections.name_objector(
                here.db, here.clock, actor=here.actor, objection_id=this.id, named=named
            )


def _raise(detail: Detail, here: Entry) -> bool:
    """Draw the form that raises an objection, folded: most come with a ballot."""
    done = False
    name, this = f"object-{detail.proposal.id}", detail.round
    decides = this is not None and this.is_open(here.now) and this.kind is RoundKind.BINDING
    is_ballot = decides and this is not None and not this.is_last_call
    with st.expander(t("Raise an objection")):
        if is_ballot and this:
            st.markdown(
                t("Must it change? Then record the stance “Object”: it opens the objection.")
            )
            st.page_link(screens.page("stance"), query_params=address.query(id=this.id))
        with forms.form(name, border=False, enter_to_submit=False):
            key = forms.token(name)
            offered = [one.value for one in Severity if not (is_ballot and one is Severity.MUST)]
            severity = st.radio(
                t(LABELS["severity"]),
                offered,
                index=None,
                format_func=words.severity,
                captions=[words.severity_meaning(one) for one in offered],
                key=f"severity-{key}",
            )
            label = t(LABELS["reason"])
            reason = st.text_area(label, max_chars=2_000, height=110, key=f"reason-{key}")
            remedy = st.text_area(
                t(LABELS["remedy"]), max_chars=2_000, height=80, key=f"remedy-{key}"
            )
            pointed = pointed_form.fields(key)
            pressed = st.form_submit_button(t("Raise it"), key=f"raise-{key}")
        if not pressed:
            return done
        form = ObjectionForm(
            detail.proposal.id,
            forms.opened_on(name, detail.versions[-1].id),
            Severity(severity) if severity else None,
            pointed,
            reason or "",
            remedy or "",
            key,
        )
        with feedback.told(**_labels()):
            objections.raise_objection(here.db, here.clock, actor=here.actor, form=form)
            forms.renew(name)
            st.success(t("The objection is raised. The champion sees it."))
            done = True
    return done


def _labels() -> dict[str, str]:
    return {name: t(label) for name, label in LABELS.items()} | pointed_form.labels()
