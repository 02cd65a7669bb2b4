// Ablation shows what each part of the model is worth: the same forms are cleaned
// under models that were learnt on the same labelled corpora, each of which may
// do one thing more than the one before.
//
//	independence    log2(m/u) of each comparison by itself, m and u from the labels
//	joint weights   all weights fitted together, with the levels that judge several fields as one
//	interactions    and corrections of pairs of comparisons, found by held-out likelihood
//	calibration     and a curve that makes the weight a frequency
//
// Each is judged by its links alone, at their best threshold, and by its citizens, which
// clustering adds to at the default one; then by process of corruption (recall) and by kind of
// false merge (wrong pairs). Run
// ablation.sh, which makes the corpora.
//
//	go run ./benchmarks/ablation -learn a.csv,a-truth.csv -learn b.csv,b-truth.csv -apart c.csv,c-truth.csv FORMS TRUTH
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/evaluate"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// files is a flag that may be given several times: forms, comma, truth.
type files [][2]string

func (f *files) String() string { return fmt.Sprint(*f) }

func (f *files) Set(text string) error {
	forms, truth, ok := strings.Cut(text, ",")
	if !ok {
		return fmt.Errorf("want FORMS,TRUTH")
	}
	*f = append(*f, [2]string{forms, truth})
	return nil
}

func main() {
	var learn, apart files
	flag.Var(&learn, "learn", "`FORMS,TRUTH` to learn from, several times")
	flag.Var(&apart, "apart", "`FORMS,TRUTH` to calibrate with, several times")
	interactions := flag.Int("interactions", 8, "how many may be found")
	flag.Parse()
	if flag.NArg() != 2 || len(learn) == 0 || len(apart) == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(context.Background(), learn, apart, *interactions, flag.Arg(0), flag.Arg(1)); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, learn, apart files, interactions int, forms, truth string) error {
	cfg, err := pipeline.LearningConfig()
	if err != nil {
		return err
	}
	corpora, err := count(ctx, cfg, learn)
	if err != nil {
		return err
	}
	worlds, err := count(ctx, cfg, apart)
	if err != nil {
		return err
	}
	list, prior := cfg.Comparisons.Describe(), -14.0
	fit := func(interactions int) (*model.Model, error) {
		return model.Fit(corpora, list, nil, model.FitOptions{Interactions: interactions, Prior: &prior, PriorPull: 100_000})
	}
	fmt.Printf("%-16s %10s %9s %9s %9s %12s %9s %14s\n", "", "loss", "links F1", "citizens", "precision", "recall", "wrong/1M", "review/1,000")
	steps := []struct {
		name string
		make func() (*model.Model, error)
	}{
		{"independence", func() (*model.Model, error) { return model.Independent(corpora, list) }},
		{"joint weights", func() (*model.Model, error) { return fit(0) }},
		{"interactions", func() (*model.Model, error) { return fit(interactions) }},
		{"calibration", func() (*model.Model, error) {
			m, err := fit(interactions)
			if err == nil {
				err = m.Calibrate(worlds)
			}
			return m, err
		}},
	}
	var names []string
	var results []*evaluate.Result
	for _, step := range steps {
		m, err := step.make()
		if err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		m.SetTerms(cfg.Model.Terms)
		r, err := judge(ctx, m, forms, truth)
		if err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("%-16s %10.6f %9.4f %9.4f %9.4f %12.4f %9.1f %14.2f\n", step.name, m.Loss(worlds), best(r), r.Pairwise.F1,
			r.Pairwise.Precision, r.Pairwise.Recall, r.WrongPairsPerMillion, r.Links.ReviewsPer1000)
		names, results = append(names, step.name), append(results, r)
	}
	printDetails(names, results)
	return nil
}

// count counts the patterns of labelled corpora.
func count(ctx context.Context, cfg pipeline.Config, list files) (corpora []model.Corpus, err error) {
	for _, f := range list {
		e, err := pipeline.New(cfg).Learn(ctx, pipeline.Lesson{Inputs: []string{f[0]}, Labels: f[1]}, pipeline.Quiet{})
		if err != nil {
			return nil, err
		}
		corpora = append(corpora, model.Corpus{Name: filepath.Base(f[0]), Counts: e.Counts})
	}
	return corpora, nil
}

// judge cleans forms under a model and measures the store.
func judge(ctx context.Context, m *model.Model, forms, truth string) (*evaluate.Result, error) {
	cfg, err := pipeline.DefaultConfig(m)
	if err != nil {
		return nil, err
	}
	store, err := os.MkdirTemp("", "ablation")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(store) }()
	if _, err := pipeline.New(cfg).Clean(ctx, pipeline.Job{Inputs: []string{forms}, Store: store, Version: "ablation"}, pipeline.Quiet{}); err != nil {
		return nil, err
	}
	s, err := snapshot.Open(store, "")
	if err != nil {
		return nil, err
	}
	t, err := evaluate.ReadTruth(truth)
	if err != nil {
		return nil, err
	}
	return evaluate.Evaluate(ctx, s, t)
}

// best is the F1 of the links alone at their best threshold in whole bits.
func best(r *evaluate.Result) (f1 float64) {
	for _, p := range r.Sweep {
		f1 = max(f1, p.F1)
	}
	return f1
}
