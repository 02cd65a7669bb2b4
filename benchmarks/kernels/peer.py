"""Times rapidfuzz on the names on stdin: nanoseconds a pair, the least of many rounds, one thread.

Prints lines of a label, a tab and a figure: "cdist" many with many, "scalar" one call from Python.
"""

import sys
import time

import numpy
import rapidfuzz
from rapidfuzz import process
from rapidfuzz.distance import OSA, DamerauLevenshtein, JaroWinkler, LCSseq, Levenshtein

names = sys.stdin.read().split("\n")
print(f"version\t{rapidfuzz.__version__}")


def least(pairs, f):
    best, start = float("inf"), time.perf_counter()
    while time.perf_counter() - start < 2:
        round_start = time.perf_counter()
        f()
        best = min(best, time.perf_counter() - round_start)
    return best / pairs * 1e9


some = names[:32]
pairs = list(zip(names, names[7:]))
for label, scorer, dtype in (
    ("Levenshtein", Levenshtein.distance, numpy.uint8),
    ("OSA", OSA.distance, numpy.uint8),
    ("Damerau, unrestricted", DamerauLevenshtein.distance, numpy.uint8),
    ("Jaro-Winkler", JaroWinkler.similarity, numpy.float32),
    ("longest common subsequence", LCSseq.similarity, numpy.uint8),
):
    ns = least(len(some) * len(names), lambda: process.cdist(some, names, scorer=scorer, dtype=dtype, workers=1))
    print(f"cdist {label}\t{ns}")

    def scalar():
        for a, b in pairs:
            scorer(a, b)

    print(f"scalar {label}\t{least(len(pairs), scalar)}")
