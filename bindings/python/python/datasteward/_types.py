"""The report, part by part, as a type checker sees it. Every key is always there."""

from __future__ import annotations

from typing import Any, Literal, Optional, TypedDict

Outcome = Literal["pass", "fail", "not-applicable", "unknown"]
"""What was found about one of the ten items."""

Severity = Literal["error", "warning", "info"]
"""How much a finding matters."""


class Tool(TypedDict):
    """What made the report."""

    name: str
    version: str


class Document(TypedDict):
    """A document that was read; ``format`` is None when it could not be told."""

    name: str
    format: Optional[str]
    records: int


class FindingCounts(TypedDict):
    """Findings by severity."""

    error: int
    warning: int
    info: int


class Area(TypedDict):
    """One of the five areas; ``score`` is None when nothing in it could be judged."""

    score: Optional[float]
    passed: int
    applicable: int
    unknown: int


class Areas(TypedDict):
    """The five areas of the checklist."""

    consistency: Area
    accessibility: Area
    comprehensiveness: Area
    trustworthiness: Area
    interest: Area


class AcknowledgementState(TypedDict):
    """What was acknowledged, and what came of it."""

    rule: str
    dataset: Optional[str]
    field: Optional[str]
    path: Optional[str]
    reason: str
    role: Optional[str]
    expires: Optional[str]
    state: Literal["in-use", "in-part", "ended", "unused", "not-judged"]
    findings: int


class Summary(TypedDict):
    """The report in figures."""

    datasets: int
    findings: FindingCounts
    acknowledged: int
    areas: Areas
    owners: list[dict[str, Any]]
    portals: list[dict[str, Any]]
    acknowledgements: list[AcknowledgementState]


class Item(TypedDict):
    """One of the ten items of a dataset, with the rules that decided it."""

    item: str
    outcome: Outcome
    reason: Optional[str]
    rules: list[str]


class Dataset(TypedDict):
    """A dataset that was judged."""

    document: str
    pointer: Optional[str]
    line: Optional[int]
    id: Optional[str]
    title: Optional[str]
    owner: Optional[str]
    views: Optional[int]
    items: list[Item]
    areas: Areas


class Location(TypedDict):
    """A place in a document; lines and columns count from 1, offsets are bytes."""

    document: str
    pointer: Optional[str]
    line: Optional[int]
    column: Optional[int]
    start: Optional[int]
    end: Optional[int]


class Ratio(TypedDict):
    """How many of the things judged are at fault."""

    bad: int
    judged: int


class Edit(TypedDict):
    """Text to put in place of a range of the document."""

    start: int
    end: int
    text: str


class Fix(TypedDict):
    """How a finding can be mended without a person writing anything."""

    safety: str
    title: str
    patch: list[dict[str, Any]]
    edits: list[Edit]


class Acknowledgement(TypedDict):
    """Why a finding is known and stays."""

    reason: str
    role: Optional[str]
    expires: Optional[str]


class Finding(TypedDict):
    """Something a reader will stumble over. ``dataset`` is an index, None for a whole document."""

    rule: str
    code: str
    item: Optional[str]
    severity: Severity
    confidence: str
    dataset: Optional[int]
    message: str
    why: str
    how: str
    evidence: Optional[str]
    locations: list[Location]
    ratio: Optional[Ratio]
    fix: Optional[Fix]
    fingerprint: str
    acknowledged: Optional[Acknowledgement]


class ReportDict(TypedDict):
    """The whole report."""

    report_version: int
    tool: Tool
    as_of: Optional[str]
    profile: str
    documents: list[Document]
    summary: Summary
    datasets: list[Dataset]
    findings: list[Finding]


class FixTold(TypedDict, total=False):
    """A fix; ``why`` only where it is not in place: ``not-wanted``, ``overlapping`` or ``not-editable``."""

    rule: str
    code: str
    message: str
    title: str
    safety: str
    fingerprint: str
    why: str


class Fixed(TypedDict):
    """What came of fixing a document."""

    text: Optional[str]
    applied: list[FixTold]
    left: list[FixTold]
    refused: Optional[str]
