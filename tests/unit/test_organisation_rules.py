import pytest

from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.text import TextMissing, TextTooLong, TextUnreadable
from coalition.domain.people.organisations import (
    ConvenerHasNoVote,
    Organisation,
    OrganisationKind,
    OrganisationStatus,
    OrganisationUnfinished,
    Profile,
    TooMany,
    WebsiteUnreadable,
    domain_of,
    renamed,
    website,
)


def a_profile(**changes) -> Profile:
    told = {"name": "River Alliance", "kind": OrganisationKind.PATIENT_MEMBER, "votes": True}
    return Profile(**(told | changes))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        (" Example.ORG ", "example.org"),
        ("https://Example.org/", "https://example.org"),
        ("http://a.example.org/about?x=1#y", "http://a.example.org/about?x=1#y"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ],
)
def test_an_address_of_the_web_is_kept_as_given_with_its_host_in_small_letters(given, kept):
    assert website(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "data:text/html,x",
        "example",
        "-a.example.org",
        "exa mple.org",
        "example.org/a b",
        "https://user@example.org",
        "example.org:8080",
        "//example.org",
        "https://",
        "example.org/<b>\u00e9",
    ],
)
def test_nothing_else_passes_for_an_address(given):
    with pytest.raises(WebsiteUnreadable):
        website(given)


def test_a_profile_is_trimmed_and_its_repeats_dropped():
    clean = a_profile(
        name=" River  Alliance ".strip(),
        short_name=" ",
        conditions=(" asthma", "", "Asthma", "lupus"),
        pillars=(Pillar.EQUITY, Pillar.ACCESS, Pillar.EQUITY),
        former_names=("Old River", "RIVER  ALLIANCE"),
    ).checked()

    assert clean.short_name == clean.name
    assert clean.conditions == ("Asthma", "lupus")
    assert clean.pillars == (Pillar.ACCESS, Pillar.EQUITY)
    assert clean.former_names == ("Old River",)


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"name": " "}, TextMissing),
        ({"name": "x" * 201}, TextTooLong),
        ({"name": "River\u202eecnaillA"}, TextUnreadable),
        ({"short_name": "x" * 81}, TextTooLong),
        ({"kind": None}, OrganisationUnfinished),
        ({"votes": None}, OrganisationUnfinished),
        ({"conditions": tuple(str(n) for n in range(21))}, TooMany),
        ({"former_names": tuple(str(n) for n in range(11))}, TooMany),
        ({"website": "no address"}, WebsiteUnreadable),
        ({"kind": OrganisationKind.CONVENER}, ConvenerHasNoVote),
    ],
)
def test_a_profile_that_cannot_be_kept_is_refused(changes, finding):
    with pytest.raises(finding) as refused:
        a_profile(**changes).checked()

    assert refused.value.facts["field"] in {*changes, "votes"}


def test_a_new_name_keeps_the_old_one_and_an_old_one_taken_up_again_is_no_former_name():
    before = a_profile(name="River Alliance", former_names=("Old River",))

    after = renamed(before, a_profile(name="Old River", former_names=("Old River",)))

    assert (after.name, after.former_names) == ("Old River", ("River Alliance",))


def test_a_correction_of_capitals_is_no_new_name():
    assert renamed(a_profile(), a_profile(name="RIVER Alliance")).former_names == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [("", True), ("jdrf", True), ("t1d break", True), ("DIABETES", True), ("lupus", False)],
)
def test_a_search_looks_in_names_former_names_and_conditions(words, found):
    profile = a_profile(
        name="Breakthrough T1D",
        short_name="T1D",
        conditions=("type 1 diabetes",),
        former_names=("Juvenile Diabetes Research Foundation (JDRF)",),
    )
    one = Organisation(OrganisationId(1), profile, OrganisationStatus.ACTIVE)

    assert one.matches(words) is found


@pytest.mark.parametrize(
    ("votes", "status", "on_the_roll"),
    [
        (True, "active", True),
        (True, "paused", False),
        (True, "left", False),
        (False, "active", False),
    ],
)
def test_only_an_active_organisation_with_a_vote_enters_a_new_roll(votes, status, on_the_roll):
    one = Organisation(OrganisationId(1), a_profile(votes=votes), OrganisationStatus(status))

    assert one.votes_now is on_the_roll


def test_the_domain_of_a_website_is_bare():
    assert domain_of("https://www.Example.org/about") == "example.org"
    assert domain_of("example.org") == "example.org"
