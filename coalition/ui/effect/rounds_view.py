"""The rounds of a proposal, one at a time: who stands where, with what followed the decision."""

from collections.abc import Sequence

import streamlit as st

from coalition.services.deliberation import standings
from coalition.services.deliberation.chronicle import Chronicle, chronicle
from coalition.services.deliberation.proposals import Detail
from coalition.services.deliberation.standings import Participant, Standing
from coalition.ui import address, parts
from coalition.ui.deliberation import round_views, sequels
from coalition.ui.effect import decision_views
from coalition.ui.entry import Entry
from coalition.words import t


def stances(detail: Detail, latest: Standing | None, here: Entry) -> None:
    """Draw who stands where in the round picked, and what was said of it since."""
    if latest is None:
        _none_yet()
        return
    stand, told = _picked(detail, latest, here)
    roll = standings.participation(here.db, actor=here.actor, now=here.now, round_id=stand.round.id)
    if one := _asked(roll):
        round_views.alone(one, told, here)
        return
    place = st.container()
    after = decision_views.draw(stand, here)
    with place:
        round_views.stances(stand, roll, told, here, since=decision_views.since(after, here))


def _asked(roll: Sequence[Participant]) -> Participant | None:
    """Return the organisation that the address asks for, where it is on the roll."""
    address.followed("organisation")  # the way back to all leads to this same page
    asked = address.number("organisation")
    found = next((one for one in roll if one.organisation_id == asked), None)
    address.keep("organisation", str(found.organisation_id) if found else None)
    return found


def _none_yet() -> None:
    parts.empty(
        t("No round yet"),
        t("Members take their stances once a convener opens a round."),
    )


def _picked(detail: Detail, latest: Standing, here: Entry) -> tuple[Standing, Chronicle]:
    chosen = round_views.pick(detail.rounds, here.table.zone)
    sequels.follows(detail.rounds, here, chosen=chosen)
    stand = latest
    if chosen.id != stand.round.id:
        stand = standings.standing(here.db, actor=here.actor, now=here.now, round_id=chosen.id)
    return stand, chronicle(here.db, actor=here.actor, now=here.now, round_id=chosen.id)
