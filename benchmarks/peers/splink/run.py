#!/usr/bin/env python3
"""Deduplicate forms with Splink 5 on DuckDB, as its best user would.

    pip install -r requirements.txt
    python3 run.py --forms forms.csv --truth truth.csv

Prints one JSON object. The clock, the CPU time and the peak memory cover
reading, normalization, training, prediction and clustering; the sweep over
thresholds on the truth comes after and is not counted.
"""

import argparse
import json
import logging
import pathlib
import resource
import sys
import time
import warnings

import duckdb
import splink
from splink import DuckDBAPI, Linker

import settings

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import quality  # noqa: E402

# No link below this weight is kept: the best threshold lies far above.
FLOOR_BITS = -2.0

# Two IDs that differ: what the rule against different IDs refuses.
AGAINST_IDS = {
    "no rule": "false",
    "different CCCDs": "l.cccd <> r.cccd",
    "different CCCDs or CMNDs": "coalesce(l.cccd <> r.cccd, false) OR coalesce(l.cmnd <> r.cmnd, false)",
    "CCCDs more than one edit apart": "damerau_levenshtein(l.cccd, r.cccd) > 1",
}


class Clock:
    """Wall and CPU seconds of each phase."""

    def __init__(self):
        self.phases, self.mark = [], self.now()

    @staticmethod
    def now():
        own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.monotonic(), own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime

    def lap(self, phase):
        now = self.now()
        self.phases.append({"phase": phase, "wall_s": round(now[0] - self.mark[0], 2), "cpu_s": round(now[1] - self.mark[1], 2)})
        self.mark = now

    def cost(self):
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return {"wall_s": round(sum(p["wall_s"] for p in self.phases), 2),
                "cpu_s": round(sum(p["cpu_s"] for p in self.phases), 2),
                "peak_mib": round(peak / 1024, 1), "phases": self.phases}


def read(db, forms):
    """The forms, with the rows that no reader could make sense of left out."""
    if forms.endswith(".parquet"):
        db.execute(f"CREATE TABLE forms AS SELECT * FROM read_parquet('{forms}')")
    else:
        # Without store_rejects, DuckDB 2.0 ends at the first bad row and says nothing.
        db.execute(f"""CREATE TABLE forms AS SELECT * FROM read_csv('{forms}', header=true, all_varchar=true,
            delim=',', quote='"', escape='"', ignore_errors=true, store_rejects=true, strict_mode=false)""")
    db.execute((HERE / "normalize.sql").read_text(encoding="utf-8"))
    rows = db.execute("SELECT count(*) FROM forms").fetchall()[0][0]
    db.execute("DROP TABLE forms")
    return rows


def shared(db, column):
    """The chance that two forms share a value, counted instead of sampled: among
    a sample of pairs a number is shared too rarely."""
    return db.execute(f"""SELECT sum(n * (n - 1)) / (SELECT count({column}) * (count({column}) - 1.0) FROM people)
        FROM (SELECT count(*) AS n FROM people WHERE {column} IS NOT NULL GROUP BY {column})""").fetchall()[0][0]


def train(linker, max_pairs, seed, clock):
    linker.training.estimate_probability_two_random_records_match(settings.SURE, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=max_pairs, seed=seed)
    clock.lap("train u")
    for rule in settings.TRAINING:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def links(db, table, against):
    return db.execute(f"""
        SELECT p.match_weight, l.form_id, r.form_id FROM {table} p
        JOIN people l ON l.unique_id = p.unique_id_l JOIN people r ON r.unique_id = p.unique_id_r
        WHERE coalesce({against}, false) = false""").fetchall()


def weights(linker):
    """What Splink has learnt, by comparison and level."""
    model = linker.misc.save_model_to_json()
    return {c["output_column_name"]: [[l["label_for_charts"], l.get("m_probability"), l.get("u_probability")]
                                      for l in c["comparison_levels"] if not l.get("is_null_level")]
            for c in model["comparisons"]}


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--forms", required=True)
    args.add_argument("--truth", required=True)
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--memory", default="", help="limit for DuckDB, as 12GB (default: its own)")
    args.add_argument("--tmp", default="", help="folder into which DuckDB may spill")
    args.add_argument("--u-pairs", type=float, default=1e7)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--weights", action="store_true", help="also print m and u of every level")
    args = args.parse_args()
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")

    clock = Clock()
    db = duckdb.connect()
    db.execute(f"SET threads = {args.threads}")
    if args.memory:
        db.execute(f"SET memory_limit = '{args.memory}'")
    if args.tmp:
        db.execute(f"SET temp_directory = '{args.tmp}'")
    rows = read(db, args.forms)
    clock.lap("read and normalize")
    linker = Linker(DuckDBAPI(connection=db).register("people"), settings.settings(
        {column: shared(db, column) for column in ("cccd", "cmnd", "phone")}))
    train(linker, args.u_pairs, args.seed, clock)
    clock.lap("train m")
    predicted = linker.inference.predict(threshold_match_weight=FLOOR_BITS)
    clock.lap("predict")
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.99)
    clock.lap("cluster")
    cost = clock.cost()

    truth, process = quality.read_truth(args.truth)
    variants = {}
    for rule, against in AGAINST_IDS.items():
        table = quality.sweep(truth, links(db, predicted.physical_name, against), [x / 2 for x in range(-4, 81)])
        variants[rule] = {"best": quality.best(table), "table": [r for r in table if r["threshold_bits"] % 2 == 0]}
    name, top = max(variants.items(), key=lambda v: v[1]["best"]["f1"])
    clusters = quality.closure(truth, links(db, predicted.physical_name, AGAINST_IDS[name]), top["best"]["threshold_bits"])
    out = {"versions": {"python": sys.version.split()[0], "splink": splink.__version__, "duckdb": duckdb.__version__},
           "rows_read": rows, "forms": db.execute("SELECT count(*) FROM people").fetchall()[0][0],
           "links": db.execute(f"SELECT count(*) FROM {predicted.physical_name}").fetchall()[0][0],
           **cost, "best": {"rule": name, **top["best"]}, "by_process": quality.by_process(truth, process, clusters), "variants": variants}
    if args.weights:
        out["weights"] = weights(linker)
    json.dump(out, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
