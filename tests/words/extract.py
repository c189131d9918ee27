"""Bring the catalogues up to what the code says: ``python -m tests.words.extract``.

New sentences stand empty at their place, sentences no longer said are dropped,
and what is left to translate is printed.
"""

import ast
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from coalition.words.speech import LANGUAGES, LOCALE
from tests.conftest import ROOT

SINGLE = ("t", "mark")
COUNTED = ("tn", "of")  # ``of``: the clauses of a verdict, in words/reasons.py
SPOKEN_IN = ("coalition", "pages")


def said() -> Catalog:
    """Return every sentence the code says, those inside f-strings too."""
    catalogue = Catalog()
    for folder in SPOKEN_IN:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (message := _sentence(node)):
                    catalogue.add(message)
    return catalogue


def _sentence(call: ast.Call) -> str | tuple[str, str]:
    """Return what a call looks up, one sentence or its two forms; "" for any other call."""
    asked = call.func
    name = asked.id if isinstance(asked, ast.Name) else getattr(asked, "attr", "")
    told = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    forms = [words for words in told if isinstance(words, str)]
    if name in SINGLE and forms:
        return forms[0]
    if name in COUNTED and forms[1:]:
        return forms[0], forms[1]
    return ""


def path(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALE / language / "LC_MESSAGES" / "coalition.po"


def kept(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept."""
    if not path(language).exists():
        return Catalog(locale=language)
    with path(language).open("rb") as source:
        return read_po(source, locale=language)


def update(language: str) -> list[str]:
    """Bring one catalogue up to date; return the sentences still without words."""
    now, before = said(), kept(language)
    fresh = Catalog(
        locale=language,
        header_comment=f"# The words of Working Table: {LANGUAGES[language]}.",
        project="Working Table",
        version="1",
        msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=before.creation_date,  # a day of its own would change the file each time
        last_translator="Working Table",
        revision_date=before.creation_date,
        language_team=LANGUAGES[language],
        fuzzy=False,
        charset="utf-8",
    )
    missing = []
    for message in now:
        if not message.id:
            continue
        key = message.id[0] if message.pluralizable else message.id
        old = before.get(key)
        words = old.string if old and old.pluralizable == message.pluralizable else ""
        fresh.add(message.id, words)
        if not words or (message.pluralizable and not all(words)):
            missing.append(key)
    path(language).parent.mkdir(parents=True, exist_ok=True)
    with path(language).open("wb") as target:
        write_po(target, fresh, sort_output=True, no_location=True, omit_header=False, width=0)
    return missing


if __name__ == "__main__":
    for code in LANGUAGES:
        if code != "en":
            left = update(code)
            sys.stdout.write("".join(f"{code}: {sentence}\n" for sentence in left))
            sys.stdout.write(f"{code}: {len(left)} left to translate\n")
