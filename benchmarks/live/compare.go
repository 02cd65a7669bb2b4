package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

func (t *trial) random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(t.seed, stream)) }

// compare proves that both stores verify and that citizens, forms and links are
// the same bytes, and that every message is accounted for.
func (t *trial) compare() error {
	for _, store := range []string{"batch", "live"} {
		if err := t.call(t.dusach, "verify", t.path(store)); err != nil {
			return err
		}
	}
	batch, n, err := published(t.path("batch"))
	if err != nil {
		return err
	}
	live, counts, err := published(t.path("live"))
	if err != nil {
		return err
	}
	if len(batch) != len(live) {
		return fmt.Errorf("live has %d files, batch %d", len(live), len(batch))
	}
	for name, want := range batch {
		if !bytes.Equal(live[name], want) {
			return fmt.Errorf("%s differs between live and batch: see %s", name, t.dir)
		}
	}
	// A refused form that was sent twice is refused twice.
	if counts["forms_in"] != t.sent.Load() || counts["quarantine"] < n["quarantine"] || counts["forms"] != n["forms"] {
		return fmt.Errorf("live counts %v of %d messages, batch counts %v", counts, t.sent.Load(), n)
	}
	all, err := os.ReadDir(filepath.Join(t.path("live"), "snapshots"))
	t.snapshots = len(all)
	t.counts = counts
	return err
}

// published returns the hashes of the lawful tables of a store, and its counts.
func published(store string) (files map[string][]byte, counts map[string]int64, err error) {
	number, err := os.ReadFile(filepath.Join(store, "CURRENT"))
	if err != nil {
		return nil, nil, err
	}
	root := filepath.Join(store, "snapshots", strings.TrimSpace(string(number)))
	files = map[string][]byte{}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		for _, table := range []string{"citizens", "forms", "links"} {
			if strings.HasPrefix(name, table+string(filepath.Separator)) {
				files[name], err = os.ReadFile(path)
			}
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	data, err := os.ReadFile(filepath.Join(root, "manifest.json"))
	if err != nil {
		return nil, nil, err
	}
	var manifest struct {
		Counts map[string]int64 `json:"counts"`
	}
	return files, manifest.Counts, json.Unmarshal(data, &manifest)
}

// result is the account of a trial that went well.
func (t *trial) result() string {
	auth := "plaintext"
	if t.scram {
		auth = "SASL_SSL, SCRAM-SHA-512"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "live = batch, byte for byte: citizens, forms, links\n\n")
	fmt.Fprintf(&b, "machine            %s/%s, %d cores, %s\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Fprintf(&b, "broker             Apache Kafka 4.3.1 (KRaft, one node), %s, %d partitions, zstd\n", auth, t.partitions)
	fmt.Fprintf(&b, "forms              %d, seed %d, difficulty %d, %d of them sent twice: %d messages\n", t.forms, t.seed, t.hard, t.resent, t.sent.Load())
	fmt.Fprintf(&b, "SIGKILLs of live   %d, each %s to %s after its start; %d lives in all\n", t.kills, t.lifeMin, t.lifeMax, t.lives)
	fmt.Fprintf(&b, "broker restarts    %d, half of them by SIGKILL\n", t.restarts)
	fmt.Fprintf(&b, "snapshots          %d, the last with %v\n", t.snapshots, t.counts)
	fmt.Fprintf(&b, "seconds            batch %.0f, while live was killed %.0f, the last life %.0f\n",
		t.took[0].Seconds(), t.took[1].Seconds(), t.took[2].Seconds())
	return b.String()
}
