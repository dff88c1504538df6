"""`check` and its relatives: what they take, what they give, how they refuse."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import datasteward
from conftest import HOSTILE
from datasteward import _datasteward

DAY = "2026-11-25"


def test_gives_ten_items_for_every_dataset(catalog: dict[str, Any]) -> None:
    report = datasteward.check(catalog, as_of=DAY)
    assert [dataset["title"] for dataset in report.datasets] == ["Street trees", HOSTILE]
    for dataset in report.datasets:
        assert [item["item"] for item in dataset["items"]] == [
            "C1", "C2", "C3", "A4", "M5", "M6", "T7", "T8", "I9", "I10",
        ]  # fmt: skip


def test_finds_that_a_description_is_missing(catalog: dict[str, Any]) -> None:
    report = datasteward.check(catalog, as_of=DAY)
    found = [finding for finding in report.findings if finding["rule"] == "missing-description"]
    assert sorted(finding["dataset"] or 0 for finding in found) == [0, 1]
    assert all(finding["message"] and finding["why"] and finding["how"] for finding in found)


def test_reads_a_path_text_and_bytes_alike(catalog: dict[str, Any], tmp_path: Path) -> None:
    text = json.dumps(catalog, indent=1)
    path = tmp_path / "data.json"
    path.write_text(text, encoding="utf-8")
    reports = [
        datasteward.check(x, as_of=DAY, name="data.json")
        for x in (path, str(path), text, "\n " + text, text.encode(), bytearray(text.encode()))
    ]
    messages = [[finding["message"] for finding in report.findings] for report in reports]
    assert messages[0]
    assert all(other == messages[0] for other in messages)
    assert reports[0] == reports[1] == reports[2] == reports[4] == reports[5]


def test_calls_a_document_by_its_path(catalog: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(catalog), encoding="utf-8")
    assert datasteward.check(path).documents[0]["name"] == str(path)
    assert datasteward.check(catalog).documents[0]["name"] == "input"


def test_takes_several_documents(catalog: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(catalog), encoding="utf-8")
    report = datasteward.check([path, json.dumps(catalog), b"{"], as_of=DAY)
    assert [document["name"] for document in report.documents] == [str(path), "input", "input"]
    assert len(report.datasets) == 4
    with pytest.raises(TypeError, match="these are several"):
        datasteward.check([path, path], name="data.json")


def test_gives_no_lines_for_values_made_in_memory(catalog: dict[str, Any]) -> None:
    places = [place for finding in datasteward.check(catalog).findings for place in finding["locations"]]
    assert places
    assert all(place["line"] is None and place["start"] is None for place in places)
    assert any(place["pointer"] for place in places)


def test_takes_a_list_of_records(catalog: dict[str, Any]) -> None:
    records = [{"title": "Street trees", "description": "Trees along streets", "columns": []}]
    assert isinstance(datasteward.check(records).findings, list)


def test_takes_dates_inside_values(catalog: dict[str, Any]) -> None:
    catalog["dataset"][0]["modified"] = datetime.date(2026, 1, 2)
    assert len(datasteward.check(catalog).datasets) == 2


def test_reports_an_unreadable_document_as_a_finding() -> None:
    report = datasteward.check('{"title": ', as_of=DAY)
    assert [finding["rule"] for finding in report.findings] == ["document-unreadable"]
    assert report.findings[0]["locations"][0]["line"] == 1


@pytest.mark.parametrize("broken", [b"", b"\xff\xfe\x00", b"<html></html>", b"\x00" * 100, b"[" * 10_000])
def test_answers_in_words_to_what_is_no_metadata(broken: bytes) -> None:
    report = datasteward.check(broken, as_of=DAY)
    assert report.findings[0]["message"]


def test_names_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError, match="There is no file 'no/such.json'"):
        datasteward.check("no/such.json")


def test_says_that_a_folder_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError, match="is a folder"):
        datasteward.check(tmp_path)


def test_refuses_what_cannot_be_metadata() -> None:
    with pytest.raises(TypeError, match="this is a int"):
        datasteward.check(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="JSON cannot hold a complex"):
        datasteward.check({"title": 1j})
    with pytest.raises(ValueError):
        datasteward.check({"title": float("nan")})


def test_refuses_an_unknown_option_with_its_own_error() -> None:
    with pytest.raises(datasteward.OptionError):
        _datasteward.check([("a", b"{}", False)], '{"as_off": "2026-11-25"}')
    assert issubclass(datasteward.OptionError, ValueError)


def test_refuses_an_unknown_rule_and_an_unknown_form(catalog: dict[str, Any]) -> None:
    with pytest.raises(datasteward.OptionError, match="no-such-rule"):
        datasteward.explain("no-such-rule")
    with pytest.raises(datasteward.OptionError, match="hologram"):
        datasteward.render(datasteward.check(catalog), "hologram")


def test_judges_by_the_day_it_is_given() -> None:
    day = datetime.date(2020, 2, 3)
    assert datasteward.check("{}", as_of=day).to_dict()["as_of"] == "2020-02-03"
    assert datasteward.check("{}", as_of=datetime.datetime(2020, 2, 3, 4)).to_dict()["as_of"] == "2020-02-03"


def test_judges_by_today_when_no_day_is_given() -> None:
    before = datetime.date.today().isoformat()
    used = datasteward.check("{}").to_dict()["as_of"]
    assert used is not None and before <= used <= datetime.date.today().isoformat()


def test_inspect_says_what_was_understood(catalog: dict[str, Any]) -> None:
    understood = datasteward.inspect(json.dumps(catalog), as_of=DAY)
    assert understood
    assert {"file", "line", "pointer", "format", "dataset", "judgements", "columns"} <= set(understood[0])


def test_lists_rules_that_can_each_be_explained() -> None:
    listed = datasteward.rules()
    assert len({rule["code"] for rule in listed}) == len(listed) > 0
    assert datasteward.explain("missing-description")["code"].startswith("C2-")


def test_report_is_plain_data_that_can_be_kept(catalog: dict[str, Any]) -> None:
    report = datasteward.check(catalog, as_of=DAY)
    assert json.loads(report.to_json()) == report.to_dict()
    assert pickle.loads(pickle.dumps(report)) == copy.copy(report) == report
    whole = report.to_dict()
    whole["findings"].clear()
    assert report.findings


def test_report_reads_well(catalog: dict[str, Any]) -> None:
    report = datasteward.check(catalog, as_of=DAY)
    assert repr(report).startswith("<2 datasets judged: ")
    assert "Street trees" in str(report)
    assert datasteward.render(report) == datasteward.render(report.to_dict()) == str(report)
    lines = datasteward.render(report, "jsonl").splitlines()
    assert [json.loads(line)["type"] for line in lines][0] == "report"
    assert json.loads(datasteward.render(report, "sarif"))["version"] == "2.1.0"


def test_notebook_form_is_escaped(catalog: dict[str, Any]) -> None:
    html = datasteward.check(catalog, as_of=DAY)._repr_html_()
    assert "Street trees" in html
    assert "<img" not in html and "</script" not in html
    assert "&lt;img" in html


def test_other_threads_go_on_while_the_engine_works(catalog: dict[str, Any]) -> None:
    record = catalog["dataset"][0]
    catalog["dataset"] = [{**record, "identifier": f"trees-{n}"} for n in range(20_000)]
    document = [("data.json", json.dumps(catalog).encode(), False)]
    span: list[float] = []

    def work() -> None:
        span.append(time.perf_counter())
        _datasteward.check(document, "")
        span.append(time.perf_counter())

    thread = threading.Thread(target=work)
    ticks: list[float] = []
    thread.start()
    while thread.is_alive():
        ticks.append(time.perf_counter())
        time.sleep(0.001)
    start, end = span
    quarter = (end - start) / 4
    assert [tick for tick in ticks if start + quarter < tick < end - quarter]


def test_puts_fixes_into_a_text_and_leaves_the_rest() -> None:
    text = '{"datasteward": "1",  "id": "m", "title": "The city\u00e2\u20ac\u2122s maps", "keywords": ["a; b", "c, d, e, f, g"]}'
    fixed = datasteward.fix(text, as_of=DAY)
    wanted = text.replace("\u00e2\u20ac\u2122", "\u2019")
    assert fixed["text"] == wanted
    assert [one["rule"] for one in fixed["applied"]] == ["garbled-characters"]
    assert [(one["rule"], one["why"]) for one in fixed["left"]] == [
        ("missing-description", "not-wanted"),
        ("keywords-joined", "not-wanted"),
    ]
    every = datasteward.fix(text, unsafe=True, rules=["C2-10"], as_of=DAY)
    assert every["text"] == text.replace('"a; b", "c, d, e, f, g"', '"a", "b", "c", "d", "e", "f", "g"')
    assert datasteward.fix(wanted, as_of=DAY)["text"] is None
    with pytest.raises(datasteward.OptionError, match="garbled-characters"):
        datasteward.fix(text, rules=["garbled-character"])
    with pytest.raises(TypeError):
        datasteward.fix([b"{}", b"{}"])


def test_leaves_out_what_is_acknowledged(catalog: dict[str, Any]) -> None:
    known = [{"rule": "missing-description", "reason": "The office writes them in spring", "expires": "2027-01-01"}]
    report = datasteward.check(catalog, as_of=DAY, acknowledge=known).to_dict()
    assert report["summary"]["acknowledged"] == 2
    assert report["summary"]["acknowledgements"][0]["state"] == "in-use"
    with pytest.raises(datasteward.OptionError, match="did you mean `expires`"):
        datasteward.check(catalog, acknowledge=[{"rule": "missing-description", "expire": "x"}])


TREES = {
    "datasteward": "1",
    "id": "trees",
    "title": "Street trees",
    "columns": [{"name": "HEIGHT", "unit": "m"}, {"name": "KEEPER"}],
}


def test_holds_a_record_against_its_data(tmp_path: Path) -> None:
    path = tmp_path / "trees.csv"
    path.write_text("HEIGHT,OWNER\n7,city\n8,city\n", encoding="utf-8")
    plain = datasteward.check(TREES, as_of=DAY)
    beside = [datasteward.check(TREES, as_of=DAY, data=data) for data in (path, str(path), path.read_bytes())]
    rules = [[finding["rule"] for finding in report.findings] for report in [plain, *beside]]
    assert "dictionary-out-of-step" not in rules[0]
    assert "dictionary-out-of-step" in rules[1]
    assert rules[1] == rules[2] == rules[3]


# Written by Arrow, packed with Snappy; the same table as text beside it.
PARQUET = Path(__file__).resolve().parents[3] / "tests/parity/data/trees.parquet"
AS_TEXT = b"TREE_ID,HEIGHT,PLANTED,NOTES\n1,7.5,2019-03-01,\n2,8,2020-04-02,\n3,,2021-03-11,\n4,6.25,2018-10-30,\n"


def test_reads_parquet_as_it_reads_a_table() -> None:
    record = {**TREES, "columns": [{"name": "HEIGHT", "unit": "m", "maximum": 7}, {"name": "KEEPER"}]}

    def said(data: datasteward.Data) -> list[tuple[str, str]]:
        report = datasteward.check(record, as_of=DAY, data=data)
        return [(finding["rule"], finding["message"]) for finding in report.findings]

    wanted = said(AS_TEXT)
    # Names, values and the number of rows are read.
    assert {"dictionary-out-of-step", "values-contradict-dictionary", "too-few-rows"} <= {rule for rule, _ in wanted}
    assert wanted == said(PARQUET) == said(str(PARQUET)) == said(PARQUET.read_bytes())
    with pytest.raises(datasteward.DataError, match="no Parquet file that can be read"):
        datasteward.check(TREES, data=PARQUET.read_bytes()[:-8])


def test_says_why_data_is_of_no_use(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="with data"):
        datasteward.check(TREES, data=tmp_path / "nothing.csv")
    with pytest.raises(datasteward.DataError, match="it is empty"):
        datasteward.check(TREES, data=b"")
    with pytest.raises(datasteward.DataError, match="2 are described"):
        datasteward.check([TREES, {**TREES, "id": "b"}], data=b"HEIGHT\n7\n")
