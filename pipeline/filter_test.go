package pipeline

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/dusach/dusach/fixtures/corpus"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/record"
)

// Of all candidate pairs of a corpus, those that are linked, their weights and their
// levels are the same with the filter of pairs and without.
func TestFilterChangesNoLinkOfACorpus(t *testing.T) {
	cfg, err := DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Workers, cfg.BatchSize, cfg.Tmp = 1, 512, t.TempDir()
	p := New(cfg)
	o := corpus.Defaults()
	o.Forms, o.Seed, o.Hard, o.Copies = 3000, 11, 3, 0.4
	file := filepath.Join(t.TempDir(), "forms.csv")
	if _, err := corpus.WriteFiles(context.Background(), o, file, ""); err != nil {
		t.Fatal(err)
	}
	r, err := p.newRun(context.Background(), []string{file}, p.cfg.Intake, Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.cellar.shelf.Close()
	if err := p.readAll(r); err != nil {
		t.Fatal(err)
	}
	judged := func(filter *compare.Filter) []record.Link {
		blocks := p.newBlocks(r)
		w := p.newJudge(r, blocks)
		w.compare = compare.New(p.cfg.Comparisons, &r.cellar.known, filter)
		if err := p.eachRange(r, "block", blocks, func(_ int, rg *block.Range) error {
			p.judge(w, rg)
			return w.err
		}); err != nil {
			t.Fatal(err)
		}
		return w.links.Links
	}
	all, some := judged(nil), judged(p.cfg.Comparisons.NewFilter(p.scorer))
	if len(all) == 0 || !slices.Equal(all, some) {
		t.Fatalf("%d links without the filter, %d with it, or others", len(all), len(some))
	}
}
