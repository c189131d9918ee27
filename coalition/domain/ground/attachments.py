"""Attachments: what a file is, found from its bytes and held against its name."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from coalition.domain.ground import text
from coalition.domain.ground.errors import Invalid

MEGABYTES = 5
MOST = MEGABYTES * 1024 * 1024  # bytes
_HEAD = 4_000  # characters in which the first headers of an e-mail stand
_HEADER = re.compile(r"[!-9;-~]+:.*")
_MAIL = frozenset({"from", "to", "date", "subject", "received", "message-id", "mime-version"})
_SIGNED_BY = 3  # of these headers make a text an e-mail
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")  # in no text that people send
_MARK = "\xef\xbb\xbf"  # what some editors put before UTF-8


class Kind(StrEnum):
    """What may be attached."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TEXT = "text"
    MAIL = "mail"


ENDINGS = {
    "pdf": Kind.PDF,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "txt": Kind.TEXT,
    "eml": Kind.MAIL,
}
_SIGNS = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
)


class AttachmentEmpty(Invalid):
    """The file holds nothing."""

    code = "attachment.empty"


class AttachmentTooLarge(Invalid):
    """The file is larger than ``MOST``."""

    code = "attachment.too_large"


class AttachmentUnknown(Invalid):
    """Neither its bytes nor its name are of a kind that may be attached."""

    code = "attachment.unknown"


class AttachmentMisnamed(Invalid):
    """Its bytes are not what its name says."""

    code = "attachment.misnamed"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that may be kept, with the hash history remembers."""

    name: str
    kind: Kind
    data: bytes
    sha256: str


def checked(sent: Upload) -> Attachment:
    """Return a file as it may be kept: of a known kind, under its own last name.

    Raises:
        AttachmentEmpty, AttachmentTooLarge, AttachmentUnknown, AttachmentMisnamed.
        TextTooLong, TextUnreadable: the name cannot be kept.
    """
    data = sent.data
    if not data:
        raise AttachmentEmpty(field="file")
    if len(data) > MOST:
        raise AttachmentTooLarge(field="file", most=MEGABYTES)
    last = text.line(re.split(r"[/\\]", sent.name)[-1], "file")
    told = ENDINGS.get(last.rpartition(".")[2].lower()) if "." in last else None
    found = kinds(data)
    if told is None or not found:
        raise AttachmentUnknown(field="file")
    if told not in found:
        raise AttachmentMisnamed(field="file", name=last)
    return Attachment(last, told, data, hashlib.sha256(data).hexdigest())


def kinds(data: bytes) -> frozenset[Kind]:
    """Return what a file can be by its bytes alone; an e-mail is plain text as well."""
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            return frozenset({kind})
    told = data.decode("latin-1")  # any bytes; an old e-mail may hold letters that are not UTF-8
    if _CONTROL.search(told):
        return frozenset()
    found = {Kind.MAIL} if _is_mail(told) else set()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return frozenset(found)
    return frozenset({*found, Kind.TEXT})


def _is_mail(told: str) -> bool:
    """Say whether a text begins with the headers of an e-mail (RFC 5322)."""
    names: set[str] = set()
    for line in told[:_HEAD].removeprefix(_MARK).replace("\r\n", "\n").split("\n"):
        if not line:
            break
        if line[0] in " \t" and names:
            continue  # a header that goes on
        if not _HEADER.fullmatch(line):
            break
        names.add(line.partition(":")[0].lower())
    return len(names & _MAIL) >= _SIGNED_BY
