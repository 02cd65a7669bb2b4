"""Runs viet-text-tools (PyPI) on the items that the command text hands it.

    python peer.py ITEMS.json

Writes a JSON list: for each task that the package claims, what it makes of each
item and the processor time of a call in nanoseconds, the least of five rounds.
"""
import json
import sys
import time
from importlib.metadata import version

from viet_text_tools import normalize_diacritics

TASKS = {
    "clean": lambda s: normalize_diacritics(s),
    "tone, old style": lambda s: normalize_diacritics(s),
    "tone, new style": lambda s: normalize_diacritics(s, new_style=True),
}

items = json.load(open(sys.argv[1], encoding="utf-8"))
answers = []
for task, do in TASKS.items():
    texts = [item["Input"] for item in items[task]]
    got = [do(s) for s in texts]
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for s in texts:
            do(s)
        best = min(best, (time.process_time() - start) / len(texts))
    answers.append({"Tool": "viet-text-tools " + version("viet-text-tools"), "Task": task, "Got": got, "Ns": 1e9 * best})
json.dump(answers, sys.stdout)
