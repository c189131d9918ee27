"""Reply templates: what conveners often answer, with the sender's name filled in."""

import re
from dataclasses import dataclass
from typing import NewType

from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, NotFound

TemplateId = NewType("TemplateId", int)

PLACES = ("name", "organisation")
_PLACE = re.compile(r"\{([^{}]*)\}")


class TemplateNotFound(NotFound):
    """No template has this number; somebody may have dropped it."""

    code = "template.not_found"


class TemplateNameTaken(Conflict):
    """Another template has this name."""

    code = "template.name_taken"


class PlaceUnknown(Invalid):
    """Something in braces is no place that is filled in."""

    code = "template.place"


@dataclass(frozen=True, slots=True)
class Template:
    """A reply with places in braces.

    Args:
        id: None before it is kept.
    """

    name: str
    body: str
    id: TemplateId | None = None

    def checked(self) -> "Template":
        """Return the same, its texts trimmed and in one Unicode form.

        Raises:
            PlaceUnknown: something in braces that is not filled in.
            TextMissing, TextTooLong, TextUnreadable.
        """
        name, body = text.line(self.name, "name"), text.paragraphs(self.body, "body")
        for place in _PLACE.findall(body):
            if place not in PLACES:
                raise PlaceUnknown(field="body", place=place)
        return Template(name, body, self.id)

    def filled(self, *, name: str, organisation: str) -> str:
        """Return the reply to one sender; braces in what they wrote stay as they are."""
        words = {"name": name, "organisation": organisation}
        return _PLACE.sub(lambda place: words.get(place[1], place[0]), self.body)
