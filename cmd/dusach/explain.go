package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// newExplainCmd is `dusach explain`: why two forms are, or are not, one citizen.
func newExplainCmd() *cobra.Command {
	var modelFile, number, format string
	cmd := &cobra.Command{
		Use:   "explain FORM FORM --store STORE",
		Short: "Say why two forms are one citizen, or are not",
		Long: `explain puts two forms next to each other and shows what each agreement or
difference weighs: bits above 0 speak for one person, bits below 0 against it.
It ends with what became of the two in the store: one citizen, two, or a pair
that a person has to look at. --format svg draws the evidence as a picture,
--format html makes a page of it with both forms, to open or to send.

The weights are those of the model that the snapshot was made with: the one that
comes with dusach, or the one that --model names.`,
		Example: "  dusach explain HN-000123 HN-004567 --store out\n  dusach explain HN-000123 HN-004567 --store out --format html > pair.html",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if err := checkFormat(format, asJSON(cmd)); err != nil {
				return err
			}
			if ids[0] == ids[1] {
				return &usageError{say.Errorf("hãy cho mã hai phiếu khác nhau", "name two different forms")}
			}
			s, err := openStore(cmd, number)
			if err != nil {
				return err
			}
			e, err := explain(cmd, s, modelFile, number, ids)
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return newLines(cmd.OutOrStdout()).Encode(e)
			}
			return e.write(cmd.OutOrStdout(), format, maskOf(cmd), language(cmd))
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", formatText, "text, svg (a picture) or html (a page)")
	f.StringVar(&modelFile, "model", "", "the model that the snapshot was made with (default: the one that comes with dusach)")
	f.StringVar(&number, "as-of", "", "an earlier snapshot, as 000042 (default: the published one)")
	addUnmask(cmd)
	return cmd
}

// An explained pair is the judgement on two forms and what became of them.
type explained struct {
	Snapshot string   `json:"snapshot"`
	Live     bool     `json:"live,omitempty"` // as a running live knows them
	Citizens []string `json:"citizens"`       // of the two forms: one id if they are one
	Outcome  string   `json:"outcome"`        // same, linked, review or apart
	Recorded *linked  `json:"recorded,omitempty"`
	// Split says what clustering had against the two citizens, Decisions what
	// people said of the pair.
	Split     *splitJSON        `json:"split,omitempty"`
	Decisions []review.Decision `json:"decisions,omitempty"`
	*judgement

	schema     *record.Schema
	forms      []lookup.Form
	fresh      *lookup.Fresh // nil: they are of the snapshot
	followed   int           // decisions that the snapshot follows
	thresholds model.Thresholds
}

// linked is a link as the snapshot records it.
type linked struct {
	FormA       string  `json:"form_a"`
	FormB       string  `json:"form_b"`
	Rule        string  `json:"rule"`
	Levels      string  `json:"levels"`
	Weight      float64 `json:"match_weight"`
	Probability float64 `json:"match_probability"`
	Verdict     string  `json:"verdict"`
}

func linkedOf(l lookup.Link) linked {
	return linked{l.A, l.B, l.Rule, l.Levels, l.Weight, l.Probability, l.Verdict.String()}
}

func explain(cmd *cobra.Command, s *lookup.Store, modelFile, asOf string, ids []string) (*explained, error) {
	ctx := cmd.Context()
	cfg, err := configOf(cmd, s, modelFile)
	if err != nil {
		return nil, err
	}
	e := &explained{Snapshot: s.Snapshot().Number, schema: s.Snapshot().Schema, thresholds: cfg.Model.Thresholds}
	links, err := e.find(cmd, s, asOf == "", ids)
	if err != nil {
		return nil, err
	}
	if e.judgement, err = judge(ctx, cfg, asTheyCame(cfg.Schema(), e.forms), language(cmd)); err != nil {
		return nil, err
	}
	return e, e.outcome(ctx, s, links)
}

