#!/bin/sh
# Compare dusach with Splink on one generated corpus:
#
#     benchmarks/peers/run.sh FORMS SEED HARD [OPTION...]
#
# Further options are those of dusach generate: --mix, --habits, --communes,
# --rate-PROCESS. Writes
# benchmarks/results/DATE-splink-FORMS-seedSEED-hardHARD[-OPTIONS].txt. Needs Go and
# Python 3.10 or later; Splink is installed into a folder of its own. Scratch
# goes to a new folder under TMPDIR, 3 KB a form, and is removed at the end;
# Splink wants about 7 GB of memory for a million forms. PEERS_VENV names a
# folder in which the Python packages stay from run to run.
set -eu
if [ $# -lt 3 ]; then
	echo "usage: $0 FORMS SEED HARD [OPTION...]" >&2
	exit 2
fi
forms=$1 seed=$2 hard=$3
shift 3
root=$(cd "$(dirname "$0")/../.." && pwd)
peers=$root/benchmarks/peers
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT INT TERM

venv=${PEERS_VENV:-$scratch/venv}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$peers/splink/requirements.txt"

cd "$root"
commit=$(git rev-parse --short HEAD)
[ -z "$(git status --porcelain --untracked-files=no)" ] || commit=$commit+changes
go build -o "$scratch/dusach" ./cmd/dusach
"$scratch/dusach" generate --forms "$forms" --seed "$seed" --hard "$hard" "$@" --out "$scratch/forms.csv" --truth "$scratch/truth.csv"
"$venv/bin/python" "$peers/compare.py" --forms "$scratch/forms.csv" --truth "$scratch/truth.csv" \
	--dusach "$scratch/dusach" --store "$scratch/store" --tmp "$scratch" \
	--commit "$commit" --go "$(go env GOVERSION)" --results "$root/benchmarks/results" \
	--count "$forms" --seed "$seed" --hard "$hard" --options "$*"
