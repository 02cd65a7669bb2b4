"""Times rapidfuzz's cdist on the names on stdin: nanoseconds a pair, the least of many rounds."""

import sys
import time

import numpy
import rapidfuzz
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

names = sys.stdin.read().split("\n")
print(f"\n{'many with many, ns a pair':32} {'rapidfuzz ' + rapidfuzz.__version__:>10}")
for label, scorer, dtype in (
    ("Levenshtein, cdist", Levenshtein.distance, numpy.uint8),
    ("OSA, cdist", OSA.distance, numpy.uint8),
    ("Jaro-Winkler, cdist", JaroWinkler.similarity, numpy.float32),
):
    best, start, some = float("inf"), time.perf_counter(), names[:32]
    while time.perf_counter() - start < 2:
        round_start = time.perf_counter()
        process.cdist(some, names, scorer=scorer, dtype=dtype, workers=1)
        best = min(best, time.perf_counter() - round_start)
    print(f"{label:32} {best / len(some) / len(names) * 1e9:10.1f}")
