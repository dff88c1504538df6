"""Not run: what a type checker must understand of the public functions."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Optional

import datasteward
from datasteward import Finding, Report

report: Report = datasteward.check(
    Path("data.json"),
    as_of=datetime.date(2026, 11, 25),
    profile="la",
    select=["C3"],
    ignore=["unit-missing"],
    severity={"refresh-overdue": "info"},
)
findings: list[Finding] = report.findings
first: Finding = findings[0]
line: Optional[int] = first["locations"][0]["line"]
score: Optional[float] = report.summary["areas"]["consistency"]["score"]
outcomes: list[str] = [item["outcome"] for item in report.datasets[0]["items"]]
text: str = datasteward.render(report, "html") + report.to_json() + str(report)
pages: list[str] = [str(datasteward.explain(rule["id"])) for rule in datasteward.rules()]
understood: list[dict[str, object]] = list(datasteward.inspect({"title": "Street trees"}))
datasteward.check(b"{}", as_of="2026-11-25")
datasteward.check([{"title": "Street trees"}])
datasteward.check({"title": "Street trees"}, data=b"a\n1\n")
datasteward.check(Path("data.json"), data=Path("data.csv"))
datasteward.check(7)  # type: ignore[arg-type]
datasteward.check("{}", today="2026-11-25")  # type: ignore[call-arg]
