"""What the table tells people of: the kinds of notice, and the deeds that leave one behind."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice is about; each person chooses the pace of each kind."""

    ROUND_OPENED = "round_opened"
    CLOSING = "closing"
    TEXT_CHANGED = "text_changed"
    OBJECTION = "objection"
    ANSWER = "answer"
    MENTION = "mention"
    RESULT = "result"
    INQUIRY = "inquiry"
    DUE = "due"


class Transactional(StrEnum):
    """A mail to one person that nobody can choose away, because they asked for it."""

    RESET = "reset"
    INVITATION = "invitation"
    INQUIRY_RECEIPT = "inquiry_receipt"
    INQUIRY_ANSWER = "inquiry_answer"
