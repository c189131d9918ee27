"""Proposals: find one, see how it stands and whether it waits for us."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.deliberation import answers, proposals
from coalition.services.deliberation.proposals import PAGE, Listing
from coalition.ui import entry
from coalition.ui.deliberation import proposal_list
from coalition.ui.downloads import csv_button
from coalition.words import t

here = entry.require(Permission.READ_TABLE)
st.title(t("Proposals"))
wanted = proposal_list.filters(has_seat=here.actor.seat is not None)


def page(number: int) -> Listing:
    """Return one page of what was asked for."""
    return proposals.list_proposals(
        here.db,
        actor=here.actor,
        now=here.now,
        words=wanted.words,
        pillar=wanted.pillar,
        stage=wanted.stage,
        waiting=wanted.waiting,
        page=number,
    )


listing = page(1)
if not listing.items:
    proposal_list.nothing(wanted)
    entry.end()

st.caption(proposal_list.found(listing.total))
shelf = st.container()
pages = -(-listing.total // PAGE)
number = st.pagination(pages, key=f"page-{wanted.key}") if pages > 1 else 1
if number > 1:
    listing = page(number)
ours = answers.ours(
    here.db, actor=here.actor, rounds=[item.round.id for item in listing.items if item.round]
)
with shelf:
    proposal_list.rows(listing.items, ours, here)
csv_button(proposal_list.frame(listing.items, ours), "proposals", key="proposals-csv")
