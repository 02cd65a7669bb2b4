#!/bin/sh
# Link FEBRL 1 to 4 with dusach and with Splink, side by side:
#
#     benchmarks/public/febrl.sh
#
# Writes benchmarks/results/DATE-febrl.txt. Needs Go and Python 3.10 or later; the
# packages go into a folder of their own, which PEERS_VENV names if it is to stay.
# dusach runs at its default threshold; Splink gets the one that is best on the truth.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/benchmarks/public
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
venv=${PEERS_VENV:-$scratch/venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
cd "$root"
go build -o "$scratch/dusach" ./cmd/dusach
"$venv/bin/python" "$here/febrl.py" "$scratch"
"$venv/bin/python" "$here/febrl_compare.py" "$scratch" "$(git rev-parse --short HEAD)" \
	> "$root/benchmarks/results/$(date +%F)-febrl.txt"
cat "$root/benchmarks/results/$(date +%F)-febrl.txt"
