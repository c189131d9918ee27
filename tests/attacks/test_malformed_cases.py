"""``decide`` answers anything at all with verdicts or one line, never with a traceback."""

import copy
import io
import json
import random
import sys

from coalition.cli import decide
from coalition.cli.reading import MALFORMED
from tests.conftest import ROOT

ROUNDS = 2_000
ODD = (
    None, True, False, 0, -1, 1, 2**63, -(2**70), 1.5, 1e308, "", "x", "\x00", "\u202e", [], {},
    [[]], {"num": 1}, {"num": 1, "den": 0}, {"num": "1", "den": 2}, "roll", ["support"], 10**30,
    {"num": 10**40, "den": 3, "of": "roll"}, {"num": 1, "den": 2, "of": []}, "not_counted",
)  # fmt: skip


def _places(value, path=()):
    yield path
    if not isinstance(value, dict | list):
        return
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _places(child, (*path, key))


def _broken(case, chance):
    """Return the case with one to three of its places changed, dropped, doubled or renamed."""
    case = copy.deepcopy(case)
    for _ in range(chance.randint(1, 3)):
        *way, last = chance.choice([one for one in _places(case) if one] or [("id",)])
        inner = case
        for key in way:
            inner = inner[key]
        if last not in inner and isinstance(inner, dict):
            continue
        deed = chance.randrange(4)
        if deed == 0 and isinstance(inner, dict):
            inner.pop(last, None)
        elif deed == 1 and isinstance(inner, dict):
            inner[chance.choice(["", "id", "rule", "Quorum", "\ud800", "num"])] = inner.pop(last)
        else:
            inner[last] = copy.deepcopy(chance.choice(ODD))
    return case


def _garbled(text, chance):
    """Return the bytes of a text with a few of them changed."""
    raw = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(chance.randint(1, 4)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def test_two_thousand_malformed_cases_never_trace_back(monkeypatch, capsys):
    cases = json.loads((ROOT / "tests/cases/decisions.json").read_text(encoding="utf-8"))
    cases = cases["cases"] if isinstance(cases, dict) else cases
    chance = random.Random(2026)
    codes = set()
    for number in range(ROUNDS):
        broken = _broken(chance.choice(cases), chance)
        text = json.dumps(broken if number % 3 else [broken, broken])
        given = _garbled(text, chance) if number % 4 == 0 else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        code = decide.run(type("Args", (), {"file": "-"}))
        said = capsys.readouterr()
        codes.add(code)
        assert code in {decide.EVALUATED, MALFORMED}
        if code == MALFORMED:
            assert said.out == ""
            assert said.err.startswith("decide: ")
            assert said.err.count("\n") == 1
            assert said.err.isprintable() or said.err[:-1].isprintable(), said.err
        else:
            assert said.err == ""
            assert all(json.loads(line)["outcome"] for line in said.out.splitlines())
    assert codes == {decide.EVALUATED, MALFORMED}


def test_absurd_shapes_of_json_are_one_line_too(monkeypatch, capsys):
    shapes = [b"", b"\xff", b"[" * 100_000, b'{"a":' * 50_000, b"1" * 10_000, b"NaN", b"[1e999]"]
    shapes += [b'{"id":1,"id":2}', b"\xef\xbb\xbf[]x", b"null", b'"\\ud800"', b'[{"id":"\\ud800"}]']
    for given in shapes:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        assert decide.run(type("Args", (), {"file": "-"})) == MALFORMED, given[:20]
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
