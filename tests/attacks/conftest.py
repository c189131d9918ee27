"""What attacks need: pages opened as anybody."""

from tests.pages.conftest import compiled_once, no_components, visit

__all__ = ["compiled_once", "no_components", "visit"]
