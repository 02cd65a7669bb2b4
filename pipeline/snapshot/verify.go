package snapshot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Report is what Verify found out about one snapshot.
type Report struct {
	Snapshot string `json:"snapshot"`
	// Superseded is the snapshot in whose favour this one was withdrawn.
	Superseded string `json:"superseded,omitempty"`
	Files      int    `json:"files"`
	Bytes      int64  `json:"bytes"`
	Counts     Counts `json:"counts"`
	// Checks are the laws that were tried, in order.
	Checks []Check `json:"checks"`
}

// A Check is one law and how the snapshot keeps it.
type Check struct {
	Name    string   `json:"name"`
	Passed  bool     `json:"passed"`
	Faults  int64    `json:"faults"`
	Example []string `json:"example,omitempty"` // the first faults: paths and ids, no personal data
}

// The laws that Verify tries.
const (
	CheckFiles    = "files"        // bytes and SHA-256 of every file, none missing, none besides
	CheckCounts   = "conservation" // forms in = forms + quarantine + repeats + forgotten, and the tables hold so many
	CheckErasure  = "erasure"      // what the audit log says was erased has its tombstones, and nothing else has
	CheckOrder    = "order"        // every table in its order, ids unique
	CheckClusters = "clusters"     // each form's citizen exists and has as many forms as it says
	CheckLinks    = "links"        // each link joins two forms that exist
	CheckOrigins  = "origins"      // each form has exactly one origin, each repeat and refusal one
	CheckText     = "text"         // every text is valid UTF-8
)

// Passed reports whether every law holds.
func (r *Report) Passed() bool {
	for _, c := range r.Checks {
		if !c.Passed {
			return false
		}
	}
	return true
}

// A check collects the faults against one law.
type check struct{ Check }

const examples = 5

func newCheck(name string) *check { return &check{Check{Name: name, Passed: true}} }

func (c *check) fault(format string, args ...any) {
	c.Passed = false
	c.Faults++
	if len(c.Example) < examples {
		c.Example = append(c.Example, fmt.Sprintf(format, args...))
	}
}

// VerifyStore verifies the snapshot that CURRENT names, or all snapshots of
// the store. An error means that the store could not be tried; a store that
// breaks a law gives a report that has not passed.
func VerifyStore(ctx context.Context, store string, all bool) ([]*Report, error) {
	numbers := []string{""}
	if all {
		var err error
		if numbers, err = Numbers(store); err != nil {
			return nil, err
		}
	}
	var reports []*Report
	for _, number := range numbers {
		if m, err := readManifest(store, number); number != "" && err == nil && m.Superseded != "" {
			r, err := verifyWithdrawn(store, m)
			if err != nil {
				return reports, err
			}
			reports = append(reports, r)
			continue
		}
		s, err := Open(store, number)
		if err != nil {
			return reports, err
		}
		r, err := s.Verify(ctx)
		_ = s.Close()
		if err != nil {
			return reports, err
		}
		reports = append(reports, r)
	}
	return reports, nil
}

// Verify reads everything again and tries every law. Tables are not read where
// a file is not what the manifest says: damaged files are not to be trusted
// even for reading.
func (s *Snapshot) Verify(ctx context.Context) (*Report, error) {
	r := &Report{Snapshot: s.Number, Counts: s.Manifest.Counts, Files: len(s.Manifest.Files)}
	files := newCheck(CheckFiles)
	for _, f := range s.Manifest.Files {
		if err := s.verifyFile(ctx, f, files); err != nil {
			return nil, err
		}
		r.Bytes += f.Bytes
	}
	if err := s.strays(files); err != nil {
		return nil, err
	}
	counts := newCheck(CheckCounts)
	if err := s.Manifest.check(); err != nil {
		counts.fault("%v", err)
	}
	erasure, err := s.checkErasure()
	if err != nil {
		return nil, err
	}
	r.Checks = append(r.Checks, files.Check, counts.Check, erasure.Check)
	if !files.Passed {
		return r, nil
	}
	tables := newTableChecks()
	if err := tables.run(ctx, s); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		tables.order.fault("%v", err)
	}
	r.Checks = append(r.Checks, tables.order.Check, tables.clusters.Check, tables.links.Check, tables.origins.Check, tables.text.Check)
	return r, nil
}

// verifyFile compares a file with what the manifest says of it.
func (s *Snapshot) verifyFile(ctx context.Context, want File, c *check) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(s.Folder, filepath.FromSlash(want.Path)))
	if errors.Is(err, os.ErrNotExist) {
		c.fault("%s is missing", want.Path)
		return nil
	}
	if err != nil {
		return advise(err)
	}
	defer f.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, f)
	if err != nil {
		c.fault("%s cannot be read: %v", want.Path, err)
		return nil
	}
	if n != want.Bytes {
		c.fault("%s has %d bytes, the manifest says %d", want.Path, n, want.Bytes)
	} else if hex.EncodeToString(hash.Sum(nil)) != want.SHA256 {
		c.fault("%s was changed: its SHA-256 is not the manifest's", want.Path)
	}
	return nil
}

// strays looks for files that the manifest does not name.
func (s *Snapshot) strays(c *check) error {
	named := map[string]bool{manifestName: true}
	for _, f := range s.Manifest.Files {
		named[f.Path] = true
	}
	return filepath.WalkDir(s.Folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.Folder, name)
		if err != nil {
			return err
		}
		if rel = filepath.ToSlash(rel); !named[rel] && strings.HasSuffix(rel, ".parquet") {
			c.fault("%s is not in the manifest: whoever reads the folder by glob counts it", rel)
		}
		return nil
	})
}
