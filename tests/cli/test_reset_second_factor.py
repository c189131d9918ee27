"""The last way back in: by the command line, for somebody no administrator can help."""

from coalition.domain.ground.permissions import Role
from coalition.services.people import second_factors
from tests.builders import a_person
from tests.proving import enrolled


def test_a_lost_second_factor_is_taken_away(served, command, clock):
    person = a_person(served, role=Role.ADMINISTRATOR, email="ada@example.org")
    enrolled(served, clock, person)
    assert "is gone" in command("reset-second-factor", "Ada@example.org").out
    assert second_factors.standing(served, actor=person).since is None


def test_where_there_is_none_nothing_is_done(served, command):
    a_person(served, email="ada@example.org")
    assert "There is no second factor here" in command("reset-second-factor", "ada@example.org").err
    assert "no such account" in command("reset-second-factor", "x@example.org").err
