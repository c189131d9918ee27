"""What is kept, and what does not work well: said in public."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.domain.table.retention import TERMS
from coalition.ui.table import honesty
from tests.builders import a_person
from tests.pages.screen import shown


def test_every_term_of_the_list_that_is_enforced_is_printed(visit, db):
    app = visit("privacy")
    said = "\n".join(str(value) for table in app.table for value in table.value.to_numpy().flat)
    for term in TERMS.values():
        assert honesty.WHAT[term.kept] in said
        assert f"{term.days} days" in said


@pytest.mark.parametrize("role", [None, *Role])
def test_everybody_may_read_it(visit, db, role):
    app = visit("privacy", as_=a_person(db, role=role) if role else None)
    assert app.title[0].value == "Privacy and accessibility"
    assert "How do I have my words erased?" in shown(app)
    assert "WCAG 2.2" in shown(app)
