"""Addresses that look the same are told apart from those that are the same."""

import pytest

from coalition.domain.people.lookalikes import skeleton


@pytest.mark.parametrize(
    "twin",
    [
        "pаt@example.org",  # Cyrillic
        "рat@example.org",  # Cyrillic
        "pat@exаmple.org",
        "pat@xn--exmple-4nf.org",  # the same host as mail programs write it
        "pαt@example.org",  # Greek
        "PAT@EXAMPLE.ORG",
        "pa\u200bt@example.org",
    ],
)
def test_what_looks_the_same_has_one_skeleton(twin):
    assert skeleton(twin) == skeleton("pat@example.org")


@pytest.mark.parametrize("other", ["pát@example.org", "pet@example.org", "pat@example.com", "pat"])
def test_what_looks_different_does_not(other):
    assert skeleton(other) != skeleton("pat@example.org")


@pytest.mark.parametrize("host", ["xn--", "xn--\udcff", "xn--zzzzzzzzzz99999999", "xn---.org"])
def test_a_host_that_decodes_to_nothing_is_taken_as_it_stands(host):
    assert skeleton(f"pat@{host}")
