"""Run a round: prepare and open one, look after it while it runs, publish its result."""

import streamlit as st

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Permission
from coalition.services.deliberation import agendas, proposals
from coalition.ui import address, entry, feedback, forms, screens
from coalition.ui.deliberation import round_lists, round_screen
from coalition.ui.effect import decision_views
from coalition.words import t

here = entry.require(Permission.RUN_ROUND)
st.title(t("Run a round"))
number = address.item()
if number is None:
    round_lists.agenda(agendas.agenda(here.db, actor=here.actor, now=here.now), here)
    entry.end()
try:
    detail = proposals.detail(
        here.db, actor=here.actor, now=here.now, proposal_id=ProposalId(number)
    )
except CoalitionError as refusal:
    feedback.tell(refusal)
    st.page_link(screens.page("round"), label=t("All rounds"), query_params=address.query())
    entry.end()

said = st.container()
place = forms.place(*round_screen.buttons(detail))
with place.box:
    deed = round_screen.draw(detail, here)
if deed is not None:
    with said, feedback.told(**round_screen.labels()):
        deed.do()
        round_screen.renew(detail)
        st.success(deed.done)
        round_screen.onward(detail)
        place.clear()
elif detail.round:
    decision_views.carried(detail.round, here)
st.page_link(screens.page("round"), label=t("All rounds"), query_params=address.query())
