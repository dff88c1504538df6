"""What ``check`` returns: the engine's report, as text, as plain data, and in a notebook."""

from __future__ import annotations

import json
from typing import cast

from . import _datasteward
from ._types import Dataset, Document, Finding, ReportDict, Summary


class Report:
    """A report. Its parts are plain lists and dicts; ``print`` it for text made for people."""

    __slots__ = ("_data", "_text")

    def __init__(self, text: str) -> None:
        """Take a report's JSON text as ``to_json`` gives it."""
        self._text = text
        self._data: ReportDict | None = None

    def _parts(self) -> ReportDict:
        if self._data is None:
            self._data = self.to_dict()
        return self._data

    @property
    def findings(self) -> list[Finding]:
        """What a reader will stumble over, in the order of the datasets and of the checklist."""
        return self._parts()["findings"]

    @property
    def summary(self) -> Summary:
        """How many datasets and findings, the five areas, and the owners."""
        return self._parts()["summary"]

    @property
    def datasets(self) -> list[Dataset]:
        """Each dataset with the outcome of its ten items."""
        return self._parts()["datasets"]

    @property
    def documents(self) -> list[Document]:
        """Each document with its format and the number of its records."""
        return self._parts()["documents"]

    def to_dict(self) -> ReportDict:
        """The whole report as a new dict."""
        return cast("ReportDict", json.loads(self._text))

    def to_json(self) -> str:
        """The whole report as JSON text, the same to the byte through every door of datasteward."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Report) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[type[Report], tuple[str]]:
        return Report, (self._text,)

    def __str__(self) -> str:
        return _datasteward.render(self._text, "text")

    def __repr__(self) -> str:
        counts = self.summary["findings"]
        return (
            f"<{_count(self.summary['datasets'], 'dataset')} judged: "
            f"{_count(counts['error'], 'error')}, {_count(counts['warning'], 'warning')}, "
            f"{_count(counts['info'], 'note')}.>"
        )

    def _repr_html_(self) -> str:
        return _datasteward.render(self._text, "html")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
