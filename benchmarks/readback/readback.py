#!/usr/bin/env python3
"""Read every Parquet file of a store with DuckDB, pyarrow and Go, and compare.

    pip install -r benchmarks/readback/requirements.txt
    go build -o dusach ./cmd/dusach
    python3 benchmarks/readback/readback.py --dusach ./dusach STORE

Go reads through `dusach export --format jsonl`. Every row and every value must
be the same for the three, in the same order. Exit code 1 tells of a difference;
form ids and column names are shown, values are not. The raw values that the column
written_as gives back are made by hands.py for the first two.
"""

import argparse
import base64
import itertools
import json
import pathlib
import subprocess
import sys

import duckdb
import pyarrow.parquet as pq

import hands

TABLES = ["citizens", "forms", "links", "origins", "quarantine", "history"]
MISSING = object()


def parts(folder, manifest, table):
    """The table's files in the order in which dusach reads them."""
    return [folder / f["path"] for f in manifest["files"] if f.get("table") == table]


def province(path):
    return path.parent.name.removeprefix("province=")


def with_arrow(paths, table):
    for path in paths:
        for batch in pq.ParquetFile(path).iter_batches(batch_size=4096):
            for row in batch.to_pylist():
                if table == "citizens":
                    row["province"] = province(path)
                yield hands.restore(row) if table == "forms" else row


def with_duckdb(paths, table):
    db = duckdb.connect()
    for path in paths:
        found = db.execute(
            "SELECT * FROM read_parquet(?, hive_partitioning = true, hive_types_autocast = false)", [str(path)]
        )
        names = [column[0] for column in found.description]
        while rows := found.fetchmany(4096):
            for row in rows:
                row = dict(zip(names, row))
                if isinstance(row.get("raw"), (bytearray, memoryview)):
                    row["raw"] = bytes(row["raw"])
                yield hands.restore(row) if table == "forms" else row


def with_go(dusach, store, table):
    command = [dusach, "export", "--store", store, "--table", table, "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            row = json.loads(line)
            if table == "quarantine":
                for caption in ("reasons_vi", "reasons_en"):
                    del row[caption]
                encoded = row.pop("raw_base64")
                row["raw"] = base64.b64decode(encoded) if encoded else (row["raw"] or "").encode()
            if table == "forms":
                row["raw_values"] = hands.in_order({entry["field"]: entry["value"] for entry in row["raw_values"] or []})
            yield row
    if process.returncode:
        sys.exit(f"dusach export of {table} ended with exit code {process.returncode}")


def globbed(folder, table):
    """Rows of a table for whoever reads the folder by glob."""
    pattern = folder / table / "**" / "*.parquet"
    if not any((folder / table).glob("**/*.parquet")):
        return 0
    return duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(pattern)]).fetchone()[0]


def compare(table, number, go, others):
    """What differs in a row, as text without values."""
    for name, other in others.items():
        if go is MISSING or other is MISSING:
            return f"{table}: {name} and Go disagree about the number of rows, from row {number} on"
        if go.keys() != other.keys():
            return f"{table} row {number}: {name} reads other columns: {sorted(go.keys() ^ other.keys())}"
        wrong = [column for column in go if go[column] != other[column]]
        if wrong:
            return f"{table} row {number}: {name} and Go read different values of {', '.join(wrong)}"
    return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("store")
    arguments.add_argument("--dusach", default="./dusach", help="the program, as built by go build")
    args = arguments.parse_args()
    store = pathlib.Path(args.store)
    folder = store / "snapshots" / (store / "CURRENT").read_text().strip()
    manifest = json.loads((folder / "manifest.json").read_text())
    faults = []
    for table in TABLES:
        paths = parts(folder, manifest, table)
        rows = itertools.zip_longest(
            with_go(args.dusach, args.store, table),
            with_arrow(paths, table),
            with_duckdb(paths, table),
            fillvalue=MISSING,
        )
        count, found = 0, []
        for number, (go, arrow, duck) in enumerate(rows):
            count += 1
            if fault := compare(table, number, go, {"pyarrow": arrow, "DuckDB": duck}):
                found.append(fault)
                if len(found) == 5 or MISSING in (go, arrow, duck):
                    break
        named = sum(f.get("rows", 0) for f in manifest["files"] if f.get("table") == table)
        if not found and not count == named == globbed(folder, table):
            found.append(f"{table}: {count} rows read, the manifest says {named}, a glob finds {globbed(folder, table)}")
        print(f"{table:<11} {count:>10} rows in {len(paths):>3} files  {'differ' if found else 'the same'}")
        faults += found
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
