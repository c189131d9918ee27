"""The four pillars every proposal belongs to one of."""

from enum import StrEnum


class Pillar(StrEnum):
    """What a proposal is mainly about; further pillars may stand beside it."""

    COVERAGE = "coverage"
    ACCESS = "access"
    RESEARCH = "research"
    EQUITY = "equity"
