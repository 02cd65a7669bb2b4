package main

import (
	"cmp"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// trainType learns a model of a record type that a configuration file describes, and
// writes it. Without labels it is the model that clean learns by itself, byte for
// byte.
func (o *trainOptions) trainType(cmd *cobra.Command, cfg pipeline.Config, lessons []pipeline.Lesson) error {
	switch {
	case len(lessons) > 1:
		return &usageError{say.Errorf("với --config, cho một tệp --labels chung cho mọi đầu vào", "with --config, give one file of --labels for all inputs")}
	case len(o.names) > 0:
		return &usageError{say.Errorf("--names chỉ dùng cho phiếu thu thập: tần suất của loại bản ghi khác đếm trên đầu vào", "--names is for the collection form: other record types count their values in the inputs")}
	}
	if !cmd.Flags().Changed("cost-wrong") {
		o.wrongCost = pipeline.EvenCost
	}
	progress := newProgress(cmd)
	e, err := pipeline.New(cfg).Learn(cmd.Context(), lessons[0], progress)
	progress.finish()
	if err != nil {
		return err
	}
	if err := o.reportBlocking(cmd, e); err != nil {
		return err
	}
	m, err := o.learnType(cfg, e, filepath.Base(lessons[0].Inputs[0]))
	if err != nil {
		return err
	}
	m.Name, m.Values = cmp.Or(o.name, cfg.Schema().Name), e.Values
	if m, err = cfg.WithThresholds(m); err != nil {
		return err
	}
	return o.save(cmd, m)
}

// learnType learns from what was counted: from labels where there are any, else by
// expectation maximization.
func (o *trainOptions) learnType(cfg pipeline.Config, e *pipeline.Evidence, corpus string) (*model.Model, error) {
	list := cfg.Comparisons.Describe()
	var start *model.Model
	if !cfg.Model.IsBlank() {
		start = cfg.Model
	}
	if len(o.labels) == 0 {
		options := e.EMOptions()
		options.Start = start
		options.Fit.WrongCost, options.Fit.MissedCost = o.wrongCost, o.missedCost
		return model.EM(e.Counts, list, options)
	}
	if !o.adapt {
		start = nil
	}
	// Strangers are non-matches of all pairs: with them the prior is that of all.
	counts := append(e.Counts, e.Strangers...)
	return model.Fit([]model.Corpus{{Name: corpus, Counts: counts}}, list, start, o.fit())
}
