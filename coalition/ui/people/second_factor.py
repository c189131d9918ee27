"""The second factor in My account, and alone on the screen where the table asks for one."""

from collections.abc import Sequence

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition import wiring
from coalition.domain.ground.permissions import Actor
from coalition.domain.people.second_factors import Enrolment, Standing
from coalition.services.people import second_factors
from coalition.ui import address, feedback, forms, screens
from coalition.ui.entry import Visit
from coalition.words import moments, t, tn

BEGIN, KEPT = "second-factor-begin", "second-factor-kept"  # keys of buttons
CONFIRM, RENEW, END = "second-factor-confirm", "second-factor-renew", "second-factor-end"
_CODES = "second-factor-codes"  # shown until their owner says that they are kept


def screen(here: Visit) -> None:
    """Draw what comes before every page for those who must have a second factor."""
    if here.enrolling is None:
        return
    st.title(t("First, a second factor"))
    st.info(
        t(
            "The table asks conveners and administrators for a second factor. Everything else "
            "opens once yours is set up; it takes a minute."
        )
    )
    if section(here, here.enrolling):
        home = screens.page(screens.home(here.enrolling))
        st.page_link(home, label=t("Go on"), query_params=address.query())


def section(here: Visit, person: Actor) -> bool:
    """Draw how things are with a person's second factor; return whether they have one now."""
    how = second_factors.standing(here.db, actor=person)
    said = st.container()
    place = forms.place(BEGIN, CONFIRM, RENEW, END)
    with place.box:
        fresh = _off(here, person, said) if how.since is None else _on(here, person, how, said)
    if fresh is not None:
        place.clear()
        forms.hold(_CODES, tuple(fresh))
    _show_codes(said)
    return how.since is not None or bool(fresh)


def _off(here: Visit, person: Actor, said: DeltaGenerator) -> Sequence[str] | None:
    """Draw how to set one up; return the recovery codes of one just confirmed."""
    st.markdown(
        t(
            "Besides your password, a code from an app on your phone. Who learns your password "
            "still cannot sign in as you."
        )
    )
    begun = second_factors.pending(here.db, actor=person, key=wiring.key()) or _begun(
        here, person, said
    )
    return None if begun is None else _confirm(begun, here, person, said)


def _begun(here: Visit, person: Actor, said: DeltaGenerator) -> Enrolment | None:
    """Draw the button that begins; return what it began."""
    if not st.button(t("Set up a second factor"), key=BEGIN):
        return None
    made = []
    with said, feedback.told():
        deed = second_factors.begin_enrolment
        made.append(deed(here.db, here.clock, actor=person, key=wiring.key()))
    return made[0] if made else None


def _confirm(
    begun: Enrolment, here: Visit, person: Actor, said: DeltaGenerator
) -> Sequence[str] | None:
    _secret(begun)
    with forms.form("second-factor"):
        code = st.text_input(
            t("Code the app shows now"), autocomplete="one-time-code", max_chars=40
        )
        sent = st.form_submit_button(t("Turn it on"), type="primary", key=CONFIRM)
    if not sent:
        return None
    made: list[str] = []
    with said, feedback.told(code=t("Code")):
        made += second_factors.confirm_enrolment(
            here.db,
            here.clock,
            actor=person,
            key=wiring.key(),
            code=code,
            session_id=here.session_id,
        )
        st.success(t("Your second factor is on. All your other sessions have ended."))
    return made or None


def _secret(begun: Enrolment) -> None:
    """Show the secret as a picture, as text, and as a link for the device one is on."""
    st.markdown(t("Scan this with an authenticator app:"))
    picture = segno.make(begun.address).svg_inline(scale=5, border=4, light="#fff", dark="#000")
    st.image(picture, width=240, alt=t("QR code: the same as the text below"))
    st.markdown(t("Or type this into the app:"))
    st.code(begun.groups, language=None)
    st.link_button(t("Or open an app on this device"), begun.address)


def _on(here: Visit, person: Actor, how: Standing, said: DeltaGenerator) -> Sequence[str] | None:
    """Draw that it is on and what can be done; return new codes, or none where it has ended."""
    when = moments.when(how.since, here.zone) if how.since else ""
    st.markdown(t("On since {when}.", when=when))
    left = tn("{n} recovery code is left.", "{n} recovery codes are left.", how.codes_left)
    st.markdown(left)
    with st.expander(t("New recovery codes, or another phone")):
        st.markdown(t("For another phone, end the second factor here and set it up again."))
        if how.bound:
            st.markdown(t("The table asks you for one, so you do that at once."))
        with forms.form("second-factor-change"):
            password = st.text_input(
                t("Present password"),
                type="password",
                autocomplete="current-password",
                max_chars=1000,
            )
            code = st.text_input(
                t("Code, or a recovery code"), autocomplete="one-time-code", max_chars=40
            )
            renews = st.form_submit_button(t("Make new recovery codes"), key=RENEW)
            ends = st.form_submit_button(t("End the second factor"), key=END)
    labels = {"current": t("Present password"), "code": t("Code")}
    done: list[str] | None = None
    if renews:
        with said, feedback.told(**labels):
            done = list(
                second_factors.renew_codes(
                    here.db,
                    here.clock,
                    actor=person,
                    key=wiring.key(),
                    password=password,
                    code=code,
                )
            )
            st.success(t("These codes are new; the old ones open nothing any more."))
    elif ends:
        with said, feedback.told(**labels):
            second_factors.end_second_factor(
                here.db, here.clock, actor=person, key=wiring.key(), password=password, code=code
            )
            done = []
            st.success(t("Your second factor has ended."))
    return done


def _show_codes(said: DeltaGenerator) -> None:
    """Show recovery codes just made until their owner has kept them: nobody can read them later."""
    if forms.was_pressed(KEPT):
        forms.let_go(_CODES)
    codes = forms.held(_CODES)
    if not isinstance(codes, tuple) or not codes:
        return
    with said:
        st.warning(
            t(
                "Keep these recovery codes where you will find them without your phone. Each "
                "lets you in once. They are not shown again."
            )
        )
        st.code("\n".join(codes), language=None)
        st.button(t("I have kept them"), key=KEPT)
