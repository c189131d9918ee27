"""Choosing the press; each is loaded when it is first asked for, because they are heavy."""

from contextvars import copy_context
from enum import StrEnum
from importlib import import_module

from coalition.domain.insight.reports import Report
from coalition.words.speech import speak


class Form(StrEnum):
    """What a report can be taken away as; also the ending of its file."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"


def pressed(report: Report, form: Form) -> bytes:
    """Return ``report`` as a file; what the press itself says is in the report's language."""
    press = import_module(f"coalition.press.{form}").pressed
    apart = copy_context()
    apart.run(speak, report.language)
    file: bytes = apart.run(press, report)
    return file
