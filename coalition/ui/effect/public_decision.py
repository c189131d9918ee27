"""A decision as the public reads it, with everything that travels with it.

Whoever is signed in sees here what a stranger sees, and no more.
"""

from collections.abc import Sequence

from coalition.domain.deliberation.rounds import RoundId
from coalition.services.deliberation.positions import Position, Published
from coalition.services.effect import learned
from coalition.services.effect.aftermath import aftermath
from coalition.ui import parts
from coalition.ui.deliberation import position_cards, published_objections
from coalition.ui.effect import decision_cards, lesson_cards
from coalition.ui.effect.decision_cards import PUBLIC
from coalition.ui.entry import Visit


def notes(found: Sequence[Position], here: Visit) -> dict[RoundId, str]:
    """Return what has been said of each position since, in one line each."""
    rounds = [one.round for one in found]
    return decision_cards.notes(aftermath(here.db, actor=None, now=here.now, rounds=rounds))


def draw(found: Published, here: Visit) -> None:
    """Draw one position in full: how it was decided, who says what of it, the text."""
    one = found.position
    after = aftermath(here.db, actor=None, now=here.now, rounds=[one.round])[one.round.id]
    position_cards.head(one, here)
    with parts.reading():
        decision_cards.superseded(after, here, screen=PUBLIC)
    position_cards.asked(one)
    position_cards.decision(one, since=decision_cards.since(after))
    position_cards.supporters(one)
    published_objections.draw(one.round.id, here)
    with parts.reading():
        decision_cards.dissociated(after.dissociations, here)
        decision_cards.statements(after.statements, here)
        decision_cards.outcomes(after.outcomes, here)
    decision_cards.export(after, here, name=str(one.round.id))
    lesson_cards.beside(learned.of_round(here.db, actor=None, round_id=one.round.id))
    position_cards.wording(found)
