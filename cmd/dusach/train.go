package main

import (
	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

func newTrainCmd() *cobra.Command {
	var o trainOptions
	cmd := &cobra.Command{
		Use:   "train INPUT... --out MODEL",
		Short: "Learn a model from records, with labels or without",
		Long: `train learns what agreement is worth and writes a model for clean --model.

Without labels it learns by expectation maximization from the candidate pairs
alone. With --labels (a file with the columns form_id and person_id: the truth
of a corpus, or clerical decisions) it fits all weights together. One labels
file for each input makes each input a corpus of its own, and all corpora weigh
the same; one labels file for all makes them one corpus.

With --adapt and no labels the weights of --model stay, and what a probability
means is learnt: where people live close together, pairs that look alike are
more often two people, and their numbers differ more often. The new model fits
the population of the records, and thresholds keep what they promise there.

With --config the records are of the type that the file describes: the model is
the one that clean --config learns by itself, in a file to look at, to keep, and
to judge other records of that type with. --link-only learns from the pairs of
two inputs, as clean --link-only links them.`,
		Example: "  dusach train forms.csv --out model.json\n  dusach train people.csv --config people.yaml --out people.json\n  dusach train a.csv b.csv --labels a-truth.csv --labels b-truth.csv --out model.json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return train(cmd, args, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "file for the model")
	f.StringArrayVar(&o.labels, "labels", nil, "who the forms are: one `FILE`, or one for each input")
	f.StringVar(&o.model, "model", "", "the model to begin from (default: the one that comes with dusach; none: begin from nothing)")
	f.StringVar(&o.configFile, "config", "", "a `FILE` that describes another record type, or changes the form's: see dusach config --help")
	f.BoolVar(&o.linkOnly, "link-only", false, "learn from the pairs across two INPUTs that are free of duplicates")
	f.StringVar(&o.sizeClass, "size-class", "province", "province or nation")
	f.IntVar(&o.interactions, "interactions", 12, "how many interactions may be found")
	f.Float64Var(&o.ridge, "ridge", 1, "how hard weights are pulled to where they start, in pairs")
	f.Float64Var(&o.prior, "prior", -8, "bits that a pair starts from of which nothing is known, with --prior-pull")
	f.Float64Var(&o.priorPull, "prior-pull", 0, "how hard the prior is pulled to --prior, in pairs; 0: it follows from the candidate pairs")
	f.BoolVar(&o.adapt, "adapt", false, "with labels: pull weights to those of --model, not to independence; without: keep them, and learn from differing numbers what a probability means")
	f.StringVar(&o.name, "name", "", "name of the model (default: trained, or the record type of --config)")
	f.IntVar(&o.calibrate, "calibrate", 0, "keep the last `N` inputs apart from the fit and make probabilities mean their frequencies; 0: no calibration")
	f.StringArrayVar(&o.names, "names", nil, "count how common names are in `FILE` and not in the inputs")
	f.Float64Var(&o.wrongCost, "cost-wrong", 5, "what a pair joined by mistake costs, in pairs looked at by a person: sets the threshold of a match (with --config: 2)")
	f.Float64Var(&o.missedCost, "cost-missed", 10.0/3, "what a pair left apart by mistake costs, likewise: sets the threshold of review")
	f.StringVar(&o.missed, "missed", "", "append the form ids of true pairs that no blocking rule brings to `FILE`")
	require(cmd, "out")
	return cmd
}

// fromNothing is the --model that knows nothing.
const fromNothing = "none"

// config is the configuration to learn with.
func (o *trainOptions) config(cmd *cobra.Command) (cfg pipeline.Config, err error) {
	begin := o.model
	if begin == fromNothing {
		begin = ""
	}
	switch {
	case o.configFile != "":
		cfg, err = pipeline.ReadConfigToLearn(o.configFile, begin)
		if err == nil && cfg.Schema().IsForm() && o.model == fromNothing {
			cfg, err = cfg.Forget()
		}
	case o.model == fromNothing:
		cfg, err = pipeline.BlankConfig()
	case begin == "":
		cfg, err = pipeline.LearningConfig()
	default:
		return cleanConfig(cmd, begin, o.sizeClass)
	}
	if err != nil {
		return cfg, err
	}
	cfg.LinkOnly = o.linkOnly
	return cfg, runFlags(cmd, &cfg, o.sizeClass)
}

type trainOptions struct {
	out, model, sizeClass, name, missed string
	configFile                          string
	linkOnly                            bool
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
		return []pipeline.Lesson{{Inputs: inputs, OwnNames: len(o.names) == 0 && !o.adapt}}, nil
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
func (o *trainOptions) check(lessons int, inputs []string) error {
	switch {
	case o.linkOnly && o.configFile == "":
		return &usageError{say.Errorf("--link-only cần --config: phiếu thu thập học từ mọi cặp", "--link-only needs --config: forms learn from all pairs")}
	case o.linkOnly && len(inputs) != 2:
		return &usageError{say.Errorf("--link-only nối hai đầu vào; ở đây có %d", "--link-only links two inputs; %d were given", len(inputs))}
	case o.wrongCost <= 1 || o.missedCost <= 1:
		return &usageError{say.Errorf("--cost-wrong và --cost-missed phải lớn hơn 1: xem một cặp tốn 1", "--cost-wrong and --cost-missed must be above 1: to look at a pair costs 1")}
	case 1-1/o.wrongCost < 1/o.missedCost:
		return &usageError{say.Errorf("--cost-wrong %g và --cost-missed %g không để lại cặp nào cần xem: tăng một trong hai", "--cost-wrong %g and --cost-missed %g leave no pair to look at: raise one of them", o.wrongCost, o.missedCost)}
	case o.calibrate < 0 || o.calibrate > 0 && o.calibrate >= lessons:
		return &usageError{say.Errorf("--calibrate %d: có %d đầu vào có nhãn riêng, phải còn ít nhất một để học", "--calibrate %d: there are %d inputs with labels of their own, and at least one must be left to learn from", o.calibrate, lessons)}
	}
	return nil
}
