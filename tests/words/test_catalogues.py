"""Every sentence has its words in every language, with the same named places."""

from string import Formatter

import pytest

from coalition.words import LANGUAGES, speak, t, tn
from tests.words.extract import kept, said

OTHERS = [code for code in LANGUAGES if code != "en"]


def names(sentence: str) -> set[str]:
    """Return the named places of a sentence; a broken one raises."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def forms(message) -> list[tuple[str, str]]:
    """Return each English form beside the words for it."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    one, many = message.id
    return [(one, message.string[0]), *((many, words) for words in message.string[1:])]


@pytest.fixture(autouse=True)
def english():
    yield
    speak("en")


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_its_words(language):
    catalogue = kept(language)
    missing = []
    for message in said():
        key = message.id[0] if message.pluralizable else message.id
        found = catalogue.get(key)
        words = found.string if found else ""
        if key and not (words and (not message.pluralizable or all(words))):
            missing.append(key)

    assert missing == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_words_are_left_over(language):
    spoken = {m.id[0] if m.pluralizable else m.id for m in said()}

    left = [m.id for m in kept(language) if (m.id[0] if m.pluralizable else m.id) not in spoken]
    assert left == []


@pytest.mark.parametrize("language", OTHERS)
def test_named_places_are_the_same(language):
    broken = [
        (english, words)
        for message in kept(language)
        if message.id
        for english, words in forms(message)
        if not names(words) <= names(english) | {"n"}
        or names(english) - {"n"} != names(words) - {"n"}
    ]

    assert broken == []


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_fuzzy(language):
    assert [message.id for message in kept(language) if message.fuzzy and message.id] == []


def test_each_run_speaks_its_own_language():
    assert speak("es") == "es"
    assert t("Proposals") == "Propuestas"
    assert tn("{n} day left", "{n} days left", 2) == "Quedan 2 días"
    assert speak("en") == "en"
    assert t("Proposals") == "Proposals"


def test_an_unknown_language_is_english():
    assert speak("tlh") == "en"
