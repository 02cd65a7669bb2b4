#!/bin/sh
# The unsupervised path alone: learn a model from forms without labels and without the
# model that comes with dusach, clean with it, evaluate.
#
#     benchmarks/unsupervised.sh FORMS SEED HARD
#
# Writes benchmarks/results/DATE-unsupervised-FORMS-seedSEED-hardHARD.txt.
set -eu
forms=${1:-100000} seed=${2:-777} hard=${3:-2}
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
cd "$root"
out=$root/benchmarks/results/$(date +%F)-unsupervised-$forms-seed$seed-hard$hard.txt
go build -o "$scratch/dusach" ./cmd/dusach
export DUSACH_LANG=en
cd "$scratch"
./dusach generate --forms "$forms" --seed "$seed" --hard "$hard" --out forms.csv --truth truth.csv >/dev/null
{
	echo "benchmarks/unsupervised.sh $forms $seed $hard, commit $(git -C "$root" rev-parse --short HEAD)"
	echo "$(nproc) cores of $(uname -m), shared;$(uptime | sed 's/.*load/ load/')"
	echo
	echo "dusach train forms.csv --model none --out model.json"
	# The times of stages are those of the clock: reading and standardizing, then counting; what is left is learning.
	start=$(date +%s.%N)
	./dusach train forms.csv --model none --out model.json 2>stages
	echo "wall s of all: $(echo "$(date +%s.%N) - $start" | bc)"
	cat stages
	./dusach clean forms.csv --model model.json --out store >/dev/null 2>&1
	echo
	echo "dusach clean forms.csv --model model.json; dusach evaluate"
	./dusach evaluate store --truth truth.csv
} > "$out"
cat "$out"
