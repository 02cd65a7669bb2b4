#!/usr/bin/env bash
# Runs fuzz targets one after the other, each for the given time, on one core,
# and prints how many inputs each was given and what came of it:
#
#	benchmarks/fuzz.sh 30s                                  # every target of the project
#	benchmarks/fuzz.sh 10m ./normalize ./pipeline/decode    # those of some packages
#	TARGET=FuzzName benchmarks/fuzz.sh 10m ./normalize      # one
set -uo pipefail
cd "$(dirname "$0")/.."
time=${1:-30s}
packages=("${@:2}")
failed=0
echo "# $(date -u +%F), $(go version | cut -d' ' -f3), commit $(git rev-parse --short HEAD), $time each, -parallel=1"
for package in $(go list "${packages[@]:-./...}"); do
	for target in $(go test -list '^Fuzz' "$package" | grep "^${TARGET:-Fuzz}" || true); do
		out=$(nice go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -parallel 1 "$package" 2>&1)
		result=ok
		if ! grep -q '^ok' <<<"$out"; then
			result=FAILED failed=1
			echo "$out" >&2
		fi
		echo "$(date -u +%H:%M) ${package#*/dusach/} $target: $(grep -o 'execs: [0-9]*' <<<"$out" | tail -1), $(grep -o 'total: [0-9]*' <<<"$out" | tail -1 | sed 's/total:/inputs kept:/'), $result"
	done
done
exit $failed
