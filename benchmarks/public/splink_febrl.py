"""Link the FEBRL data sets with Splink 5 on DuckDB, as its tutorials do.

    python splink_febrl.py FILE [FILE]

One file is deduplicated; two are linked. Prints one JSON object: CPU and wall
seconds of training, prediction and clustering (reading a thousand rows counts,
importing Python packages does not), and F1 at the threshold that is best on the
truth, which the record ids tell: as pairs and as clusters.
"""

import collections
import itertools
import json
import logging
import resource
import sys
import time
import warnings

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

FIELDS = ["rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
          "date_of_birth", "soc_sec_id"]

BLOCKING = [block_on("soc_sec_id"), block_on("date_of_birth"), block_on("given_name", "surname"), block_on("surname", "postcode"),
            block_on("given_name", "postcode"), block_on("surname", "suburb"), block_on("given_name", "suburb"), block_on("address_1"),
            block_on("surname", "street_number"), block_on("given_name", "street_number", "state"),
            block_on("substr(date_of_birth, 1, 4)", "surname"), block_on("substr(date_of_birth, 1, 4)", "given_name"),
            "l.given_name = r.surname AND l.surname = r.given_name"]


def settings(link_type):
    names = cl.CustomComparison(output_column_name="name", comparison_levels=[
        cll.CustomLevel("(given_name_l IS NULL OR given_name_r IS NULL) AND (surname_l IS NULL OR surname_r IS NULL)", "null").configure(is_null_level=True),
        cll.CustomLevel("given_name_l = given_name_r AND surname_l = surname_r", "both"),
        cll.ColumnsReversedLevel("given_name", "surname"),
        cll.CustomLevel("surname_l = surname_r AND jaro_winkler_similarity(given_name_l, given_name_r) >= 0.85", "surname, given name alike"),
        cll.CustomLevel("given_name_l = given_name_r AND jaro_winkler_similarity(surname_l, surname_r) >= 0.85", "given name, surname alike"),
        cll.CustomLevel("jaro_winkler_similarity(given_name_l, given_name_r) >= 0.8 AND jaro_winkler_similarity(surname_l, surname_r) >= 0.8", "alike"),
        cll.ExactMatchLevel("surname"),
        cll.ExactMatchLevel("given_name"),
        cll.ElseLevel(),
    ])
    return SettingsCreator(
        link_type=link_type, unique_id_column_name="rec_id", retain_intermediate_calculation_columns=False,
        blocking_rules_to_generate_predictions=BLOCKING,
        comparisons=[
            names, cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]), cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.JaroWinklerAtThresholds("address_1", [0.85]), cl.JaroWinklerAtThresholds("address_2", [0.85]),
            cl.DamerauLevenshteinAtThresholds("street_number", [1]), cl.JaroWinklerAtThresholds("suburb", [0.85]),
            cl.DamerauLevenshteinAtThresholds("postcode", [1]), cl.ExactMatch("state")])


def run(files, link_type):
    db = duckdb.connect()
    db.execute("SET threads = 2")
    tables = []
    for i, file in enumerate(files):
        db.execute(f"CREATE TABLE t{i} AS SELECT * FROM read_csv('{file}', header=true, all_varchar=true)")
        tables.append(f"t{i}")
    api = DuckDBAPI(connection=db)
    registered = [api.register(t) for t in tables]
    linker = Linker(registered if len(registered) > 1 else registered[0], settings(link_type))
    sure = [block_on("soc_sec_id"), "l.given_name = r.given_name AND l.surname = r.surname AND l.date_of_birth = r.date_of_birth"]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("date_of_birth"), block_on("soc_sec_id"), block_on("postcode")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_weight=-10)
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
    return db.execute(f"SELECT match_weight, rec_id_l, rec_id_r FROM {predicted.physical_name} ORDER BY 1 DESC, 2, 3").fetchall()


def person(record):
    return record.split("-")[1]


def f1(right, found, true):
    return 2 * right / (found + true) if found + true else 0


def best_pairs(links, true):
    """The best F1 when pairs above a threshold are taken as they are."""
    best, right = (0, None), 0
    for found, (weight, a, b) in enumerate(links, 1):
        right += person(a) == person(b)
        best = max(best, (f1(right, found, true), weight))
    return best


def best_clusters(links, true):
    """The best F1 when everything that is connected above a threshold is one."""
    parent, members = {}, collections.defaultdict(list)

    def root(x):
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    best, right, found = (0, None), 0, 0
    for weight, a, b in links:
        x, y = root(a), root(b)
        if x != y:
            left, other = members[x] or [x], members[y] or [y]
            found += len(left) * len(other)
            right += sum(person(p) == person(q) for p, q in itertools.product(left, other))
            members[x], parent[y] = left + other, x
        best = max(best, (f1(right, found, true), weight))
    return best


def main():
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    files = sys.argv[1:]
    link_type = "link_only" if len(files) == 2 else "dedupe_only"
    usage, wall = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    links = run(files, link_type)
    now = resource.getrusage(resource.RUSAGE_SELF)
    cost = {"cpu_s": round(now.ru_utime + now.ru_stime - usage.ru_utime - usage.ru_stime, 2), "wall_s": round(time.monotonic() - wall, 2)}

    sizes = collections.Counter()
    for file in files:
        with open(file, encoding="utf-8") as rows:
            next(rows)
            sizes.update(person(row.split(",")[0]) for row in rows)
    true = sum(n * (n - 1) // 2 for n in sizes.values())
    pairs, clusters = best_pairs(links, true), best_clusters(links, true)
    f1_best, threshold = max(pairs, clusters)
    json.dump({**cost, "true_pairs": true, "f1": round(f1_best, 5), "threshold_bits": threshold,
               "as": "pairs" if pairs >= clusters else "clusters"}, sys.stdout)


if __name__ == "__main__":
    main()
