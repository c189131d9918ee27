"""Text as people write it, made safe to keep: nothing invisible, nothing endless."""

import unicodedata

from coalition.domain.ground.errors import Invalid

LINE = 200  # characters: names, titles, one-line answers
PARAGRAPH = 2_000  # characters: reasons, notes, messages
DOCUMENT = 50_000  # characters: the text of a proposal

# Marks that turn the direction of text or hide in it (Unicode TR 36 and UTS 39).
_UNSEEN = frozenset(
    {*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080)}
    | {0x061C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x2060, 0x2065), 0xFEFF}
    | {*range(0xFDD0, 0xFDF0), *(0x10000 * plane + 0xFFFE for plane in range(17))}
    | {0x10000 * plane + 0xFFFF for plane in range(17)}  # these and the above are no characters
)
# Letters and marks that are drawn as nothing, some of them needed within words or emoji.
_BLANK = _UNSEEN | {0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control, half a pair, breaks of line
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})  # what no key keeps


class TextMissing(Invalid):
    """A field that must say something is empty or only blank."""

    code = "text.missing"


class TextTooLong(Invalid):
    """A field holds more than its limit."""

    code = "text.too_long"


class TextUnreadable(Invalid):
    """A field holds control characters, or marks that turn the direction of text."""

    code = "text.unreadable"


def line(value: str, field: str, *, limit: int = LINE, required: bool = True) -> str:
    """Return one line of text, trimmed and in Unicode form C.

    Raises:
        TextMissing: it is required and blank.
        TextTooLong: longer than ``limit`` characters.
        TextUnreadable: it holds a control character, a line break or a hidden mark.
    """
    return _checked(value, field, limit, required=required, breaks="")


def paragraphs(value: str, field: str, *, limit: int = PARAGRAPH, required: bool = True) -> str:
    """Return text of several lines, trimmed, in Unicode form C, with plain line ends.

    Raises:
        TextMissing, TextTooLong, TextUnreadable: as in ``line``; line breaks and
            tabs are allowed here.
    """
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return _checked(plain, field, limit, required=required, breaks="\n\t")


def key(value: str) -> str:
    """Return what two spellings of the same name share, for uniqueness and search.

    Case, width, accents' composition and hidden marks make no difference;
    ``straße`` and ``STRASSE`` are one.
    """
    plain = "".join(" " if c.isspace() else c for c in value)
    seen = "".join(c for c in plain if not _is_hidden(c))
    folded = unicodedata.normalize("NFKC", seen).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _checked(value: str, field: str, limit: int, *, required: bool, breaks: str) -> str:
    text = unicodedata.normalize("NFC", value).strip()
    if any(_unreadable(c) for c in text if c not in breaks):
        raise TextUnreadable(field=field)
    if required and not any(_is_seen(c) for c in text):
        raise TextMissing(field=field)
    if len(text) > limit:
        raise TextTooLong(field=field, limit=limit, length=len(text))
    return text


def _unreadable(character: str) -> bool:
    return unicodedata.category(character) in _REFUSED or ord(character) in _UNSEEN


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN or ord(character) in _BLANK


def _is_seen(character: str) -> bool:
    return not (character.isspace() or _is_hidden(character))
