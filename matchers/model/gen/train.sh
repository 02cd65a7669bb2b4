#!/usr/bin/env bash
# Makes ../default.json: fits the model that comes with dusach on labelled
# corpora of the generator. Each has another mix of corruption, another
# difficulty, another density of people and, most of them, other habits of
# offices and families (generate --habits), so that the model leans on none of
# them. The prior is pulled down to where pairs should start of which little is
# known. Seeds 1000 to 1999 are kept for this; measure with others. Takes some
# three minutes of CPU and 4 GiB.
#
#   matchers/model/gen/train.sh [FORMS]      forms of each corpus, default 60000
set -euo pipefail
cd "$(dirname "$0")/../../.."
forms=${1:-60000}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
go build -o "$scratch/dusach" ./cmd/dusach
inputs=() labels=()
seed=1000
# mix:difficulty:communes (0: thin all over the country):habits (0: the presets')
for corpus in typical:2:0:0 typical:3:7:0 even:2:7:1 typical:2:6:2 paper:3:6:3 moved:3:7:4 typical:3:5:5 \
	even:3:9:6 legacy:2:8:7 typical:2:10:8 even:2:0:9 typical:3:0:10 typical:2:5:11 typical:3:8:12; do
	seed=$((seed + 1))
	IFS=: read -r mix hard communes habits <<<"$corpus"
	name=$scratch/$mix-$hard-$communes-$habits
	"$scratch/dusach" generate --forms "$forms" --seed "$seed" --mix "$mix" --hard "$hard" --communes "$communes" \
		--habits "$habits" --copies 0.08 --malformed 0 --out "$name.csv" --truth "$name-truth.csv" >/dev/null
	inputs+=("$name.csv")
	labels+=(--labels "$name-truth.csv")
done
"$scratch/dusach" train "${inputs[@]}" "${labels[@]}" --interactions 8 --prior -14 --prior-pull 100000 \
	--name default --lang en --out "$scratch/model.json"
cp "$scratch/model.json" matchers/model/default.json
