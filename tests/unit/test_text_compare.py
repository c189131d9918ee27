"""Texts held against each other, where a mark of ours stands inside what people wrote."""

import pytest

from coalition.ui.deliberation.text_compare import inline

JOINER = "\u200c"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "At 10:30 go.",
            "At 10:45 go.",
            f"At 10\\:{JOINER}:orange-background[~~−\xa030~~] :blue-background[**+\xa045**] go.",
        ),
        ("Go :x smile: now", "Go :smile: now", f"Go \\:{JOINER}:orange-background[~~−\xa0x~~]"),
        ("See www.a.org/x", "See www.a.org/y", f"See www{JOINER}.a.org/:orange-background["),
        ("See https://a.org/x", "See https://a.org/y", f"See https:{JOINER}//a.org/:orange"),
    ],
)
def test_a_mark_of_ours_is_never_spoilt_by_the_words_beside_it(before, after, told):
    assert inline(before, after).startswith(told)


def test_an_indented_line_is_shown_as_a_line_and_not_as_code():
    told = inline(
        "Whereas:\n\n    nobody pays\n\tor asks", "Whereas:\n\n    nobody paid\n\tor asks"
    )
    assert not any(line.startswith((" ", "\t")) for line in told.split("\n"))


def test_a_picture_does_not_come_together_around_what_went():
    assert ":smile:" not in inline("Go :smile x: now", "Go :smile y: now")
    assert f"{JOINER}:" in inline("Go :smile x: now", "Go :smile y: now")
