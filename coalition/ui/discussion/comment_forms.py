"""The forms of the discussion: begin a thread, reply, say it better, take it back, remove."""

from collections.abc import Iterable, Mapping

import streamlit as st

from coalition.domain.deliberation.proposals import ProposalId, Stage
from coalition.domain.discussion.comments import Audience, CommentId
from coalition.domain.discussion.mentions import AT_MOST, Mentions, Present
from coalition.domain.ground import text
from coalition.domain.ground.permissions import AccountId, OrganisationId, Permission, may
from coalition.services.deliberation.proposals import Detail
from coalition.services.discussion import comments, moderation
from coalition.services.discussion.comments import CommentForm
from coalition.services.discussion.threads import Said
from coalition.ui import forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import comments as words
from coalition.words import mark, t

LABELS = {
    "body": mark("Your words"),
    "quote": mark("The passage it is about"),
    "mentions": mark("Mention"),
    "reason": mark("Reason, which everybody reads"),
}
PERSON, ORGANISATION = "person", "organisation"


def thread_name(number: ProposalId) -> str:
    """Return what the form is called that begins a thread on a proposal."""
    return f"thread-of-{number}"


def reply_name(root_id: CommentId) -> str:
    """Return what the form is called that replies in a thread."""
    return f"reply-to-{root_id}"


def deed_names(said: Said) -> list[str]:
    """Return what the forms are called that change a comment, take it back or remove it."""
    return [f"{deed}-{said.comment.id}" for deed in ("edit", "take-back", "remove")]


def begin(detail: Detail, there: Present, here: Entry) -> bool:
    """Draw the form that begins a thread; return whether one was begun."""
    number = detail.proposal.id
    name = thread_name(number)
    with st.expander(t("Start a thread"), icon=":material/add_comment:"):
        audience = _audience(name, detail, here)
        said = st.container()
        with forms.form(name, border=False, enter_to_submit=False):
            body = _body()
            quote = _quote() if detail.versions else ""
            called = _call(forms.opened_on(name, there).of(audience))
            sent = st.form_submit_button(t("Start the thread"), key=forms.button_key(name))
    version = detail.versions[-1].id if detail.versions else None

    def write(token: str) -> None:
        form = CommentForm(
            number,
            body,
            token,
            audience=audience,
            version_id=version,
            quote=quote,
            mentions=called,
        )
        comments.write_comment(here.db, here.clock, actor=here.actor, form=form)

    return sent and done(name, write, said=said, **_labels())


def reply(root: Said, there: Present, here: Entry) -> bool:
    """Draw the form that replies in a thread; return whether a reply was given."""
    this = root.comment
    name = reply_name(this.id)
    said = st.container()
    with forms.form(name, enter_to_submit=False):
        body = _body()
        called = _call(forms.opened_on(name, there).of(this.audience))
        sent = st.form_submit_button(t("Reply"), key=forms.button_key(name))

    def write(token: str) -> None:
        number = ProposalId(this.proposal_id)
        form = CommentForm(number, body, token, root_id=this.id, mentions=called)
        comments.write_comment(here.db, here.clock, actor=here.actor, form=form)

    return sent and done(name, write, said=said, **_labels())


def edit(said: Said, there: Present, here: Entry) -> bool:
    """Draw the form for an own comment in other words; return whether it was changed."""
    this = said.comment
    name = f"edit-{this.id}"
    told = st.container()
    with forms.form(name, enter_to_submit=False):
        body = _body(this.body)
        called = _call(forms.opened_on(name, there).of(this.audience), said)
        sent = st.form_submit_button(t("Save"), key=forms.button_key(name))

    def save(_token: str) -> None:
        comments.edit_comment(
            here.db,
            here.clock,
            actor=here.actor,
            comment_id=this.id,
            body=body,
            mentions=called,
        )

    return sent and done(name, save, said=told, **_labels())


