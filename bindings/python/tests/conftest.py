"""Small documents of our own, shared by the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import datasteward
import pytest
from jsonschema import Draft202012Validator

HOSTILE = "</script <img src=x onerror=alert(1) \u202e & \"quoted\""
"""Never closed, so that it is not taken for web-page code and left out of the title."""

SCHEMA = Path(__file__).resolve().parents[3] / "schemas/report.schema.json"


@pytest.fixture(autouse=True)
def _every_report_is_as_its_schema_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds each report that a test makes against the schema."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    check = datasteward.check

    def checked(*arguments: Any, **options: Any) -> datasteward.Report:
        report = check(*arguments, **options)
        validator.validate(report.to_dict())
        return report

    monkeypatch.setattr(datasteward, "check", checked)


@pytest.fixture
def catalog() -> dict[str, Any]:
    """A catalogue with a dataset that leaves nearly everything open, and one with a hostile title."""
    return {
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [
            {"@type": "dcat:Dataset", "identifier": "trees-1", "title": "Street trees", "accessLevel": "public"},
            {"@type": "dcat:Dataset", "identifier": "trees-2", "title": HOSTILE, "accessLevel": "public"},
        ],
    }
