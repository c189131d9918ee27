"""A flood of inquiries from one address: it is stopped at its share, and others get through."""

from dataclasses import replace

from sqlalchemy import func, select

from coalition.domain.ground.attempts import TooManyAttempts
from coalition.services.people import asking
from coalition.store import schema
from tests.joining import FORM

FLOOD = 500  # ten thousand take twenty seconds, and go no further


def test_a_flood_from_one_address_takes_its_share_and_keeps_nobody_else_out(db, clock):
    taken = refused = 0
    for n in range(FLOOD):
        try:
            asking.send_inquiry(db, clock, form=FORM, source_key="one address", token=f"flood {n}")
            taken += 1
        except TooManyAttempts:
            refused += 1
        if n % 100 == 0:
            form = replace(FORM, email=f"sam@group{n}.example", organisation=f"Group {n}")
            assert asking.send_inquiry(
                db, clock, form=form, source_key=f"elsewhere {n}", token=f"other {n}"
            ).receipt

    assert 0 < taken <= 10
    assert taken + refused == FLOOD
    with db.reading() as conn:
        kept = conn.scalar(select(func.count()).select_from(schema.inquiry))
    assert kept == taken + FLOOD // 100
