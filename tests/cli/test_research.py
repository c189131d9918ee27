"""``python -m coalition research FILE.zip``: the archive as a convener sees it."""

import stat
from zipfile import ZipFile

from coalition.domain.deliberation.rounds import Results
from coalition.services.insight.research import research
from tests.builders import QUICK, a_ballot, a_round, a_table


def test_the_file_holds_what_a_convener_takes_away(own, clock, command, tmp_path, monkeypatch):
    convener, delegates = a_table(own)
    monkeypatch.setattr("coalition.wiring.clock", clock)
    for results, stance in ((Results.OPEN, "support"), (Results.HIDDEN, "object")):
        this = a_round(own, clock, convener, rule=QUICK, results=results)
        a_ballot(own, clock, delegates[0], this, stance)
    path = tmp_path / "table.zip"
    said = command("research", str(path))
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{path}: {path.stat().st_size:,} bytes.\n"
    assert path.read_bytes() == research(own, actor=convener, now=clock())
    ballots = ZipFile(path).read("ballots.csv").decode()
    assert ",support," in ballots
    assert ",object," not in ballots
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_left_alone(own, command, tmp_path):
    path = tmp_path / "table.zip"
    path.write_text("mine")
    said = command("research", str(path))
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{path}: cannot be written: File exists\n"
    assert path.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(own, command, tmp_path):
    said = command("research", str(tmp_path / "none" / "table.zip"))
    assert said.code == 2
    assert "cannot be written" in said.err
