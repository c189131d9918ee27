"""What hashes are made of: one text for one value, whatever the machine or the order."""

from datetime import UTC, datetime, timedelta, timezone

from coalition.domain.deliberation.stances import STANCES, Stance
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.ground.audit import FIRST, AuditEntry, canonical, chained, instant


def test_an_instant_is_one_text_in_whatever_zone_it_is_given():
    at = datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert instant(at) == "2026-03-04T05:06:07.000008Z"
    assert instant(at.astimezone(timezone(timedelta(hours=-5)))) == instant(at)
    assert instant(at.replace(microsecond=0)) == "2026-03-04T05:06:07.000000Z"


def test_json_is_one_text_in_whatever_order_it_is_given():
    assert canonical({"b": [1, None], "a": "ñ"}) == '{"a":"\\u00f1","b":[1,null]}'
    assert canonical({"a": "ñ", "b": [1, None]}) == canonical({"b": [1, None], "a": "ñ"})


def test_an_entry_written_by_an_earlier_version_still_has_its_digest():
    at = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    entry = AuditEntry("operator", "table.founded", "table:1", at, {"kind": "own"})
    assert (
        chained(entry, FIRST, 1)
        == "7a81b945d7dbc88029c7154d519f2c711c6dde692ac280595963883480d1d20c"
    )


def test_tallies_that_differ_in_one_ballot_are_not_one_heap_in_a_cache():
    tallies = {Tally.of({stance: n}, eligible=20) for stance in STANCES for n in range(1, 21)}
    assert len({hash(one) for one in tallies}) == len(tallies) == 120


def test_equal_tallies_hash_alike_in_whatever_order_they_were_counted():
    counted = Tally.of([Stance.OBJECT, Stance.SUPPORT], eligible=3)
    assert hash(counted) == hash(Tally.of({Stance.SUPPORT: 1, Stance.OBJECT: 1}, eligible=3))
