"""Tables on a page: what their columns hold when they are handed over to be drawn."""

import pandas as pd
import pyarrow as pa
import pytest

from coalition.ui import parts


@pytest.fixture
def drawn(monkeypatch):
    """Return what is handed to Streamlit for a table."""

    def of(frame):
        handed = []
        monkeypatch.setattr(parts.st, "table", lambda told, **_: handed.append(told))
        parts.table(frame)
        [told] = handed
        return told

    return of


def test_numbers_beside_a_dash_are_handed_over_as_words(drawn):
    told = drawn(pd.DataFrame([["One", 2, 0.25], ["Two", "–", "–"]], columns=["A", "B", "C"]))
    pa.Table.from_pandas(told)  # raises where a column mixes types
    assert told.to_numpy().tolist() == [["One", "2", "0.25"], ["Two", "–", "–"]]


def test_a_column_of_numbers_alone_stays_one(drawn):
    told = drawn(pd.DataFrame([["One", 2, 0.5], ["Two", 30, 1.0]], columns=["A", "B", "C"]))
    assert [pd.api.types.is_numeric_dtype(kind) for kind in told.dtypes] == [False, True, True]
    assert list(told["B"]) == [2, 30]


def test_words_and_headings_are_plain_text_and_an_empty_table_is_one(drawn):
    told = drawn(pd.DataFrame([["*One*", None]], columns=["*A*", "B"]))
    assert told.to_dict("list") == {r"\*A\*": [r"\*One\*"], "B": [None]}
    assert list(drawn(pd.DataFrame([], columns=["A", "B"]))) == ["A", "B"]
