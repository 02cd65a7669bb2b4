#!/bin/sh
# promise.sh: what clean says of wrong merges beside what the truth says, on fresh
# corpora. Usage: benchmarks/promise.sh FORMS SEED...
# One line a corpus: difficulty, communes, seed, expected and at most per million forms
# by the model, and the truth.
set -eu
forms=$1; shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/dusach" ./cmd/dusach
echo "hard communes seed expected at_most truth"
for seed in "$@"; do for hard in 2 3; do for communes in 0 20; do
	"$work/dusach" generate --forms "$forms" --seed "$seed" --hard $hard --communes $communes --out "$work/f.csv" --truth "$work/t.csv" >/dev/null 2>&1
	said=$("$work/dusach" clean "$work/f.csv" --fresh --out "$work/store" --json 2>/dev/null |
		sed 's/.*"wrong_merges":{"expected_per_million_forms":\([0-9.]*\),"at_most_per_million_forms":\([0-9.]*\).*/\1 \2/')
	truth=$("$work/dusach" evaluate "$work/store" --truth "$work/t.csv" --lang en | sed -n 's/^ *wrong pairs  *[^ ]*  *\([0-9. ]*\)$/\1/p' | tr -d ' ')
	echo "$hard $communes $seed $said $truth"
done; done; done
