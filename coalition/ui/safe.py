"""What people wrote, made harmless for Markdown."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import TypeVar

K = TypeVar("K")

# A character that can open a mark anywhere in a line: code, emphasis, link, image, HTML,
# strike-through, formula, entity, table. A backslash keeps each as the character it is.
_ANYWHERE = re.compile(r"([\\`*_\[\]<~$&|])")
# Streamlit turns :smile: and :material/home: into pictures after it has read the Markdown, when
# a backslash is long gone; a zero-width non-joiner between colon and word survives to then.
# (An underscore has its backslash by the time this is looked for.)
_SHORTCODE = re.compile(r":(?=(?:[\w+\-/]|\\_)+:)")
_UNSEEN = "\u200c"
# Colour, badge and block directives start with a colon before a letter or another colon.
_DIRECTIVE = re.compile(r":(?=[A-Za-z:])")
# A mark that only counts at the start of a line: heading, quote, list, rule, underline.
# A plain address becomes a link as it stands, backslashes and all, so none is put into it. A
# colon ends it, or a shortcode could hide there.
_ADDRESS = re.compile(r"((?<!\w)(?:https?://|www\.)[\w\-./?=%#+,;@&~!]+)")
_LINE_START = re.compile(r"^([#+\-=>])")
_KEPT = re.compile(r"\\([^A-Za-z0-9\s])")  # a mark that a backslash keeps as the character it is
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def md(text: str) -> str:
    """Return ``text`` so that Markdown shows it letter by letter, its paragraphs and lines kept.

    Plain addresses (https://...) still become links, because they lead where they say.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    safe = "\n".join(_line(line) for line in lines)
    paragraphs = [part.strip("\n") for part in re.split(r"\n{2,}", safe)]
    return "\n\n".join(part.replace("\n", "\\\n") for part in paragraphs if part)


@lru_cache(maxsize=4_096)  # pure, and a table says the same word in a hundred cells
def label(text: str) -> str:
    """Return ``text`` as one harmless line, for labels, headings, badges and table cells."""
    return _line(" ".join(text.split()))


def plain(ours: str) -> str:
    """Return a sentence of ours as it is read out: without bold marks and backslashes."""
    return _KEPT.sub(r"\1", ours.replace("**", ""))


def apart(labels: Mapping[K, str]) -> dict[K, str]:
    """Return labels of which none is like another, the later of two alike with a number.

    A select box goes by the words it shows, whatever its options are: of two people of one
    name it would hand over the first.
    """
    told: dict[K, str] = {}
    taken: set[str] = set()
    for key, one in labels.items():
        numbered = (f"{one} ({n})" for n in count(2))
        told[key] = one if one not in taken else next(it for it in numbered if it not in taken)
        taken.add(told[key])
    return told


def table_md(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table of harmless cells; numbers stand right, words left."""
    numeric = [
        bool(rows) and all(_is_number(row[at]) for row in rows) for at in range(len(headings))
    ]
    rule = ["---:" if number else ":---" for number in numeric]
    body = [[label(str(cell)) for cell in row] for row in rows]
    lines = [[label(heading) for heading in headings], rule, *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _line(line: str) -> str:
    escaped = "".join(
        part if _ADDRESS.fullmatch(part) else _escaped(part)
        for part in _ADDRESS.split(line.strip())
    )
    escaped = _LINE_START.sub(r"\\\1", escaped)
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _escaped(text: str) -> str:
    escaped = _ANYWHERE.sub(r"\\\1", text)
    escaped = _SHORTCODE.sub(f":{_UNSEEN}", escaped)
    return _DIRECTIVE.sub(r"\\:", escaped)


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
