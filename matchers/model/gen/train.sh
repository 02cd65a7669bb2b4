#!/usr/bin/env bash
# Makes ../default.json: fits the model that comes with dusach on labelled
# corpora of the generator. Each has another mix of corruption, another
# difficulty, another density of people and, most of them, other habits of
# offices and families (generate --habits), so that the model leans on none of
# them. The prior is pulled down to where pairs should start of which little is
# known. Names are counted in corpora that lie all over the country, so that no
# province's names count for all; the last corpora are kept apart from the fit
# and say what its weights are worth in worlds that it never saw. Seeds 1000 to
# 1999 are kept for this; measure with others. Takes some four minutes of CPU and
# 4 GiB.
#
#   matchers/model/gen/train.sh [FORMS]      forms of each corpus, default 60000
set -euo pipefail
cd "$(dirname "$0")/../../.."
forms=${1:-60000}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/dusach" ./cmd/dusach
inputs=() labels=() names=()
# make NUMBER:MIX:DIFFICULTY:COMMUNES:HABITS:FORMS; 0 communes: thin all over the
# country; habits 0: the presets'
make() {
	local number mix hard communes habits forms
	IFS=: read -r number mix hard communes habits forms <<<"$1"
	file=$scratch/$number.csv truth=$scratch/$number-truth.csv
	"$scratch/dusach" generate --forms "$forms" --seed "$((1000 + number))" --mix "$mix" --hard "$hard" --communes "$communes" \
		--habits "$habits" --copies 0.08 --malformed 0 --out "$file" --truth "$truth" >/dev/null
}
for corpus in 1:typical:2:0:0 2:typical:3:7:0 3:even:2:7:1 4:typical:2:6:2 5:paper:3:6:3 6:moved:3:7:4 7:typical:3:5:5 \
	8:even:3:9:6 9:legacy:2:8:7 10:typical:2:10:8 11:even:2:0:9 12:typical:3:0:10 13:typical:2:5:11 14:typical:3:8:12; do
	make "$corpus:$forms"
	inputs+=("$file") labels+=(--labels "$truth")
	[[ $corpus != *:0:* ]] || names+=(--names "$file")
done
make 15:typical:2:0:0:$((forms * 20 / 3)) # for its names alone
names+=(--names "$file")
for corpus in 21:typical:2:0:0:$((forms * 5 / 2)) 22:even:2:9:41:$((forms * 4 / 3)) 23:typical:3:8:42:$((forms * 4 / 3)); do
	make "$corpus"
	inputs+=("$file") labels+=(--labels "$truth")
done
"$scratch/dusach" train "${inputs[@]}" "${labels[@]}" "${names[@]}" --calibrate 3 --cost-wrong 3.4 --cost-missed 5 --interactions 8 --prior -14 --prior-pull 100000 \
	--name default --lang en --out "$scratch/model.json"
cp "$scratch/model.json" matchers/model/default.json
