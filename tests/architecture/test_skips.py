"""What a machine lacks is skipped by name; a CI that lacks it fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coalition.settings import ROOT

JOURNEYS = """
import pytest

@pytest.mark.browser
def test_in_the_browser(): pass

@pytest.mark.postgres
def test_on_postgres(): pass

@pytest.mark.postgres
def test_that_finds_out_late(): pytest.skip("no server answers")

@pytest.mark.sweep
def test_every_theme(): pass

def test_with_neither(): pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_journeys.py").write_text(JOURNEYS)
    return tmp_path


def run(suite: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("CI", "COALITION", "PYTEST"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--noconftest", "-p", "tests.means", *options],
        cwd=suite,
        env=bare | {"CHROMIUM": "no-such-browser", "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_them_skips_by_name_and_passes(suite: Path) -> None:
    result = run(suite)

    assert result.returncode == 0, result.stdout
    assert "1 passed, 3 skipped, 1 deselected" in result.stdout
    assert "browser: no Chromium found" in result.stdout
    assert "postgres: COALITION_TEST_POSTGRES_URL is not set" in result.stdout


def test_a_ci_without_them_fails(suite: Path) -> None:
    result = run(suite, CI="true")

    assert "3 failed" in result.stdout or "3 errors" in result.stdout, result.stdout


def test_a_ci_fails_where_a_test_skips_itself(suite: Path) -> None:
    result = run(
        suite, CI="true", CHROMIUM=sys.executable, COALITION_TEST_POSTGRES_URL="postgresql://x"
    )

    assert "1 failed" in result.stdout, result.stdout
    assert "with CI=true this may not be skipped: no server answers" in result.stdout


def test_the_wide_sweep_runs_only_when_it_is_asked_for(suite: Path) -> None:
    assert "1 passed" in run(suite, "-m", "sweep").stdout
