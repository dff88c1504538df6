"""Small documents of our own, shared by the tests."""

from __future__ import annotations

from typing import Any

import pytest

HOSTILE = "<img src=x onerror=alert(1)></script>\u202e & \"quoted\""


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
