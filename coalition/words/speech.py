"""Looking a sentence up in the catalogue of the language now spoken."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "es": "Español"}  # each in its own language
_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")


def speak(code: str) -> str:
    """Speak ``code`` from here on in this run; return the language really spoken.

    An unknown code is answered in English rather than refused: a link that
    somebody mistyped must still open.
    """
    known = code if code in LANGUAGES else "en"
    _SPOKEN.set(known)
    return known


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak ``code`` inside the block, and after it what was spoken before."""
    before = language()
    speak(code or "en")
    try:
        yield
    finally:
        speak(before)


def language() -> str:
    """Return the code of the language now spoken: ``en`` or ``es``."""
    return _SPOKEN.get()


def mark(text: str) -> str:
    """Mark a constant for the catalogue; it is looked up by ``t`` when shown."""
    return text


def t(text: str, **values: object) -> str:
    """Return ``text`` in the language spoken, with its named places filled in.

    Args:
        text: The English sentence, with ``{name}`` for each value.
        values: What stands in the named places; never translated.
    """
    if not text:
        return ""
    found = _catalogue(language()).gettext(text)
    return found.format(**values) if values else found


def tn(one: str, many: str, n: int, **values: object) -> str:
    """Return the singular or plural of a sentence that counts ``{n}``."""
    return _catalogue(language()).ngettext(one, many, n).format(n=n, **values)


@cache
def _catalogue(code: str) -> NullTranslations:
    path = LOCALE / code / "LC_MESSAGES" / "coalition.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
