"""Engines of one kind share what they compiled, as a server's only engine does.

SQLAlchemy compiles a statement once an engine. A test has an engine of its own, so that without
this every test compiles every statement anew, which takes a third of its time.
"""

import pytest
from sqlalchemy import Engine, create_engine

from coalition.store import database

_FIRST: dict[str, Engine] = {}  # of each kind


@pytest.fixture(scope="session", autouse=True)
def shared_compilations():
    """Give each new engine the dialect and the compiled statements of the first of its kind."""
    before = database.create_engine
    database.create_engine = _made
    yield
    database.create_engine = before


def _made(url, **options) -> Engine:
    engine = create_engine(url, **options)
    kind = engine.dialect.name
    first = _FIRST.get(kind)
    if first is None or first.dialect.server_version_info is None:  # it never met its database
        _FIRST[kind] = engine
    else:
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine
