"""What attacks need: pages opened as anybody."""

import pytest

from coalition.ui import forms
from tests.pages.conftest import compiled_once, files, no_components, visit

__all__ = ["compiled_once", "files", "no_components", "same_tokens", "visit"]


@pytest.fixture
def same_tokens(monkeypatch):
    """Name the forms of two worlds alike: their tokens are made at random."""
    monkeypatch.setattr(forms, "token", lambda name: f"token of {name}")
