"""A process that serves has loaded every screen before anybody comes."""

import json
import subprocess
import sys

from tests.conftest import ROOT

ASKED = """
import gc, json, sys
from coalition.ui import warming
warming.warm()
print(json.dumps([sorted(sys.modules), gc.get_freeze_count()]))
"""


def test_every_screen_is_loaded_once_for_all_and_without_a_word():
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded, kept = json.loads(done.stdout)
    files = (ROOT / "coalition" / "ui").rglob("*.py")
    screens = {".".join(one.relative_to(ROOT).with_suffix("").parts) for one in files}
    names = {name.removesuffix(".__init__") for name in screens}
    assert names - set(loaded) == {"coalition.ui.script"}
    assert kept > 100_000  # objects that the collector passes over
    assert not done.stderr
