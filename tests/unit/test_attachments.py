"""What a file is, by its bytes and its name together."""

import pytest

from coalition.domain.ground.attachments import (
    MOST,
    AttachmentEmpty,
    AttachmentMisnamed,
    AttachmentTooLarge,
    AttachmentUnknown,
    Kind,
    Upload,
    checked,
)
from coalition.domain.ground.text import TextTooLong, TextUnreadable

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"
TEXT = "They support it.\n\tSincerely, Ñandú".encode()
MAIL = b"Received: by mail.example\r\n\tid 7\r\nFrom: Wren <w@example.org>\r\nTo: us\r\n\r\nYes\r\n"
OLD_MAIL = b"From: W\r\nTo: us\r\nSubject: S\xed\r\n\r\nS\xed, apoyamos.\r\n"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("letter.pdf", PDF, Kind.PDF),
        ("LETTER.PDF", PDF, Kind.PDF),
        ("photo.png", PNG, Kind.PNG),
        ("photo.jpg", JPEG, Kind.JPEG),
        ("photo.jpeg", JPEG, Kind.JPEG),
        ("note.txt", TEXT, Kind.TEXT),
        ("note.txt", b"\xef\xbb\xbf" + TEXT, Kind.TEXT),
        ("mail.eml", MAIL, Kind.MAIL),
        ("mail.txt", MAIL, Kind.TEXT),
        ("mail.eml", OLD_MAIL, Kind.MAIL),
        ("letter.pdf", PDF + b"a" * (MOST - len(PDF)), Kind.PDF),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(name, data, kind):
    found = checked(Upload(name, data))
    assert (found.name, found.kind, found.data) == (name, kind, data)
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("letter.pdf", b"", AttachmentEmpty),
        ("letter.pdf", PDF + b"a" * MOST, AttachmentTooLarge),
        ("letter.pdf", PNG, AttachmentMisnamed),
        ("letter.pdf", TEXT, AttachmentMisnamed),
        ("photo.png", JPEG, AttachmentMisnamed),
        ("note.txt", PDF, AttachmentMisnamed),
        ("mail.eml", TEXT, AttachmentMisnamed),
        ("note.txt", OLD_MAIL, AttachmentMisnamed),
        ("mail.eml", b"From: somebody\n\nYes", AttachmentMisnamed),
        ("page.html", b"<script>alert(1)</script>", AttachmentUnknown),
        ("tool.exe", b"MZ\x90\0", AttachmentUnknown),
        ("note.txt", b"MZ\x90\0", AttachmentUnknown),
        ("note.txt", b"a\0b", AttachmentUnknown),
        ("mail.eml", b"a\0" + MAIL, AttachmentUnknown),
        ("letter", PDF, AttachmentUnknown),
        ("pdf", PDF, AttachmentUnknown),
        ("letter.pdf.zip", PDF, AttachmentUnknown),
        ("letter.pdf", b" " + PDF, AttachmentMisnamed),
        ("a" * 201 + ".pdf", PDF, TextTooLong),
        ("fdp\u202e.pdf", PDF, TextUnreadable),
    ],
)
def test_a_file_that_is_not_is_refused(name, data, refusal):
    with pytest.raises(refusal):
        checked(Upload(name, data))


@pytest.mark.parametrize("name", ["../../letter.pdf", "C:\\papers\\letter.pdf", "/etc/letter.pdf"])
def test_only_the_last_part_of_a_name_is_kept(name):
    assert checked(Upload(name, PDF)).name == "letter.pdf"
