"""Reply templates as conveners keep them, and the choice of one for an answer."""

from collections.abc import Sequence

import streamlit as st

from coalition.domain.ground import text
from coalition.domain.people.inquiries import Inquiry
from coalition.domain.people.templates import Template
from coalition.services.people import templates
from coalition.ui import forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import mark, t

BUTTONS = "send-template-"  # how the keys of all buttons begin
LABELS = {"name": mark("Name"), "body": mark("Text")}


def choose(kept: Sequence[Template], this: Inquiry, key: str) -> str:
    """Draw the choice of a template; return the reply to this sender, or ""."""
    if not kept:
        return ""
    by_id = {template.id: template for template in kept}
    names = safe.apart({template.id: safe.label(template.name) for template in kept})
    chosen = st.selectbox(
        t("Begin the answer from a template (may be left out)"),
        list(by_id),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("Choose one"),
        key=key,
        help=t("It takes the place of what stands in the answer below."),
    )
    if chosen is None:
        return ""
    return by_id[chosen].filled(name=this.name, organisation=this.organisation)


def deeds(kept: Sequence[Template], here: Entry) -> bool:
    """Draw the templates, each to be changed or dropped, and a form for a new one."""
    turn = str(hash(tuple(kept)))
    st.caption(
        t(
            "Write {name} and {organisation} in braces where the sender's own shall stand.",
            name="{name}",
            organisation="{organisation}",
        )
    )
    changed = [_one(template, here, turn) for template in kept]
    return _saving(Template("", ""), here, f"template-new-{turn}") or any(changed)


def _one(template: Template, here: Entry, turn: str) -> bool:
    with st.expander(safe.label(template.name)):
        saved = _saving(template, here, f"template-{template.id}-{turn}")
        return _dropping(template, here, f"template-drop-{template.id}-{turn}") or saved


def _saving(template: Template, here: Entry, name: str) -> bool:
    labels = {field: t(label) for field, label in LABELS.items()}
    said = st.container()
    with forms.form(name, enter_to_submit=False):
        called = st.text_input(
            t("{label} (required)", label=labels["name"]),
            template.name,
            max_chars=text.LINE,
            autocomplete="off",
        )
        body = st.text_area(
            t("{label} (required)", label=labels["body"]), template.body, max_chars=text.PARAGRAPH
        )
        sent = st.form_submit_button(
            t("Save") if template.id else t("Keep this template"), key=forms.button_key(name)
        )

    def save(token: str) -> None:
        form = Template(called, body, template.id)
        templates.save_template(here.db, here.clock, actor=here.actor, template=form, token=token)

    return sent and done(name, save, said=said, **labels)


def _dropping(template: Template, here: Entry, name: str) -> bool:
    said = st.container()

    def drop(token: str) -> None:
        if template.id:
            templates.drop_template(
                here.db, here.clock, actor=here.actor, template_id=template.id, token=token
            )

    pressed = st.button(t("Drop this template"), key=forms.button_key(name))
    return pressed and done(name, drop, said=said)
