package main

import (
	"bytes"
	"cmp"
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

func train(cmd *cobra.Command, inputs []string, o trainOptions) error {
	lessons, err := o.lessons(inputs)
	if err == nil {
		err = o.check(len(lessons), inputs)
	}
	if err != nil {
		return err
	}
	cfg, err := o.config(cmd)
	if err != nil {
		return err
	}
	if !cfg.Schema().IsForm() {
		return o.trainType(cmd, cfg, lessons)
	}
	p := pipeline.New(cfg)
	var terms model.Terms
	switch {
	case o.shifts() && len(o.names) == 0:
		terms = cfg.Model.Terms // weights stay, and so does what they were learnt with
	case !lessons[0].OwnNames:
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
	m.Name = cmp.Or(o.name, "trained")
	return o.save(cmd, m)
}

// save writes the model, whole or not at all, and says how it was learnt.
func (o *trainOptions) save(cmd *cobra.Command, m *model.Model) error {
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
	fit := o.fit()
	apart := len(corpora) - o.calibrate
	start := cfg.Model
	if start.IsBlank() {
		start = nil
	}
	switch {
	case o.shifts():
		return o.shift(corpora[0].Counts, cfg, terms)
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

// shifts reports whether weights stay and only what probabilities mean is learnt:
// from how often numbers differ, no labels being there.
func (o *trainOptions) shifts() bool { return o.adapt && len(o.labels) == 0 }

// shift moves a model to the population that was counted.
func (o *trainOptions) shift(counts []model.Counted, cfg pipeline.Config, terms model.Terms) (*model.Model, error) {
	m := cfg.Model.Clone()
	if m.IsBlank() {
		return nil, &usageError{say.Errorf("--adapt không có nhãn thì cần một mô hình để chỉnh", "--adapt without labels needs a model to adapt")}
	}
	witness, ok := cfg.Comparisons.Witness()
	if !ok {
		return nil, &usageError{say.Errorf("--adapt không có nhãn thì cần số định danh để học", "--adapt without labels learns from identity numbers, and there are none")}
	}
	m.SetTerms(terms)
	learnt, err := m.Shift(counts, witness)
	if err == nil && !learnt {
		err = say.Errorf("quá ít cặp có hai số định danh: không có gì để chỉnh theo, hãy dùng mô hình có sẵn", "too few pairs with two identity numbers to adapt to: use the model as it is")
	}
	return m, err
}

// fit is how weights are fitted together.
func (o *trainOptions) fit() model.FitOptions {
	fit := model.FitOptions{Interactions: o.interactions, Ridge: o.ridge, WrongCost: o.wrongCost, MissedCost: o.missedCost}
	if o.priorPull > 0 {
		fit.Prior, fit.PriorPull = &o.prior, o.priorPull
	}
	return fit
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
		if t.Slope != 0 {
			fmt.Fprintf(cmd.OutOrStdout(), word("%s: %s cặp có hai số định danh; trọng số w bit thành %s + %s·w bit\n",
				"%s: %s pairs with two identity numbers; a weight of w bits becomes %s + %s·w bits\n"),
				t.Step, pipeline.Number(int64(t.Pairs), lang), decimal(t.Shift, 2, lang), decimal(t.Slope, 2, lang))
			continue
		}
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
