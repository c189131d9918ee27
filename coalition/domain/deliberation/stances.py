"""Stances: what an organisation can say in a round."""

from enum import StrEnum


class Stance(StrEnum):
    """One organisation's answer, in reading order.

    Not having answered is no stance: it is counted as missing and never as abstaining.

    Source: decision rules, "Stances".
    """

    SUPPORT = "support"
    SUPPORT_WITH_RESERVATIONS = "support_with_reservations"
    ABSTAIN = "abstain"
    STAND_ASIDE = "stand_aside"
    OBJECT = "object"
    RECUSED = "recused"


STANCES = tuple(Stance)
SUPPORTS = (Stance.SUPPORT, Stance.SUPPORT_WITH_RESERVATIONS)
VOTES_CAST = (*SUPPORTS, Stance.OBJECT)  # those that take a side
HEARD = tuple(stance for stance in STANCES if stance is not Stance.RECUSED)
