"""One click, signed in or not, and no more mail of a kind (RFC 8058)."""

from coalition import wiring
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Pace
from coalition.services.notices import choosing, unsubscribing
from tests.builders import a_person


def token_of(person, kind):
    return unsubscribing.token(wiring.key(), person.account_id, kind)


def pace(db, person, kind):
    return choosing.habit(db, actor=person).pace(kind)


def test_a_mail_program_posts_once_and_the_kind_is_silent(site, db):
    person = a_person(db)
    address = f"/unsubscribe/{token_of(person, NoticeKind.RESULT)}"
    body = {"List-Unsubscribe": "One-Click"}

    assert site.post(address, data=body).status_code == 200
    assert site.post(address, data=body).status_code == 200
    assert pace(db, person, NoticeKind.RESULT) is Pace.NEVER
    assert pace(db, person, NoticeKind.CLOSING) is Pace.NOW


def test_following_the_link_asks_before_it_changes_anything(site, db):
    person = a_person(db)
    answer = site.get(f"/unsubscribe/{token_of(person, 'all')}")
    assert "<form" in answer.text
    assert pace(db, person, NoticeKind.CLOSING) is Pace.NOW


def test_from_a_digest_all_kinds_end(site, db):
    person = a_person(db)
    site.post(f"/unsubscribe/{token_of(person, 'all')}")
    assert {pace(db, person, kind) for kind in NoticeKind} == {Pace.NEVER}


def test_an_altered_link_opens_nothing(site, db):
    person, other = a_person(db), a_person(db)
    mine, theirs = token_of(person, "all"), token_of(other, "all")
    mixed = f"{theirs.split('.')[0]}.{mine.split('.')[1]}"
    for wrong in (mixed, mine[:-1], "x", "é.é", "1.2.3"):
        assert site.post(f"/unsubscribe/{wrong}").status_code == 404
    assert pace(db, other, NoticeKind.CLOSING) is Pace.NOW
