"""A feed as Atom (RFC 4287), by the standard library's own XML."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from coalition.domain.notices.feeds import Feed, FeedEntry

MEDIA = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def write(feed: Feed) -> bytes:
    """Return the feed's file, the same for the same feed."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {_LANGUAGE: feed.language})
    _put(root, "title", feed.title)
    _put(root, "id", feed.link)
    _put(root, "updated", _instant(feed.updated_at))
    _put(_put(root, "author"), "name", feed.author)
    _put(root, "link", rel="self", href=feed.link, type="application/atom+xml")
    _put(root, "link", rel="alternate", href=feed.home, type="text/html")
    for entry in feed.entries:
        root.append(_entry(entry))
    told: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _entry(entry: FeedEntry) -> ET.Element:
    made = ET.Element(f"{{{_ATOM}}}entry")
    _put(made, "title", entry.title)
    _put(made, "id", entry.link)
    _put(made, "link", rel="alternate", href=entry.link, type="text/html")
    _put(made, "published", _instant(entry.published_at))
    _put(made, "updated", _instant(entry.updated_at))
    for code, word in entry.categories.items():
        _put(made, "category", term=code, label=word)
    _put(made, "summary", entry.summary, type="text")
    return made


def _put(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if words:
        made.text = "".join(sign for sign in words if sign == "\n" or sign.isprintable())
    return made


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
