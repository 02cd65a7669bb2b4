#!/bin/sh
# What dusach and Splink learn from one small corpus under the same levels, side by side:
#
#     benchmarks/peers/parity.sh [PERSONS [SEED]]
#
# Writes benchmarks/results/DATE-parity.txt. Needs Go and Python 3.10 or later; PEERS_VENV
# names a folder in which the Python packages stay.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM
venv=${PEERS_VENV:-$scratch/venv}
if [ ! -x "$venv/bin/python" ]; then
	python3 -m venv "$venv"
	"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$root/benchmarks/peers/splink/requirements.txt"
fi
cd "$root"
go build -o "$scratch/dusach" ./cmd/dusach
out=$root/benchmarks/results/$(date +%F)-parity.txt
{
	echo "benchmarks/peers/parity.sh ${1:-4000} ${2:-1}, commit $(git rev-parse --short HEAD), Splink 5"
	echo "$(nproc) cores, shared;$(uptime | sed 's/.*load/ load/')"
	echo
	"$venv/bin/python" "$root/benchmarks/peers/parity/parity.py" "$scratch/dusach" "$scratch" "${1:-4000}" "${2:-1}"
} > "$out"
cat "$out"
