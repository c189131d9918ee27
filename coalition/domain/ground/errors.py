"""The kinds of refusal a person can be told about.

Five kinds, closed: a window renders each in its own way. Concrete errors live
beside the rule that raises them and inherit one kind. Anything that is not a
``CoalitionError`` is a bug: it is logged with a reference and never shown.
"""


class CoalitionError(Exception):
    """A refusal with a name.

    Args:
        facts: Values for the named places of the sentence that tells it.

    ``code`` is stable: tests, logs and catalogues rely on it.
    """

    code = "coalition.error"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class Invalid(CoalitionError):
    """What was given cannot be taken as it is; ``facts["field"]`` names where."""


class RuleBroken(CoalitionError):
    """The rulebook forbids it, whoever asks."""


class NotPermitted(CoalitionError):
    """The rulebook allows it, but not to this person."""


class NotFound(CoalitionError):
    """No such thing, or none this person may know of."""


class Conflict(CoalitionError):
    """Someone else changed it first; look again and retry."""


class Unavailable(CoalitionError):
    """The database cannot serve now; nothing was changed."""
