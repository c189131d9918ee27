"""What people send about a change: the wish for it, and the answer."""

from dataclasses import dataclass

from coalition.domain.deliberation import passages
from coalition.domain.deliberation.passages import Field, Passage
from coalition.domain.deliberation.proposals import TextVersion
from coalition.domain.discussion.suggestions import State, Suggestion
from coalition.domain.ground import text
from coalition.domain.ground.errors import Invalid

ANSWERS = (State.ACCEPTED, State.IN_PART, State.DECLINED)


class PartMissing(Invalid):
    """Nobody said which part of the text the passage is in."""

    code = "suggestion.part_missing"


class SameWords(Invalid):
    """The wording is the same as the passage, so nothing would change."""

    code = "suggestion.same_words"


class AnswerMissing(Invalid):
    """No answer was chosen."""

    code = "suggestion.answer_missing"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person sends to suggest a change.

    Args:
        quote: The passage, copied from the text.
        wording: What it should say instead; "" takes the passage out.
    """

    field: Field | None
    quote: str
    wording: str
    reason: str

    def checked(self) -> "Wish":
        """Return the same, trimmed and in one Unicode form.

        Raises:
            PartMissing: nobody said where the passage is.
            TextMissing, TextTooLong, TextUnreadable: a field cannot be kept as it is.
            SameWords: nothing would change.
        """
        if self.field is None:
            raise PartMissing(field="field")
        quote = text.paragraphs(self.quote, "quote")
        wording = text.paragraphs(self.wording, "wording", required=False)
        if wording == quote:
            raise SameWords(field="wording")
        return Wish(self.field, quote, wording, text.paragraphs(self.reason, "reason"))

    def passage_in(self, version: TextVersion) -> Passage:
        """Return the passage, if the version could say the wording instead.

        Raises:
            PassageGone, PassageAmbiguous: the version does not say it, or says it twice.
            TextMissing, TextTooLong, TextUnreadable: that part cannot be so.
        """
        where = self.field or Field.BODY
        found = passages.find(version, where, self.quote)
        then = passages.replaced(passages.part(version, where), {found: self.wording})
        if where is Field.ASK:
            text.line(then, "wording")
        else:
            text.paragraphs(then, "wording", limit=text.DOCUMENT)
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What the champion or a convener says to a suggestion.

    Args:
        state: Accepted, accepted in part or declined; None where nobody chose.
        agreed: The wording both can live with, where it is accepted in part.
    """

    state: State | None
    reason: str
    agreed: str = ""

    def checked(self, this: Suggestion) -> "Answer":
        """Return the same, trimmed, with the wording of ``this`` that goes into the text.

        Raises:
            AnswerMissing: none was chosen.
            TextMissing, TextTooLong, TextUnreadable: a field cannot be kept as it is.
            SameWords: what is agreed on would change nothing.
        """
        if self.state not in ANSWERS:
            raise AnswerMissing(field="answer")
        agreed = this.wording if self.state is State.ACCEPTED else ""
        if self.state is State.IN_PART:
            agreed = text.paragraphs(self.agreed, "agreed")
            if agreed == this.passage.quote:
                raise SameWords(field="agreed")
        return Answer(self.state, text.paragraphs(self.reason, "reason"), agreed)

    def stands(self, this: Suggestion) -> bool:
        """Say whether this very answer was given already."""
        return (this.state, this.answer, this.agreed) == (self.state, self.reason, self.agreed)
