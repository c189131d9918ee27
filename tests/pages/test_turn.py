"""A page works in its turn, and steps aside while a password is compared."""

from threading import current_thread, main_thread

import pytest
from sqlalchemy import event

from coalition import wiring
from coalition.services.people import passwords
from coalition.ui import login, turns
from tests.builders import a_person


@pytest.fixture
def held(served):
    """Whether it was a run's turn, at each question that runs ask the database."""
    told = []

    def note(*_) -> None:
        if current_thread() is not main_thread():
            told.append(bool((mine := turns._MINE.get()) and mine.held))

    engine = wiring.database().engine
    event.listen(engine, "before_cursor_execute", note)
    yield told
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("screen", ["today", "board", "welcome"])
def test_a_page_asks_nothing_out_of_its_turn_and_gives_it_back(visit, db, held, screen):
    visit(screen, as_=a_person(db))
    assert held
    assert all(held)
    assert turns._QUEUE.since is None


def test_others_go_first_while_a_password_is_compared(served, monkeypatch):
    library, at_the_hash = login.AuthenticationController, []

    class Watched(library):
        def login(self, *given, **named):
            at_the_hash.append(turns._MINE.get().held)
            return super().login(*given, **named)

    monkeypatch.setattr(login, "AuthenticationController", Watched)
    kept = passwords.hashed("a long enough password")
    with turns.taken() as mine:
        assert login.verified(kept, passwords.prehash("a long enough password"))
        assert mine.held
    assert at_the_hash == [False]
