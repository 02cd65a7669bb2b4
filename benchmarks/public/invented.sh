#!/bin/sh
# Clean invented people, citations, products and restaurants at the default threshold,
# without labels, and say how it went:
#
#     benchmarks/public/invented.sh [SEED...]
#
# Two files are linked (--link-only), one is cleaned. Needs Go and Python 3.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/benchmarks/public/invented
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
cd "$root"
go build -o "$scratch/dusach" ./cmd/dusach
echo "invented sets, $(date +%F), commit $(git rev-parse --short HEAD): default threshold, no labels"
seeds=${*:-1}
for seed in $seeds; do
	python3 "$here/make.py" "$scratch/$seed" "$seed"
	for name in people citations papers products restaurants; do
		data=$scratch/$seed/$name
		if [ -f "$data-a.csv" ]; then set -- "$data-a.csv" "$data-b.csv" --link-only; else set -- "$data.csv"; fi
		"$scratch/dusach" clean "$@" --config "$here/$name.yaml" --out "$data" >/dev/null 2>&1
		"$scratch/dusach" evaluate "$data" --truth "$data-truth.csv" --json | python3 -c '
import json, sys
p = json.load(sys.stdin)["pairwise"]
print("seed %s  %-12s F1 %.4f  precision %.4f  recall %.4f" % (*sys.argv[1:], p["f1"], p["precision"], p["recall"]))' "$seed" "$name"
	done
done
