"""What has happened at the table since a moment, counted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class News:
    """What has happened since a moment.

    Args:
        answers: Organisations that had no answer then and have one, hidden rounds alike.
        changed: Answers that are others than then, in rounds whose stances may be seen.
        withdrawn: Organisations that had an answer then and have none, hidden rounds alike.
        texts: Texts put to the table.
        raised, resolved: Objections, without those that a hidden ballot is behind.
        opened, closed: Rounds; one that was cancelled has not closed.
    """

    answers: int = 0
    changed: int = 0
    withdrawn: int = 0
    texts: int = 0
    raised: int = 0
    resolved: int = 0
    opened: int = 0
    closed: int = 0
