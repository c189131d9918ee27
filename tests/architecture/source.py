"""The project's files as the house rules read them."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath

from tests.conftest import ROOT

UNREAD = {".git", ".venv", ".hypothesis", "build", "__pycache__"}
TEXTS = {".py", ".md", ".csv", ".json", ".toml", ".css", ".js", ".po", ".yml", ".yaml", ".sh", ""}


@dataclass(frozen=True)
class Source:
    """One Python file, by its path from the project's root."""

    path: PurePosixPath
    text: str
    tree: ast.Module = field(repr=False)

    def is_under(self, *parents: str) -> bool:
        return any(
            self.path == PurePosixPath(p) or PurePosixPath(p) in self.path.parents for p in parents
        )

    @property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """Return the functions on the file's top level by name."""
        return {n.name: n for n in self.tree.body if isinstance(n, ast.FunctionDef)}


def source(path: str, text: str) -> Source:
    return Source(PurePosixPath(path), text, ast.parse(text))


@cache
def code() -> tuple[Source, ...]:
    """Return the product: app.py, pages and coalition, without tests."""
    paths = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "coalition").rglob("*.py")]
    return tuple(
        source(path.relative_to(ROOT).as_posix(), path.read_text())
        for path in sorted(paths)
        if path.exists()
    )


def file_of(module: str) -> Source | None:
    """Return the file of the product that holds ``module``, if there is one."""
    path = PurePosixPath(module.replace(".", "/"))
    homes = {path.with_suffix(".py"), path / "__init__.py"}
    return next((file for file in code() if file.path in homes), None)


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Return path and text of every text file that is the project's own."""
    found = []
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        hidden_cache = any(part in UNREAD or part.endswith("_cache") for part in inside.parts)
        if hidden_cache or not path.is_file() or path.suffix not in TEXTS:
            continue
        try:
            found.append((inside.as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a sample in a wrong encoding, kept for a test
    return tuple(found)


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for a name or a chain of attributes, else the last part alone."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
