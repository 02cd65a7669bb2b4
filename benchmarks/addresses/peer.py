"""Rates vietnamadminunits (PyPI) on addresses that `-dump FILE` wrote.

    python peer.py FILE

The edition of each address is told to the peer, which dusach has to find out.
"""
import json
import sys
import time

from vietnamadminunits import parse_address

right = wrong = unresolved = failed = n = 0
spent = 0.0
for line in open(sys.argv[1], encoding="utf-8"):
    text, old, new, resolvable, _ = line.rstrip("\n").split("\t")
    if resolvable != "true":
        continue
    n += 1
    start = time.perf_counter()
    try:
        unit = parse_address(json.loads(text), mode="LEGACY" if old else "FROM_2025")
        code = unit.ward_code if unit else None
    except Exception:
        code, failed = None, failed + 1
    spent += time.perf_counter() - start
    if not code:
        unresolved += 1
    elif code == old or not old and code in new.split():
        right += 1
    else:
        wrong += 1
print(f"vietnamadminunits: {n} resolvable addresses, right {100*right/n:.2f} %, "
      f"unresolved {100*unresolved/n:.2f} % (of these {failed} raised), wrong {100*wrong/n:.2f} %, "
      f"{1e6*spent/n:.0f} us an address")
