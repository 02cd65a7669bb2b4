"""Run dusach and Splink on the FEBRL sets in a folder; print a table and the raw figures.

    python febrl_compare.py FOLDER COMMIT
"""

import datetime
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SETS = {"1": ["febrl1.csv"], "2": ["febrl2.csv"], "3": ["febrl3.csv"], "4": ["febrl4a.csv", "febrl4b.csv"]}


def timed(command):
    """CPU and wall seconds of a command, and what it prints."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    out = subprocess.run(command, check=True, capture_output=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_s": round(cpu, 2), "wall_s": round(time.monotonic() - start, 2)}, out


def dusach(folder, name, files):
    store = folder / f"store{name}"
    more = ["--link-only"] if len(files) == 2 else []
    cost, _ = timed([folder / "dusach", "clean", *(folder / f for f in files), "--config", HERE / "febrl.yaml", "--out", store, *more])
    _, out = timed([folder / "dusach", "evaluate", store, "--truth", folder / f"febrl{name}-truth.csv", "--json"])
    pairwise = json.loads(out)["pairwise"]
    return {**cost, **{k: round(pairwise[k], 5) for k in ("precision", "recall", "f1")}}


def main():
    folder, commit = pathlib.Path(sys.argv[1]), sys.argv[2]
    raw = {}
    for name, files in SETS.items():
        _, out = timed([sys.executable, HERE / "splink_febrl.py", *(folder / f for f in files)])
        raw[name] = {"dusach": dusach(folder, name, files), "splink": json.loads(out)}
    print(f"dusach and Splink 5 on FEBRL 1 to 4, {datetime.date.today()}, {os.cpu_count()} cores, commit {commit}")
    print("dusach: default threshold, no labels, model learnt from the records; snapshot and report included")
    print("Splink: threshold chosen on the truth; training, prediction and clustering, imports left out\n")
    print(f"{'set':4}{'F1 dusach':>12}{'F1 Splink':>12}{'CPU s dusach':>14}{'CPU s Splink':>14}{'times less':>12}")
    for name, r in raw.items():
        d, s = r["dusach"], r["splink"]
        print(f"{name:4}{d['f1']:12.5f}{s['f1']:12.5f}{d['cpu_s']:14.2f}{s['cpu_s']:14.2f}{s['cpu_s'] / d['cpu_s']:12.1f}")
    print("\nraw\n" + json.dumps(raw))


main()
