#!/usr/bin/env python3
"""Run dusach and Splink on the same forms and write one result file.

Each runs alone in a process of its own; CPU time and peak memory are those
that the kernel counted for that process and its children. Both are judged by
quality.py on the same truth. Use run.sh, which prepares everything.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import time

import duckdb

import quality

HERE = pathlib.Path(__file__).resolve().parent


def measured(command):
    """Output and cost of a command."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"{command[0]} ended with exit code {child.returncode}")
        wall = time.monotonic() - start
        out.seek(0)
        text = out.read().decode()
    return text, {"wall_s": round(wall, 2), "cpu_s": round(used.ru_utime + used.ru_stime, 2), "peak_mib": round(used.ru_maxrss / 1024, 1)}


def dusach(args):
    command = [args.dusach, "clean", args.forms, "--out", args.store, "--json", "--lang", "en"]
    text, cost = measured(command)
    summary = json.loads(text)
    db = duckdb.connect()
    parts = os.path.join(args.store, "snapshots", summary["snapshot"], "forms", "*.parquet")
    cluster = dict(db.execute("SELECT form_id, person_id FROM read_parquet(?)", [parts]).fetchall())
    truth, process = quality.read_truth(args.truth)
    stages = [{"stage": s["stage"], "busy_s": round(s["busy_ns"] / 1e9, 2), "rows": s["rows"]} for s in summary["stages"]]
    return {**cost, "counts": summary["counts"], "pairs_compared": summary["pairs"], "stages": stages,
            "best": {"threshold_bits": "default", "as": "citizens", **quality.of_clusters(truth, cluster)},
            "by_process": quality.by_process(truth, process, cluster)}


def splink(args):
    command = [sys.executable, str(HERE / "splink" / "run.py"), "--forms", args.forms, "--truth", args.truth, "--tmp", args.tmp]
    text, _ = measured(command)
    return json.loads(text)


def machine():
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return {"cores": os.cpu_count(), "memory_gib": round(pages / 2**30, 1), "processor": model, "system": platform.system(),
            "load_before": round(os.getloadavg()[0], 1)}


def text_table(result):
    d, s = result["dusach"], result["splink"]
    rows = [("", "dusach", "Splink", "ratio")]

    def row(caption, a, b, ratio):
        rows.append((caption, str(a), str(b), ratio))

    for key in ("precision", "recall", "f1"):
        row(f"pairwise {key}", f"{d['best'][key]:.4f}", f"{s['best'][key]:.4f}", f"{d['best'][key] - s['best'][key]:+.4f}")
    row("F1 without a rule on IDs", "", f"{s['variants']['no rule']['best']['f1']:.4f}", "")
    row("CPU seconds", d["cpu_s"], s["cpu_s"], f"{s['cpu_s'] / d['cpu_s']:.1f} x less")
    row("wall seconds", d["wall_s"], s["wall_s"], f"{s['wall_s'] / d['wall_s']:.1f} x less")
    row("peak memory, MiB", d["peak_mib"], s["peak_mib"], f"{s['peak_mib'] / d['peak_mib']:.1f} x less")
    rows.append(("", "", "", ""))
    rows.append(("recall by process", "", "", "pairs"))
    for name, theirs in sorted(s["by_process"].items(), key=lambda p: p[1]["recall"]):
        ours = d["by_process"].get(name)
        rows.append(("  " + name, f"{ours['recall']:.4f}", f"{theirs['recall']:.4f}", str(ours["pairs"])))
    widths = [max(len(r[i]) for r in rows) for i in range(4)]
    return "\n".join("  ".join([r[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(r[1:], widths[1:])]).rstrip() for r in rows)


def write(result, path):
    m, v, s = result["machine"], result["versions"], result["splink"]
    rule = s["best"]["rule"]
    rule = "no rule on IDs" if rule == "no rule" else f"after refusing pairs with {rule}"
    head = f"""dusach and Splink on the same forms
{result['date']}; {m['cores']} cores ({m['processor']}), {m['memory_gib']} GiB, {m['system']}, load before the start {m['load_before']}
commit {v['commit']}; {v['go']}; Python {v['python']}, splink {v['splink']}, duckdb {v['duckdb']}
corpus: dusach generate --forms {result['forms']} --seed {result['seed']} --hard {result['hard']} {result['options']}
dusach: clean with the embedded model at its default threshold; golden records, lineage, snapshot and report included
Splink: best threshold chosen on the truth ({s['best']['threshold_bits']} bits, {s['best']['as']}; {rule});
        reading, normalization, training, prediction and clustering included; no golden records, nothing written
Wall time depends on what else the machine does; CPU seconds and memory hardly.
"""
    path.write_text(head + "\n" + text_table(result) + "\n\nraw\n" + json.dumps(result, ensure_ascii=False) + "\n", encoding="utf-8")


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("forms", "truth", "dusach", "store", "tmp", "commit", "go", "results"):
        args.add_argument("--" + name, required=True)
    for name in ("count", "seed", "hard"):
        args.add_argument("--" + name, type=int, required=True)
    args.add_argument("--options", default="", help="further options of generate")
    args = args.parse_args()
    result = {"date": datetime.date.today().isoformat(), "machine": machine(), "forms": args.count, "seed": args.seed, "hard": args.hard,
              "options": args.options}
    result["dusach"] = dusach(args)
    result["splink"] = splink(args)
    result["versions"] = {"commit": args.commit, "go": args.go, **result["splink"].pop("versions")}
    extra = "".join("-" + word.strip("-") for word in args.options.replace("=", " ").split())
    path = pathlib.Path(args.results) / f"{result['date']}-splink-{args.count}-seed{args.seed}-hard{args.hard}{extra}.txt"
    write(result, path)
    print(path.read_text(encoding="utf-8").split("\nraw\n")[0])


if __name__ == "__main__":
    main()