def take_back(said: Said, here: Entry) -> bool:
    """Draw the form that takes an own comment back; return whether it was."""
    name = f"take-back-{said.comment.id}"
    with (
        st.expander(t("Take it back")),
        forms.form(name, border=False, enter_to_submit=False),
    ):
        st.markdown(t("Its words are erased. Its place in the thread and the replies stay."))
        sure = st.checkbox(t("Yes, erase these words"))
        pressed = st.form_submit_button(t("Take it back"), key=forms.button_key(name))
        told = st.container()
        if pressed and not sure:
            st.warning(t("Please tick the box first. Nothing was changed."))

    def take(_token: str) -> None:
        comments.take_back_comment(
            here.db, here.clock, actor=here.actor, comment_id=said.comment.id
        )

    return pressed and sure and done(name, take, said=told)


def remove(said: Said, here: Entry) -> bool:
    """Draw the form by which a convener removes a comment; return whether it was."""
    name = f"remove-{said.comment.id}"
    told = st.container()
    with forms.form(name, enter_to_submit=False):
        reason = st.text_input(
            t("Reason, which everybody reads in its place (required)"), max_chars=text.LINE
        )
        pressed = st.form_submit_button(t("Remove"), key=forms.button_key(name))

    def take_away(_token: str) -> None:
        moderation.remove_comment(
            here.db, here.clock, actor=here.actor, comment_id=said.comment.id, reason=reason
        )

    return pressed and done(name, take_away, said=told, **_labels())


def _labels() -> dict[str, str]:
    return {name: t(label) for name, label in LABELS.items()}


def _audience(name: str, detail: Detail, here: Entry) -> Audience:
    """Let a convener choose who may read the thread; a draft has notes of conveners only."""
    if not may(here.actor, Permission.MODERATE_COMMENT):
        return Audience.TABLE
    if detail.stage is Stage.DRAFT:
        st.caption(t("Only conveners read what is said about a draft."))
        return Audience.CONVENERS
    chosen = st.segmented_control(
        t("Who may read it"),
        [one.value for one in Audience],
        default=Audience.TABLE.value,
        required=True,
        format_func=words.audience,
        key=f"audience-{forms.token(name)}",
    )
    return Audience(chosen)


def _body(before: str = "") -> str:
    return st.text_area(
        t("Your words (required)"), value=before, max_chars=text.PARAGRAPH, height=110
    )


def _quote() -> str:
    return st.text_area(
        t("The passage it is about, copied from the text (empty: the whole proposal)"),
        max_chars=text.PARAGRAPH,
        height=80,
    )


def _call(there: Present, said: Said | None = None) -> Mentions:
    """Draw the choice of those to call on, and return who was chosen.

    Whom a comment calls already can stay, whether they still take part or not.

    Args:
        there: Who took part when the form was opened: whoever leaves meanwhile is refused in
            words, where a field would drop them in silence.
    """
    called = _called(said) if said else {}
    options = safe.apart({**_there(there), **called})
    chosen = st.multiselect(
        t("Mention (they are told)"),
        list(options),
        default=list(called),
        format_func=lambda one: options[one],
        max_selections=AT_MOST,
        placeholder=t("People and organisations"),
    )
    return Mentions(
        frozenset(AccountId(one) for one in _numbers(PERSON, chosen)),
        frozenset(OrganisationId(one) for one in _numbers(ORGANISATION, chosen)),
    )


def _there(there: Present) -> Mapping[str, str]:
    organisations = {f"{ORGANISATION}:{one}": name for one, name in there.organisations}
    people = {
        f"{PERSON}:{one.id}": " · ".join(filter(None, (one.name, one.organisation)))
        for one in there.people
    }
    return {key: safe.label(name) for key, name in (organisations | people).items()}


def _called(said: Said) -> Mapping[str, str]:
    return {
        f"{PERSON}:{one.account_id}" if one.account_id else f"{ORGANISATION}:{one.organisation_id}":
        safe.label(one.name)
        for one in said.called
        if one.name
    }  # fmt: skip


def _numbers(kind: str, chosen: Iterable[str]) -> Iterable[int]:
    told = (one.partition(":") for one in chosen)
    return (int(number) for its, _, number in told if its == kind)
