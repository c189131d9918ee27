"""Addresses that look the same to a reader and are not: Cyrillic or Greek letters in Latin dress.

Source: Unicode Technical Standard 39, section 4 (skeletons), cut down to the letters of
addresses that are drawn like Latin ones in common fonts.
"""

import unicodedata
from contextlib import suppress

from coalition.domain.ground import text

_SEEN_AS = str.maketrans(
    {
        **dict(zip("авеѕіјкмнорсԁтухһԛԝѵгьӏԍ", "abesijkmhopcdtyxhqwvrblg", strict=True)),
        **dict(zip("αβεγιϳκνορτυχωηϲϱ", "abeyijkvoptuxwncp", strict=True)),
        **dict(zip("ıɩɑɡʋ", "iiagu", strict=True)),  # noqa: RUF001 (what this is about)
        "’": "'",
        "\N{HYPHEN}": "-",
        "–": "-",
        "−": "-",
    }
)


def skeleton(email: str) -> str:
    """Return what two addresses that look the same share; it is compared and never shown."""
    name, at, host = text.key(email).rpartition("@")
    return _seen(name) + at + ".".join(_seen(_decoded(part)) for part in host.split("."))


def _seen(part: str) -> str:
    apart = unicodedata.normalize("NFD", part).translate(_SEEN_AS)
    return unicodedata.normalize("NFC", apart)


def _decoded(label: str) -> str:
    """Return a label of a host as it is drawn: ``xn--`` hides letters of other scripts."""
    if label.startswith("xn--"):
        with suppress(UnicodeError):
            return text.key(label.removeprefix("xn--").encode("ascii").decode("punycode"))
    return label
