"""``python -m coalition decide``: one case or a list in, one JSON object a line out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coalition.__main__ import main

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "decisions.json"
CASE = {
    "id": "one",
    "eligible": 10,
    "ballots": {"support": 5, "object": 1},
    "rule": {
        "approval": {"num": 2, "den": 3, "of": ["support", "support_with_reservations", "object"]}
    },
    "why": "ignored",
}


@pytest.fixture
def decide(tmp_path, capsys):
    """Return a function that decides what is written to a file: exit code, output, error."""

    def decided(content) -> tuple[int, str, str]:
        path = tmp_path / "cases.json"
        given = content if isinstance(content, bytes | str) else json.dumps(content)
        path.write_bytes(given if isinstance(given, bytes) else given.encode())
        code = main(["decide", str(path)])
        return (code, *capsys.readouterr())

    return decided


def test_the_published_cases_are_answered_in_their_order(decide) -> None:
    code, out, err = decide(CASES.read_bytes())

    published = json.loads(CASES.read_text())
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [answer["id"] for answer in answers] == [case["id"] for case in published]
    assert [{key: answer[key] for key in ("quorum_met", "outcome")} for answer in answers] == [
        case["expected"] for case in published
    ]


def test_one_case_is_one_line_with_the_five_members_of_the_contract(decide) -> None:
    code, out, _ = decide(CASE)

    assert code == 0
    assert out.count("\n") == 1
    assert json.loads(out) == {
        "id": "one",
        "quorum_met": True,
        "outcome": "adopted",
        "explanation": "5 of 6 votes cast support it, 4 needed",
        "still_needed": {"supports": 0, "objections": 0, "ballots": 0},
    }


def test_standard_input_is_read_for_a_dash() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coalition", "decide", "-"],
        input=json.dumps([CASE, {**CASE, "id": 2}]).encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["one", 2]


def test_an_empty_list_has_no_answer_and_no_fault(decide) -> None:
    assert decide([]) == (0, "", "")


def test_a_case_without_a_name_is_answered_as_nameless(decide) -> None:
    _, out, _ = decide({key: part for key, part in CASE.items() if key != "id"})

    assert json.loads(out)["id"] is None


def test_a_name_of_any_letters_is_given_back_as_it_came(decide) -> None:
    name = "asamblea \N{LATIN SMALL LETTER N WITH TILDE} \ud800\n"
    _, out, _ = decide({**CASE, "id": name})

    assert json.loads(out)["id"] == name
    assert out.isascii()
    assert out.count("\n") == 1


def test_a_file_with_a_byte_order_mark_is_read(decide) -> None:
    code, out, _ = decide(b"\xef\xbb\xbf" + json.dumps(CASE).encode())

    assert (code, json.loads(out)["id"]) == (0, "one")


def test_numbers_beyond_any_machine_word_stay_exact(decide) -> None:
    eligible = 3 * 10**40
    rule = {"approval": {"num": 2, "den": 3, "of": "roll"}}
    short = {"eligible": eligible, "ballots": {"support": 2 * 10**40 - 1}, "rule": rule}

    _, out, _ = decide(short)

    answer = json.loads(out)
    assert (answer["outcome"], answer["still_needed"]["supports"]) == ("not_adopted", 1)


def nested(depth) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({**CASE, "rule": {"approvals": {}}}, "rule.approvals"),
        ({**CASE, "rule": {"approval": {"num": 1, "den": 0, "of": "base"}}}, "rule.approval.den"),
        ({**CASE, "rule": {"approval": {"num": 1, "den": 2, "of": "base", "x": 1}}},
         "rule.approval.x"),
        ({**CASE, "rule": {"window_hours": 1.5}}, "rule.window_hours"),
        ({**CASE, "rule": {"max_objections": True}}, "rule.max_objections"),
        ({**CASE, "rule": None}, "rule"),
        ({**CASE, "eligible": 5}, "ballots"),
        ({**CASE, "eligible": -1}, "eligible"),
        ({**CASE, "eligible": 10**101}, "eligible"),
        ({**CASE, "ballots": {"yes": 1}}, "ballots.yes"),
        ({**CASE, "ballots": {"support": True}}, "ballots.support"),
        ({**CASE, "objections_without_reason": 2}, "objections_without_reason"),
        ({**CASE, "id": {"a": 1}}, "id"),
        ({key: part for key, part in CASE.items() if key != "rule"}, "rule"),
        ({key: part for key, part in CASE.items() if key != "ballots"}, "ballots"),
        ("3", "case"),
        ("null", "case"),
        ('{"eligible": 1, "eligible": 2, "ballots": {}, "rule": {}}', "eligible"),
        ('{"eligible": NaN, "ballots": {}, "rule": {}}', "NaN"),
        ('{"eligible": 1e400, "ballots": {}, "rule": {}}', "eligible"),
        ('{"eligible": ' + "9" * 5000 + ', "ballots": {}, "rule": {}}', "number"),
        ("", "JSON"),
        ("{", "JSON"),
        ("[1,]", "JSON"),
        (nested(100_000), "nested"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
    ],
)  # fmt: skip
def test_a_malformed_case_is_named_on_one_line_and_nothing_is_evaluated(
    decide, content, named
) -> None:
    code, out, err = decide(content)

    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert named in err


def test_one_malformed_case_in_a_list_keeps_the_others_from_being_evaluated(decide) -> None:
    code, out, err = decide([CASE, {**CASE, "rule": {"quorum": {"num": 1}}}, CASE])

    assert (code, out) == (2, "")
    assert err == "decide: case 2: rule.quorum.den: is missing\n"


def test_a_field_s_name_cannot_break_the_line_or_reach_the_terminal(decide) -> None:
    code, _, err = decide({**CASE, "rule": {"a\nb\x1b[31m\u202e": 1}})

    assert code == 2
    assert err.count("\n") == 1
    assert err.isascii()
    assert "\x1b" not in err


@pytest.mark.parametrize("name", ["missing.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(name, tmp_path, capsys) -> None:
    code = main(["decide", str(tmp_path / name)])

    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "cannot be read" in err
