#!/usr/bin/env bash
# What each part of the model is worth, on a corpus that no model saw:
#
#   benchmarks/ablation/ablation.sh FORMS SEED HARD [MIX [HABITS [COMMUNES]]]
#
# Prints the table; learns on four corpora of LEARN forms (default 30000; seeds 1101 to
# 1104) and calibrates on two (1105, 1106).
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: $0 FORMS SEED HARD [MIX [HABITS [COMMUNES]]]" >&2; exit 2; }
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/dusach" ./cmd/dusach
make() { # NAME FORMS SEED HARD MIX HABITS COMMUNES
	"$scratch/dusach" generate --forms "$2" --seed "$3" --hard "$4" --mix "$5" --habits "$6" --communes "$7" --malformed 0 \
		--out "$scratch/$1.csv" --truth "$scratch/$1-truth.csv" >/dev/null
}
options=()
seed=1100
for corpus in learn:2:typical:0:0 learn:3:typical:2:7 learn:2:even:7:6 learn:3:paper:5:8 apart:2:typical:8:0 apart:3:typical:9:7; do
	seed=$((seed + 1))
	IFS=: read -r use hard mix habits communes <<<"$corpus"
	make "$seed" "${LEARN:-30000}" "$seed" "$hard" "$mix" "$habits" "$communes"
	options+=("-$use" "$scratch/$seed.csv,$scratch/$seed-truth.csv")
done
make test "$1" "$2" "$3" "${4:-typical}" "${5:-0}" "${6:-0}"
echo "$(date +%F), $1 forms, seed $2, difficulty $3, mix ${4:-typical}, habits ${5:-0}, communes ${6:-0}; learnt on four times ${LEARN:-30000}; $(git rev-parse --short HEAD)"
go run ./benchmarks/ablation "${options[@]}" "$scratch/test.csv" "$scratch/test-truth.csv"
