"""Who may send a file, and how large it may be."""

import pytest

from coalition.domain.ground.permissions import Role
from coalition.http.files import FILE, UPLOADS
from tests.builders import a_delegate, a_person
from tests.http.conftest import ORIGIN
from tests.pages.conftest import session_of

WHERE = f"{UPLOADS}session/file"
OURS = {"origin": ORIGIN}


def signed_in(site, db, clock, person):
    site.cookies.set("table_session", session_of(db, person, clock()))


def arrived(answer):
    """Say whether the guard let a request through: the stand-in knows no such way."""
    return answer.status_code == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_convener_sends_a_file_and_takes_it_back(site, db, clock, method):
    signed_in(site, db, clock, a_person(db, role=Role.CONVENER))
    assert arrived(site.request(method, WHERE, headers=OURS, content=b"a" * FILE))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.ADMINISTRATOR, None])
def test_nobody_else_does(site, db, clock, role):
    if role is Role.MEMBER:
        signed_in(site, db, clock, a_delegate(db))
    elif role:
        signed_in(site, db, clock, a_person(db, role=role))
    assert site.put(WHERE, headers=OURS, content=b"a").status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_nobody_makes_a_convener_send_one_from_elsewhere(site, db, clock, origin):
    signed_in(site, db, clock, a_person(db, role=Role.CONVENER))
    headers = {"origin": origin} if origin else {}
    assert site.put(WHERE, headers=headers, content=b"a").status_code == 403


def test_a_file_over_the_limit_is_refused_by_its_word_and_cut_off_by_its_length(site, db, clock):
    signed_in(site, db, clock, a_person(db, role=Role.CONVENER))
    assert site.put(WHERE, headers=OURS, content=b"a" * (FILE + 1)).status_code == 413


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "PATCH"])
def test_the_address_answers_to_nothing_else(site, db, clock, method):
    signed_in(site, db, clock, a_person(db, role=Role.CONVENER))
    assert site.request(method, WHERE, headers=OURS).status_code == 404


def test_elsewhere_a_large_body_stays_refused(site, db, clock):
    signed_in(site, db, clock, a_person(db, role=Role.CONVENER))
    assert site.put("/_stcore/uploads", headers=OURS, content=b"a").status_code == 404
    assert site.put("/x", headers=OURS, content=b"a" * FILE).status_code == 413
