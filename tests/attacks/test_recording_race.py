"""A convener records for an organisation at the very moment its own delegate answers."""

from concurrent.futures import ThreadPoolExecutor

from coalition.domain.deliberation.ballots import SomebodyAnswered
from coalition.domain.deliberation.recordings import RecordedMeanwhile, SeatAnswered
from coalition.services.table.verifying import verify
from coalition.store import schema
from coalition.store.database import Database
from tests import builders
from tests.services.test_tick import rows

TIMES = 12
LOST = (SomebodyAnswered, SeatAnswered, RecordedMeanwhile)


def test_one_of_them_stands_and_the_other_is_told(any_db, any_url, clock):
    convener, delegates = builders.a_table(any_db, organisations=TIMES)
    this = builders.a_round(any_db, clock, convener)
    elsewhere = Database(any_url)

    def race(delegate):
        own = delegate.seat.organisation_id
        deeds = (
            lambda: builders.a_ballot(any_db, clock, delegate, this, "object"),
            lambda: builders.a_recorded(elsewhere, clock, convener, this, own, "support"),
        )
        with ThreadPoolExecutor(2) as both:
            return [outcome(one) for one in [both.submit(deed) for deed in deeds]]

    told = [race(delegate) for delegate in delegates]
    elsewhere.dispose()

    assert all(one.count("refused") == 1 for one in told)
    assert len(rows(any_db, schema.ballot)) == TIMES
    assert len(rows(any_db, schema.evidence)) == sum(one[1] == "done" for one in told)
    assert verify(any_db).findings == ()


def outcome(running):
    try:
        running.result(timeout=60)
    except LOST:
        return "refused"
    return "done"
