"""The Python door of the parity test: reads cases, answers with the engine's text for each.

Standard input holds ``[{"file", "verb", "options"}]``; standard output gets a list of strings.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import datasteward
from datasteward import _datasteward


def answer(case: dict[str, Any]) -> str:
    """The report of one file, or what was understood of it."""
    path = Path(case["file"])
    if case["verb"] == "check":
        return datasteward.check(path, **case["options"]).to_json()
    if case["verb"] == "check value":
        value = json.loads(path.read_bytes())
        return datasteward.check(value, **case["options"], name=case["file"]).to_json()
    document = (case["file"], path.read_bytes(), False)
    return _datasteward.inspect([document], json.dumps(case["options"]))


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
