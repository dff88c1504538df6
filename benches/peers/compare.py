"""Times datasteward beside five linters of metadata, each doing its own job on the same files.

    python3 benches/peers/compare.py CORPUS

CORPUS is a folder with catalogues as `data.json` (`dcat-us-1.1/`), data packages
(`frictionless/`) and Croissant records (`croissant/`). The others are installed below `peers` in
the target folder, apart from the product. Every command runs alone; each figure is the best
of RUNS runs, because other work on the machine only ever slows one down. Memory is the
largest resident set of the process.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

RUNS = 3
ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
HOME = TARGET / "peers"
HERE = pathlib.Path(__file__).resolve().parent
PYTHON_TOOLS = ["check-jsonschema", "frictionless", "mlcroissant"]


def install():
    """Puts each peer below `HOME`, where it is not there yet."""
    HOME.mkdir(parents=True, exist_ok=True)
    if not (HOME / "bin" / "jsonschema-cli").exists():
        run(["cargo", "install", "--quiet", "--root", HOME, "jsonschema-cli"])
    if not (HOME / "venv" / "bin" / "mlcroissant").exists():
        run([sys.executable, "-m", "venv", HOME / "venv"])
        run([HOME / "venv" / "bin" / "pip", "--quiet", "install", *PYTHON_TOOLS])
    if not (HOME / "node_modules" / ".bin" / "spectral").exists():
        run(["npm", "install", "--silent", "--prefix", HOME, "@stoplight/spectral-cli"])
    run(["cargo", "build", "--quiet", "--release", "-p", "datasteward-cli"])


def run(command):
    subprocess.run([str(word) for word in command], cwd=ROOT, check=True)


def catalogue_schema():
    """One schema for a whole `data.json`: ours is for a single dataset."""
    dataset = json.loads((ROOT / "schemas" / "dcat-us-1.1.schema.json").read_text())
    dataset.pop("$id")
    path = HOME / "catalogue.schema.json"
    wrapped = {
        "$schema": dataset.pop("$schema"),
        "$defs": dataset.pop("$defs"),
        "type": "object",
        "properties": {"dataset": {"type": "array", "items": dataset}},
    }
    path.write_text(json.dumps(wrapped))
    return path


def measure(command):
    """Wall-clock seconds and peak memory in MB of one run; what it prints is thrown away."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # A linter says 1 when it finds something. More means that it did not do its job.
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def best(command):
    runs = [measure(command) for _ in range(RUNS)]
    return min(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def row(name, job, figure, ours):
    seconds, memory = figure
    ratio = seconds / ours[0]
    print(f"| {name} | {job} | {seconds:.2f} s | {ratio:.1f} | {memory:.0f} MB |", flush=True)


def compare(title, files, peers):
    """One table: datasteward first, then each peer on the same files."""
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"\n## {title}: {len(files)} files, {size:.1f} MB\n")
    print("| Command | Its job | Time | Against ours | Peak memory |")
    print("| --- | --- | ---: | ---: | ---: |")
    check = [TARGET / "release" / "datasteward", "check", "--as-of", "2026-11-25"]
    ours = best([*check, "--jobs", "1", "--format", "json", *files])
    row("datasteward, one core", "every rule", ours, ours)
    row("datasteward, all cores", "every rule", best([*check, "--format", "json", *files]), ours)
    for name, job, command in peers:
        row(name, job, best([*command, *files]), ours)


# The command lines of these two take one file a process, and the start of Python would be
# most of the time: each is given the whole list in one process instead.
FRICTIONLESS = """
import sys, json
from frictionless import Package
for path in sys.argv[1:]:
    package = json.load(open(path, encoding="utf-8-sig"))
    # A profile of somebody's own would be fetched from the network.
    package.pop("profile", None)
    list(Package.metadata_validate(package))
"""
MLCROISSANT = """
import sys, mlcroissant
for path in sys.argv[1:]:
    try:
        mlcroissant.Dataset(jsonld=path)
    except Exception:
        pass  # what it finds, and one record on which it fails
"""


def main():
    if len(sys.argv) != 2:
        sys.exit("Say which folder of catalogues to read: compare.py CORPUS")
    corpus = pathlib.Path(sys.argv[1])
    install()
    schema = catalogue_schema()
    tools = HOME / "venv" / "bin"
    validators = [
        (
            "jsonschema-cli",
            "one schema",
            [HOME / "bin" / "jsonschema-cli", "validate", schema, "--instance"],
        ),
        ("check-jsonschema", "one schema", [tools / "check-jsonschema", "--schemafile", schema]),
        (
            "Spectral",
            "twelve rules of presence",
            [HOME / "node_modules" / ".bin" / "spectral", "lint", "--ruleset", HERE / "spectral.yaml"],
        ),
    ]
    catalogues = corpus / "dcat-us-1.1"
    compare("Feeds of map portals", sorted((catalogues / "arcgis-hub-btaa").glob("*.json")), validators)
    compare("Federal catalogues", sorted(catalogues.glob("federal-*/*.json")), validators)
    packages = sorted((corpus / "frictionless").rglob("datapackage.json"))
    frictionless = ("frictionless", "its schema", [tools / "python", "-c", FRICTIONLESS])
    compare("Data packages", packages, [frictionless])
    croissant = sorted((corpus / "croissant").rglob("*.json"))
    mlcroissant = ("mlcroissant", "its own checks", [tools / "python", "-c", MLCROISSANT])
    compare("Croissant records", croissant, [mlcroissant])


main()
