package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

func newTrainCmd() *cobra.Command {
	var o trainOptions
	cmd := &cobra.Command{
		Use:   "train INPUT... --out MODEL",
		Short: "Learn a model from forms, with labels or without",
		Long: `train learns what agreement is worth and writes a model for clean --model.

Without labels it learns by expectation maximization from the candidate pairs
alone. With --labels (a file with the columns form_id and person_id: the truth
of a corpus, or clerical decisions) it fits all weights together. One labels
file for each input makes each input a corpus of its own, and all corpora weigh
the same; one labels file for all makes them one corpus.`,
		Example: "  dusach train forms.csv --out model.json\n  dusach train a.csv b.csv --labels a-truth.csv --labels b-truth.csv --out model.json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return train(cmd, args, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "file for the model")
	f.StringArrayVar(&o.labels, "labels", nil, "who the forms are: one `FILE`, or one for each input")
	f.StringVar(&o.model, "model", "", "the model to begin from (default: the one that comes with dusach; none: begin from nothing)")
	f.StringVar(&o.sizeClass, "size-class", "province", "province or nation")
	f.IntVar(&o.interactions, "interactions", 12, "how many interactions may be found")
	f.Float64Var(&o.ridge, "ridge", 1, "how hard weights are pulled to where they start, in pairs")
	f.Float64Var(&o.prior, "prior", -8, "bits that a pair starts from of which nothing is known, with --prior-pull")
	f.Float64Var(&o.priorPull, "prior-pull", 0, "how hard the prior is pulled to --prior, in pairs; 0: it follows from the candidate pairs")
	f.BoolVar(&o.adapt, "adapt", false, "with labels: pull weights to those of --model, not to independence")
	f.StringVar(&o.name, "name", "trained", "name of the model")
	f.IntVar(&o.calibrate, "calibrate", 0, "keep the last `N` inputs apart from the fit and make probabilities mean their frequencies; 0: no calibration")
	f.StringArrayVar(&o.names, "names", nil, "count how common names are in `FILE` and not in the inputs")
	f.Float64Var(&o.wrongCost, "cost-wrong", 5, "what a pair joined by mistake costs, in pairs looked at by a person: sets the threshold of a match")
	f.Float64Var(&o.missedCost, "cost-missed", 10.0/3, "what a pair left apart by mistake costs, likewise: sets the threshold of review")
	f.StringVar(&o.missed, "missed", "", "append the form ids of true pairs that no blocking rule brings to `FILE`")
	require(cmd, "out")
	return cmd
}

// fromNothing is the --model that knows nothing.
const fromNothing = "none"

// config is the configuration to learn with.
func (o *trainOptions) config(cmd *cobra.Command) (cfg pipeline.Config, err error) {
	switch o.model {
	case "":
		cfg, err = pipeline.LearningConfig()
	case fromNothing:
		cfg, err = pipeline.BlankConfig()
	default:
		return cleanConfig(cmd, o.model, o.sizeClass)
	}
	if err != nil {
		return cfg, err
	}
	return cfg, runFlags(cmd, &cfg, o.sizeClass)
}

type trainOptions struct {
	out, model, sizeClass, name, missed string
	labels                              []string
	interactions                        int
	calibrate                           int
	names                               []string
	ridge, prior, priorPull             float64
	wrongCost, missedCost               float64
	adapt                               bool
}

// lessons pairs inputs with their labels.
func (o *trainOptions) lessons(inputs []string) ([]pipeline.Lesson, error) {
	switch len(o.labels) {
	case 0:
		return []pipeline.Lesson{{Inputs: inputs, OwnNames: len(o.names) == 0}}, nil
	case 1:
		return []pipeline.Lesson{{Inputs: inputs, Labels: o.labels[0], OwnNames: len(o.names) == 0}}, nil
	case len(inputs):
		var list []pipeline.Lesson
		for i, in := range inputs {
			list = append(list, pipeline.Lesson{Inputs: []string{in}, Labels: o.labels[i]})
		}
		return list, nil
	}
	return nil, &usageError{say.Errorf("%d tệp nhãn cho %d đầu vào: cho một tệp chung, hoặc mỗi đầu vào một tệp", "%d labels for %d inputs: give one for all, or one for each", len(o.labels), len(inputs))}
}

// check reports options that contradict each other.
func (o *trainOptions) check(lessons int) error {
	switch {
	case o.wrongCost <= 1 || o.missedCost <= 1:
		return &usageError{say.Errorf("--cost-wrong và --cost-missed phải lớn hơn 1: xem một cặp tốn 1", "--cost-wrong and --cost-missed must be above 1: to look at a pair costs 1")}
	case 1-1/o.wrongCost < 1/o.missedCost:
		return &usageError{say.Errorf("--cost-wrong %g và --cost-missed %g không để lại cặp nào cần xem: tăng một trong hai", "--cost-wrong %g and --cost-missed %g leave no pair to look at: raise one of them", o.wrongCost, o.missedCost)}
	case o.calibrate < 0 || o.calibrate > 0 && o.calibrate >= lessons:
		return &usageError{say.Errorf("--calibrate %d: có %d đầu vào có nhãn riêng, phải còn ít nhất một để học", "--calibrate %d: there are %d inputs with labels of their own, and at least one must be left to learn from", o.calibrate, lessons)}
	}
	return nil
}

func train(cmd *cobra.Command, inputs []string, o trainOptions) error {
	lessons, err := o.lessons(inputs)
	if err == nil {
		err = o.check(len(lessons))
	}
	if err != nil {
		return err
	}
	cfg, err := o.config(cmd)
	if err != nil {
		return err
	}
	p := pipeline.New(cfg)
	var terms model.Terms
	if !lessons[0].OwnNames {
		if terms, err = countNames(cmd, p, lessons, o.names); err != nil {
			return err
		}
		p = p.WithTerms(terms)
	}
	var corpora []model.Corpus
	for _, l := range lessons {
		progress := newProgress(cmd)
		e, err := p.Learn(cmd.Context(), l, progress)
		progress.finish()
		if err != nil {
			return err
		}
		if err := o.reportBlocking(cmd, e); err != nil {
			return err
		}
		if l.OwnNames {
			terms = e.Terms.Terms()
		}
		corpora = append(corpora, model.Corpus{Name: filepath.Base(l.Inputs[0]), Counts: e.Counts})
	}
	m, err := o.learn(corpora, cfg, terms)
	if err != nil {
		return err
	}
	file, err := renameio.NewPendingFile(o.out)
	if err != nil {
		return err
	}
	defer func() { _ = file.Cleanup() }() // nothing is left of it once it is in its place
	if err := m.Save(file); err != nil {
		return err
	}
	if err := file.CloseAtomicallyReplace(); err != nil {
		return err
	}
	return printTraining(cmd, m, o.out)
}

// reportBlocking says how many true pairs meet, and lists those that do not.
func (o *trainOptions) reportBlocking(cmd *cobra.Command, e *pipeline.Evidence) error {
	if e.True == 0 {
		return nil
	}
	met := e.True - int64(len(e.Missed))
	newMessages(cmd).blocking(met, e.True, float64(e.Pairs)/float64(e.Forms))
	if o.missed == "" {
		return nil
	}
	var list bytes.Buffer
	for _, pair := range e.Missed {
		fmt.Fprintf(&list, "%s,%s\n", pair[0], pair[1])
	}
	file, err := os.OpenFile(o.missed, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("--missed: %w", err)
	}
	_, err = file.Write(list.Bytes())
	return errors.Join(err, file.Close())
}

// countNames counts how common names are: in the files given for that, else in
// all inputs together.
func countNames(cmd *cobra.Command, p *pipeline.Pipeline, lessons []pipeline.Lesson, files []string) (t model.Terms, err error) {
	if len(files) == 0 {
		for _, l := range lessons {
			files = append(files, l.Inputs...)
		}
	}
	all := model.NewTermCounter()
	for _, file := range files {
		progress := newProgress(cmd)
		c, err := p.Names(cmd.Context(), []string{file}, progress)
		progress.finish()
		if err != nil {
			return t, err
		}
		all.Merge(c)
	}
	return all.Terms(), nil
}

// learn fits labelled corpora, or learns from one without labels.
func (o *trainOptions) learn(corpora []model.Corpus, cfg pipeline.Config, terms model.Terms) (m *model.Model, err error) {
	list := cfg.Comparisons.Describe()
	fit := model.FitOptions{Interactions: o.interactions, Ridge: o.ridge, WrongCost: o.wrongCost, MissedCost: o.missedCost}
	if o.priorPull > 0 {
		fit.Prior, fit.PriorPull = &o.prior, o.priorPull
	}
	apart := len(corpora) - o.calibrate
	start := cfg.Model
	if start.IsBlank() {
		start = nil
	}
	switch {
	case len(o.labels) == 0:
		m, err = model.EM(corpora[0].Counts, list, model.EMOptions{Start: start, Joint: true, Fit: fit})
	case o.adapt:
		m, err = model.Fit(corpora[:apart], list, start, fit)
	default:
		m, err = model.Fit(corpora[:apart], list, nil, fit)
	}
	if err != nil {
		return nil, err
	}
	m.Name = o.name
	m.SetTerms(terms)
	if cfg.Schema().IsForm() {
		if err := m.Apply(pipeline.Cautions); err != nil {
			return nil, err
		}
	}
	if o.calibrate > 0 {
		return m, m.Calibrate(corpora[apart:])
	}
	return m, nil
}

func printTraining(cmd *cobra.Command, m *model.Model, out string) error {
	if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(struct {
			Model   string           `json:"model"`
			Hash    string           `json:"hash"`
			History []model.Training `json:"history"`
		}{out, m.Hash(), m.History})
	}
	lang := language(cmd)
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	for _, t := range m.History {
		fmt.Fprintf(cmd.OutOrStdout(), word("%s: %s cặp, %s cặp trùng, %s mẫu, %d vòng lặp, sai số %s bit một cặp, trên phần để riêng %s\n",
			"%s: %s pairs, %s matches, %s patterns, %d iterations, loss %s bits a pair, held out %s\n"),
			t.Step, pipeline.Number(int64(t.Pairs), lang), pipeline.Number(int64(t.Matches), lang), pipeline.Number(int64(t.Patterns), lang),
			t.Iterations, decimal(t.LogLoss, 6, lang), decimal(t.HeldOut, 6, lang))
		for _, c := range t.Chosen {
			fmt.Fprintln(cmd.OutOrStdout(), word("  xét chung:", "  together:"), c)
		}
	}
	fmt.Fprintln(cmd.OutOrStdout(), word("mô hình:", "model:"), out)
	return nil
}
