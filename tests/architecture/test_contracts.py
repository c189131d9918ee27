"""The import contracts of pyproject.toml hold, and each of them would notice its breach."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

# A file with its forbidden import, for each contract.
BREACHES = {
    "floors": ("coalition/domain/ground/breach.py", "import coalition.services.ground"),
    "wings": ("coalition/domain/ground/breach_wings.py", "import coalition.domain.people"),
    "rules-have-a-wing": ("coalition/services/homeless.py", ""),
    "ground-below-all": ("coalition/store/ground/breach.py", "import coalition.domain.people"),
    "people-below-deliberation": (
        "coalition/store/people/breach.py",
        "import coalition.domain.deliberation",
    ),
    "deliberation-below-discussion": (
        "coalition/store/deliberation/breach_discussion.py",
        "import coalition.domain.discussion",
    ),
    "effect-below-insight": (
        "coalition/store/effect/breach.py",
        "import coalition.domain.insight",
    ),
    "insight-below-table": (
        "coalition/store/insight/breach.py",
        "import coalition.domain.table",
    ),
    "notices-below-table": (
        "coalition/store/notices/breach.py",
        "import coalition.domain.table",
    ),
    "pages-on-top": ("coalition/ui/breach_page.py", "import pages.breach"),
    "rulebook-is-pure": ("coalition/domain/people/breach.py", "import random"),
    "one-sql-speaker": ("coalition/services/people/breach.py", "import sqlalchemy"),
    "rows-stay-inside": ("coalition/ui/breach_store.py", "import coalition.store.schema"),
    "no-screen-below-ui": ("coalition/services/table/breach.py", "import streamlit"),
    "one-neighbour-of-the-login": ("coalition/ui/breach.py", "import streamlit_authenticator"),
    "press-asks-nobody": ("coalition/press/breach.py", "import coalition.services.ground"),
    "no-circles": (
        "coalition/services/ground/breach.py",
        "import coalition.services.people.breach_back",
    ),
}
OTHER_HALVES = {
    "pages/breach.py": "",
    "coalition/services/people/breach_back.py": "import coalition.services.ground.breach",
}


def declared() -> dict[str, str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {c["id"]: c["name"] for c in settings["tool"]["importlinter"]["contracts"]}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_go_down_the_stairs() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def broken_house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the house with one breach of every contract, as the linter sees it."""
    copy = tmp_path_factory.mktemp("house")
    for name in ("coalition", "pages"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for path, text in [*BREACHES.values(), *OTHER_HALVES.items()]:
        (copy / path).write_text(f"{text}\n")
    return lint(copy).stdout


@pytest.mark.parametrize("contract", declared())
def test_each_contract_notices_its_breach(contract: str, broken_house: str) -> None:
    assert re.search(rf"{re.escape(declared()[contract])}\s+BROKEN", broken_house), broken_house
