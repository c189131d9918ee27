"""``python -m coalition measures``: counts and groups in, measures of agreement out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coalition.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def measures(tmp_path, capsys):
    """Return a function that measures what is written to a file: exit code, output, error."""

    def measured(content) -> tuple[int, str, str]:
        path = tmp_path / "counts.json"
        given = content if isinstance(content, bytes | str) else json.dumps(content)
        path.write_bytes(given if isinstance(given, bytes) else given.encode())
        code = main(["measures", str(path)])
        return (code, *capsys.readouterr())

    return measured


def answer(said):
    code, out, err = said
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    return json.loads(out)


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ([0, 0, 10, 10], 0.67),
        ([1, 0, 0, 19], 0.80),
        ([3, 0, 0, 17], 0.40),
        ([10, 0, 0, 10], -1),
        ([5, 5, 5, 5], 0),
        ([0, 7, 0, 0], 1),
    ],
)
def test_agreement_meets_the_published_values(measures, counts, published):
    assert round(answer(measures({"counts": counts}))["agreement"], 2) == published


def test_counts_are_answered_with_three_indices(measures):
    assert answer(measures({"counts": [1, 0, 0, 3]})) == {"agreement": 0, "rice": 0.5, "hnr": 0.625}


def test_what_is_undefined_is_null(measures):
    nobody, aside = answer(measures([{"counts": [0, 0, 0, 0]}, {"counts": [0, 4, 0, 0]}]))
    assert nobody == {"agreement": None, "rice": None, "hnr": None}
    assert aside == {"agreement": 1, "rice": None, "hnr": 1}


def test_groups_are_answered_with_their_product_and_the_place_of_the_weakest(measures):
    groups = [{"agree": 3, "seen": 4}, {"agree": 0, "seen": 2}, {"agree": 0, "seen": 2}]
    assert answer(measures({"groups": groups})) == {
        "group_aware_consensus": pytest.approx(4 / 6 * 1 / 4 * 1 / 4),
        "weakest": 1,
    }


def test_of_no_group_none_is_weakest(measures):
    assert answer(measures({"groups": []})) == {"group_aware_consensus": 1.0, "weakest": None}


def test_one_entry_may_ask_for_both_and_hold_more(measures):
    asked = {"id": 7, "counts": [0, 0, 0, 1], "groups": [{"agree": 1, "seen": 1, "name": "x"}]}
    assert set(answer(measures(asked))) == {
        "agreement", "rice", "hnr", "group_aware_consensus", "weakest",
    }  # fmt: skip


def test_a_list_is_answered_with_a_list_in_its_order(measures):
    assert answer(measures([])) == []
    asked = [{"counts": [0, 0, 0, 1]}, {"groups": [{"agree": 0, "seen": 0}]}]
    assert [set(one) for one in answer(measures(asked))] == [
        {"agreement", "rice", "hnr"},
        {"group_aware_consensus", "weakest"},
    ]


def test_standard_input_is_read_for_a_dash():
    done = subprocess.run(
        [sys.executable, "-m", "coalition", "measures", "-"],
        input=b'{"counts": [10, 0, 0, 10]}',
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"agreement": -1, "rice": 0, "hnr": 0.25}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "counts: is missing"),
        ({"counts": {}}, "counts: must be a list"),
        ({"counts": [1, 2, 3]}, "counts: must hold four numbers"),
        ({"counts": [1, 2, 3, -1]}, "counts[3]: must be 0 or more"),
        ({"counts": [1, 2.0, 3, 1]}, "counts[1]: must be a whole number"),
        ({"counts": [True, 2, 3, 1]}, "counts[0]: must be a whole number"),
        ({"counts": None}, "counts: must be a list"),
        ({"groups": 3}, "groups: must be a list"),
        ({"groups": [3]}, "groups[0]: must be an object"),
        ({"groups": [{"agree": 1, "seen": 2}, {"agree": 1}]}, "groups[1].seen: is missing"),
        ({"groups": [{"agree": 3, "seen": 2}]}, "groups[0].agree: must not be above seen"),
        ({"groups": [{"agree": 10**101, "seen": 2}]}, "groups[0].agree: is too large"),
        ("3", "entry: must be an object"),
        ([{"counts": [0, 0, 0, 0]}, {"counts": []}], "entry 2: counts: must hold four numbers"),
        ('{"counts": [], "counts": []}', "counts: stands twice"),
        ('{"counts": [NaN, 0, 0, 0]}', "NaN is not a number"),
        ("{", "not JSON"),
        (b"\xff\xfe{", "not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_malformed_is_named_on_one_line_and_nothing_is_computed(measures, content, said):
    code, out, err = measures(content)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("measures: ")
    assert said in err


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["measures", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_command_reads_in_neither_database_nor_screens_to_measure():
    told = (
        "import sys; from coalition.__main__ import main; main(['measures', 'none.json']);"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    read_in = set(done.stdout.split())
    assert "coalition.cli.measures" in read_in
    assert not {"sqlalchemy", "streamlit", "typst"} & read_in