// find finds the two forms and the links of the first: as a running live knows
// them, if both are new enough to be asked for, else in the snapshot.
func (e *explained) find(cmd *cobra.Command, s *lookup.Store, fresh bool, ids []string) ([]lookup.Link, error) {
	if fresh {
		if links, ok, err := e.ask(cmd, ids); err != nil || ok {
			return links, err
		}
	}
	var err error
	if e.forms, err = formsOf(cmd.Context(), s, ids...); err != nil {
		return nil, err
	}
	return s.Links(cmd.Context(), e.forms[0])
}

// ask asks the live that runs on the store, and reports whether it knows both
// forms.
func (e *explained) ask(cmd *cobra.Command, ids []string) (links []lookup.Link, ok bool, err error) {
	var forms []lookup.Form
	for _, id := range ids {
		f, err := askLive(cmd, id)
		if err != nil || f == nil {
			return nil, false, err
		}
		i := slices.IndexFunc(f.Forms, func(one lookup.Form) bool { return one.ID == id })
		if i < 0 {
			return nil, false, nil
		}
		if len(forms) == 0 {
			links = f.Links
		}
		forms, e.fresh = append(forms, f.Forms[i]), f
	}
	e.forms, e.Snapshot, e.Live = forms, e.fresh.Snapshot, true
	return links, true, nil
}

// configOf is the configuration of the epoch of a snapshot.
func configOf(cmd *cobra.Command, s *lookup.Store, modelFile string) (*pipeline.Config, error) {
	m := s.Snapshot().Manifest
	cfg, err := configOfSnapshot(cmd, s.Snapshot(), modelFile)
	if err != nil || !s.Snapshot().Schema.IsForm() {
		return cfg, err
	}
	if have := cfg.Model.Hash(); have != m.Epoch.ModelHash {
		newMessages(cmd).warn(say.Errorf("bản chụp %s được làm với mô hình khác (%.12s) mô hình này (%.12s): trọng số có thể khác; hãy chọn tệp mô hình bằng --model", "snapshot %s was made with another model (%.12s) than this one (%.12s): weights may differ; name its file with --model", m.Snapshot, m.Epoch.ModelHash, have))
	}
	return cfg, nil
}

// configOfSnapshot is the configuration of a snapshot's record type and size
// class; of the collection form, with the model that the user names.
func configOfSnapshot(cmd *cobra.Command, s *snapshot.Snapshot, modelFile string) (*pipeline.Config, error) {
	if !s.Schema.IsForm() {
		cfg, err := pipeline.StoredConfig(s)
		return &cfg, err
	}
	cfg, err := cleanConfig(cmd, modelFile, s.Manifest.Epoch.SizeClass)
	return &cfg, err
}

// asTheyCame makes a batch of stored forms, each as its office wrote it.
func asTheyCame(s *record.Schema, forms []lookup.Form) *record.Forms {
	batch := &record.Forms{}
	batch.Reset(s)
	for i := range forms {
		for f, v := range forms[i].Came {
			batch.Cols[f].AppendString(v)
		}
		batch.Raw.AppendString("")
		batch.Origin, batch.Codes = append(batch.Origin, record.Origin{}), append(batch.Codes, forms[i].Codes)
		batch.N++
	}
	return batch
}

// write writes the explanation in a format that was checked.
func (e *explained) write(out io.Writer, format string, m mask, lang string) error {
	switch format {
	case formatSVG:
		return model.WriteSVG(out, &e.explanation, e.drawing(lang))
	case formatHTML:
		return e.writePage(out, m, lang)
	}
	return e.print(out, m, lang)
}

func (e *explained) print(out io.Writer, m mask, lang string) error {
	var b strings.Builder
	sideBySide(&b, e.schema, nil, e.forms, m, lang)
	b.WriteByte('\n')
	if err := model.WriteExplanation(&b, &e.explanation, lang); err != nil {
		return err
	}
	b.WriteString("\n" + e.story(lang) + "\n")
	if e.fresh != nil {
		b.WriteString("(" + freshWords(e.fresh, lang) + ")\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}
