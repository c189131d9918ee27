"""Tables as files: every table on screen can be taken away as CSV, and the board's as XLSX."""

import csv
import secrets
from collections.abc import Callable
from contextvars import copy_context
from io import BytesIO, StringIO

import numpy as np
import pandas as pd
import streamlit as st
import xlsxwriter

from coalition.domain.ground.sheet_cells import csv_cell
from coalition.words import t

# With the byte-order mark Excel reads accents right on a double click; readers of UTF-8 skip it
# when told "utf-8-sig", which the manual says.
_MARK = b"\xef\xbb\xbf"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return ``frame`` as UTF-8 CSV with a byte-order mark, no cell of it a formula."""
    told = StringIO(newline="")
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow([csv_cell(heading) for heading in frame.columns])
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([csv_cell(cell) for cell in row])
    return _MARK + told.getvalue().encode("utf-8")


def csv_button(
    frame: pd.DataFrame | Callable[[], pd.DataFrame], name: str, *, key: str, label: str = ""
) -> None:
    """Offer ``frame`` as a CSV file.

    The file is made only when somebody asks for it. Streamlit serves it at an address made from
    the file's name and content, so a random part in the name keeps others from guessing it.

    Args:
        frame: What the screen shows, and no more: columns that the reader may not see must
            not be in it. Or what makes it, where the file holds more rows than the page.
        name: Stem of the file's name, in plain letters: ``board``, ``ballots-2026-014``.
        key: The widget's key, unlike any other on the page.
        label: What the button says, where another on the page offers another file.
    """
    st.download_button(
        label or t("Download as CSV"),
        _maker(frame, csv_bytes),
        file_name=f"{name}-{secrets.token_hex(6)}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=key,
    )


def xlsx_bytes(frame: pd.DataFrame) -> bytes:
    """Return ``frame`` as one sheet: headings in bold and kept in sight, no cell a formula."""
    told = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(told, plain) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(one) for one in frame.columns], book.add_format({"bold": True}))
        for place, row in enumerate(frame.itertuples(index=False, name=None), start=1):
            sheet.write_row(place, 0, [_cell(one) for one in row])
        sheet.autofit()
    return told.getvalue()


def xlsx_button(
    frame: pd.DataFrame | Callable[[], pd.DataFrame], name: str, *, key: str, label: str = ""
) -> None:
    """Offer the same as an Excel sheet; everything as ``csv_button``."""
    st.download_button(
        label or t("Download as XLSX"),
        _maker(frame, xlsx_bytes),
        file_name=f"{name}-{secrets.token_hex(6)}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=key,
    )


def all_buttons(whole: Callable[[], pd.DataFrame], name: str) -> None:
    """Offer everything as both kinds of file, beside a table that offers what the page shows."""
    with st.container(horizontal=True, gap="small"):
        csv_button(whole, name, key=f"csv-{name}", label=t("Download all as CSV"))
        xlsx_button(whole, name, key=f"xlsx-{name}", label=t("Download all as XLSX"))


def file_button(
    label: str,
    make: Callable[[], bytes],
    name: str,
    *,
    key: str,
    icon: str = ":material/attach_file:",
) -> None:
    """Offer a file, one that somebody attached or an archive, made only when it is asked for.

    Whatever it is, it is sent as plain bytes to be saved: no browser opens it in our name.
    """
    stem, _, ending = name.rpartition(".")
    st.download_button(
        label,
        make,
        file_name=f"{stem}-{secrets.token_hex(6)}.{ending}",
        mime="application/octet-stream",
        icon=icon,
        type="tertiary",
        on_click="ignore",
        key=key,
    )


def _maker(
    frame: pd.DataFrame | Callable[[], pd.DataFrame], write: Callable[[pd.DataFrame], bytes]
) -> Callable[[], bytes]:
    """Return what makes the file, in the language spoken where the button was drawn."""
    if isinstance(frame, pd.DataFrame):
        return lambda: write(frame)
    drawn = copy_context()
    return lambda: drawn.copy().run(lambda: write(frame()))


def _cell(value: object) -> object:
    """Return a cell as a sheet holds it: numbers as numbers, everything else as its words."""
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 (NaN alone is not itself)
        return ""
    return value.item() if isinstance(value, np.generic) else value
