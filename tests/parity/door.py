"""The Python door of the parity test: reads cases, answers with the engine's text for each.

Standard input holds ``[{"files", "verb", "options", "data"}]``; standard output gets a list of strings. Each report
is held against the schema on the way: the other doors must give the same bytes, so theirs are held too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import datasteward
from datasteward import _datasteward
from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).resolve().parents[2] / "schemas/report.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def answer(case: dict[str, Any]) -> str:
    """The report of some files, what was understood of them, or one of them mended."""
    paths = [Path(file) for file in case["files"]]
    documents = [(str(path), path.read_bytes(), False) for path in paths]
    options, day = json.dumps(case["options"]), case["options"]["as_of"]
    if case["verb"] == "inspect":
        text = _datasteward.inspect(documents, options)
        if datasteward.inspect(paths, as_of=day) != json.loads(text):
            raise SystemExit(f"{case['files']}: inspect gives other values than the engine.")
        return text
    if case["verb"] == "fix":
        text = _datasteward.fix(documents[0], options, True, [])
        if datasteward.fix(paths[0], unsafe=True, as_of=day) != json.loads(text):
            raise SystemExit(f"{case['files']}: fix gives other values than the engine.")
        return text
    if case["verb"] == "check value":
        [path] = paths
        value = json.loads(path.read_bytes())
        report = datasteward.check(value, **case["options"], name=str(path))
    elif case["data"] is not None:
        [path] = paths
        report = datasteward.check(path, **case["options"], data=case["data"])
    else:
        report = datasteward.check(paths if len(paths) > 1 else paths[0], **case["options"])
    for error in VALIDATOR.iter_errors(report.to_dict()):
        raise SystemExit(f"{case['files']}: the report is not as its schema says: {error}")
    return report.to_json()


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
