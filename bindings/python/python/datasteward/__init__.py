"""Tells a data steward in plain English what a reader will stumble over in dataset metadata.

``check`` judges, ``inspect`` says what was understood, ``explain`` gives the page of a rule,
``rules`` lists them, ``render`` puts a report into a form for people. Each takes a path, JSON text,
bytes, or plain dicts and lists, and gives plain data back. Nothing is fetched and nothing written.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, Union, cast

from . import _datasteward
from ._datasteward import DataError, OptionError, __version__
from ._report import Report
from ._types import (
    Acknowledgement,
    AcknowledgementState,
    Area,
    Areas,
    Dataset,
    Document,
    Edit,
    Finding,
    FindingCounts,
    Fix,
    Fixed,
    FixTold,
    Item,
    Location,
    Outcome,
    Ratio,
    ReportDict,
    Severity,
    Summary,
    Tool,
)

__all__ = [
    "Acknowledgement",
    "AcknowledgementState",
    "Area",
    "Areas",
    "Data",
    "DataError",
    "Dataset",
    "Document",
    "Edit",
    "Finding",
    "FindingCounts",
    "Fix",
    "FixTold",
    "Fixed",
    "Input",
    "Item",
    "Location",
    "OptionError",
    "Outcome",
    "Ratio",
    "Report",
    "ReportDict",
    "Severity",
    "Summary",
    "Tool",
    "__version__",
    "check",
    "explain",
    "fix",
    "inspect",
    "render",
    "rules",
]

Input = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, Mapping[str, Any], Sequence[Any]]
"""What can be judged: a path, JSON text, bytes of a file, a record or catalogue as Python values, or a list
of paths, texts or bytes."""

Data = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview]
"""Data beside a record: the path of a file, or the bytes of one."""

_UNNAMED = "input"


def check(
    x: Input,
    *,
    as_of: str | datetime.date | None = None,
    profile: str | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
    acknowledge: Sequence[Mapping[str, str]] | None = None,
    name: str | None = None,
    data: Data | None = None,
) -> Report:
    """Judge metadata and return a :class:`Report`.

    :param x: a path; JSON text (a string that begins with ``{`` or ``[``); bytes; a dict; a list of dicts.
        A list of paths, texts or bytes is several documents in one report.
    :param as_of: the day to judge by, as a date or ``YYYY-MM-DD``; today when left out.
    :param profile: the set of rules and thresholds, ``la`` when left out.
    :param select: the rules to apply, by name or code; all when left out.
    :param ignore: rules to leave out, by name or code.
    :param severity: another severity for a rule: ``{"unit-missing": "info"}``.
    :param acknowledge: findings that are known and stay, each a dict with ``rule`` and ``reason`` and perhaps
        ``dataset``, ``field``, ``path``, ``role`` and ``expires``.
    :param name: what to call the one document in the report; the path when left out.
    :param data: the data that the one record describes: the path of a CSV, GeoJSON, Excel or Parquet file, which
        is read row by row, or its bytes. The record is held against what is counted in it.
    :raises FileNotFoundError: when there is no such file.
    :raises DataError: a ``ValueError``, for data that cannot be read, or that is given for several records.
    :raises OptionError: a ``ValueError``, for an option or a rule that is not known.
    """
    options = _options(as_of, profile, select, ignore, severity, acknowledge)
    documents = _documents(x, name)
    if data is None:
        return Report(_datasteward.check(documents, options))
    if isinstance(data, (bytes, bytearray, memoryview)):
        return Report(_datasteward.check_with_data(documents, options, "data", bytes(data)))
    path = os.fspath(data)
    if not os.path.exists(path):
        raise FileNotFoundError(f"There is no file {path!r} with data.")
    return Report(_datasteward.check_with_data(documents, options, path, None))


def inspect(
    x: Input,
    *,
    as_of: str | datetime.date | None = None,
    profile: str | None = None,
    name: str | None = None,
) -> list[dict[str, Any]]:
    """Say what was understood of each dataset: its fields with their places, and the judgements.

    Takes what :func:`check` takes; returns one dict a dataset.
    """
    options = _options(as_of, profile, None, None, None)
    answer = _datasteward.inspect(_documents(x, name), options)
    return cast("list[dict[str, Any]]", json.loads(answer))


def fix(
    x: Input,
    *,
    unsafe: bool = False,
    rules: Sequence[str] | None = None,
    as_of: str | datetime.date | None = None,
    profile: str | None = None,
    acknowledge: Sequence[Mapping[str, str]] | None = None,
    name: str | None = None,
) -> Fixed:
    """Put the safe fixes of findings into the text of one document; no file is changed.

    Takes what :func:`check` takes, but one document only. Every byte outside the fixes stays.

    :param unsafe: also those fixes that a person should read first.
    :param rules: only the fixes of these rules, by name or code.
    :return: a dict with ``text``, the new text, or None where nothing changed; ``applied`` and ``left``, the
        fixes; ``refused``, why nothing was changed after all, or None.
    """
    documents = _documents(x, name)
    if len(documents) != 1:
        raise TypeError("Fixes go into one document; these are several.")
    options = _options(as_of, profile, None, None, None, acknowledge)
    only = [rules] if isinstance(rules, str) else list(rules or [])
    return cast("Fixed", json.loads(_datasteward.fix(documents[0], options, unsafe, only)))


def explain(rule: str) -> dict[str, Any]:
    """Return a rule, by name or code, with its page."""
    return cast("dict[str, Any]", json.loads(_datasteward.explain(rule)))


def rules() -> list[dict[str, Any]]:
    """Return every rule."""
    return cast("list[dict[str, Any]]", json.loads(_datasteward.rules()))


def render(report: Report | ReportDict | str, form: str = "text") -> str:
    """Return a report, or its dict or JSON text, in another form.

    For people: ``text``, ``markdown``, ``html``, ``dashboard``, ``csv``, ``csv-datasets``, ``tracker``,
    ``statistics``. For other programs:
    ``json``, ``jsonl``, ``statistics-json``, ``sarif``, ``github``, ``gitlab``, ``junit``, ``dqv``, ``dqv-turtle``.
    """
    if isinstance(report, Report):
        text = report.to_json()
    elif isinstance(report, str):
        text = report
    else:
        text = json.dumps(report, ensure_ascii=False)
    return _datasteward.render(text, form)


def _options(
    as_of: str | datetime.date | None,
    profile: str | None,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    severity: Mapping[str, str] | None,
    acknowledge: Sequence[Mapping[str, str]] | None = None,
) -> str:
    """The options as the engine reads them; it never asks for the time, so the day is put in here."""
    options: dict[str, Any] = {"as_of": str(as_of if as_of is not None else datetime.date.today())}
    if isinstance(as_of, datetime.datetime):
        options["as_of"] = as_of.date().isoformat()
    if profile is not None:
        options["profile"] = profile
    for key, names in (("select", select), ("ignore", ignore)):
        if names is not None:
            options[key] = [names] if isinstance(names, str) else list(names)
    if severity is not None:
        options["severity"] = dict(severity)
    if acknowledge is not None:
        options["acknowledge"] = [{key: str(value) for key, value in one.items()} for one in acknowledge]
    return json.dumps(options)


def _documents(x: Input, name: str | None) -> list[tuple[str, bytes, bool]]:
    """One document, or one for each item of a list of paths, texts or bytes."""
    file = (str, os.PathLike, bytes, bytearray, memoryview)
    if isinstance(x, file) or not isinstance(x, Sequence):
        return [_document(x, name)]
    if not x or not all(isinstance(item, file) for item in x):
        return [_document(x, name)]
    if name is not None:
        raise TypeError("A name is for one document; these are several.")
    return [_document(cast(Input, item), None) for item in x]


def _document(x: Input, name: str | None) -> tuple[str, bytes, bool]:
    """Name, bytes, and whether the bytes were made here from a value in memory."""
    if isinstance(x, (bytes, bytearray, memoryview)):
        return name or _UNNAMED, bytes(x), False
    if isinstance(x, str) and x.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return name or _UNNAMED, x.encode("utf-8", "replace"), False
    if isinstance(x, (str, os.PathLike)):
        path = os.fspath(x)
        return name or path, _read(path), False
    if isinstance(x, (Mapping, Sequence)):
        text = json.dumps(x, ensure_ascii=False, allow_nan=False, default=_plain)
        return name or _UNNAMED, text.encode("utf-8", "replace"), True
    raise TypeError(
        f"Give a path, JSON text, bytes, a dict or a list; this is a {type(x).__name__}."
    )


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise FileNotFoundError(
            f"There is no file {path!r}. Text to be judged begins with {{ or [."
        ) from None
    except IsADirectoryError:
        raise IsADirectoryError(f"{path!r} is a folder; name one file in it.") from None


def _plain(value: object) -> object:
    """What JSON has no type for but metadata often holds."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"JSON cannot hold a {type(value).__name__}; turn it into text first.")
