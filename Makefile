# What one can do here. "make" lists it.
.PHONY: help build test race lint fuzz bench sample verify readback live reason-codes model ci

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

build: ## build the command: one static binary
	CGO_ENABLED=0 go build -o dusach ./cmd/dusach

test: ## the whole test suite; Go alone is enough
	go test ./...

race: ## the stages and the run under the race detector
	go test -race ./pipeline/...

lint: ## go vet and golangci-lint
	go vet ./...
	golangci-lint run

fuzz: ## every fuzz target for FUZZTIME each (default 30s)
	benchmarks/fuzz.sh $${FUZZTIME:-30s}

bench: ## Go benchmarks; raw dated results are kept in benchmarks/results
	go test -run '^$$' -bench . ./benchmarks ./normalize/... ./matchers/...

sample: ## clean the committed sample into out/
	go run ./cmd/dusach clean fixtures/sample --out out --fresh

verify: sample ## prove hashes and conservation of out/
	go run ./cmd/dusach verify out

readback: verify ## DuckDB and pyarrow read every file of out/
	python3 benchmarks/readback/readback.py out

live: ## live against a real broker, killed and restarted (needs a JDK and Maven)
	go run ./benchmarks/live

reason-codes: ## write docs/reason-codes.md from the registry
	cd normalize/reason && go generate .

model: ## make the default model from generated corpora (minutes)
	matchers/model/gen/train.sh

ci: ## what runs on every change
	.ci/run
