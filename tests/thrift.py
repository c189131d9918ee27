"""What a thousand tests need not do a thousand times."""

import gc

import bcrypt
import pytest
from sqlalchemy import Engine, create_engine

from coalition.store import database

_FIRST: dict[str, Engine] = {}  # of each kind of database
_SALT = bcrypt.gensalt
CHEAPEST = 4  # rounds as a power of two; twelve take a third of a second


def pytest_collection_finish() -> None:
    """Spare every later collection of garbage a walk over all modules and tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def shared_compilations():
    """Give each new engine the dialect and the compiled statements of the first of its kind.

    SQLAlchemy compiles a statement once an engine. A server has one engine; a test has one of its
    own, and would take a third of its time to compile every statement anew.
    """
    before = database.create_engine
    database.create_engine = _made
    yield
    database.create_engine = before


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes():
    """Salt passwords for the cheapest hash; what a hash costs is said in ``passwords.COST``."""
    bcrypt.gensalt = lambda _rounds=CHEAPEST, prefix=b"2b": _SALT(CHEAPEST, prefix)
    yield
    bcrypt.gensalt = _SALT


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
