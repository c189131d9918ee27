"""One run at a time, and nobody kept waiting for ever."""

from threading import Thread

import pytest

from coalition.ui import turns


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.001)


def another_gets_it() -> bool:
    """Say whether a run in another thread has the turn at once; it goes on in any case."""
    got = []

    def run() -> None:
        with turns.taken() as turn:
            got.append(turn.held)

    thread = Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    return got[0]


def test_a_run_that_has_the_turn_keeps_it_to_its_end_and_the_other_goes_on_without():
    with turns.taken() as mine:
        assert mine.held
        assert not another_gets_it()
    assert another_gets_it()


def test_a_run_that_ends_by_an_error_gives_the_turn_back():
    with pytest.raises(KeyboardInterrupt), turns.taken():
        raise KeyboardInterrupt
    assert another_gets_it()


def test_others_go_first_while_a_run_steps_aside_and_it_has_its_turn_again_after():
    with turns.taken() as mine:
        with turns.aside():
            assert another_gets_it()
        assert mine.held
        assert not another_gets_it()
    assert another_gets_it()


def test_stepping_aside_without_the_turn_takes_nothing_from_whoever_has_it():
    with turns.aside():
        assert another_gets_it()
    with turns.taken():
        beside = []

        def run() -> None:
            with turns.taken(), turns.aside():
                beside.append(another_gets_it())

        thread = Thread(target=run)
        thread.start()
        thread.join(timeout=10)
        assert beside == [False]
