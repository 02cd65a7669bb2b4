package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/standardize"
)

// A judgement is what a model says of two records, by the same rooms that a
// batch walks through.
type judgement struct {
	Verdict     string            `json:"verdict"`
	Weight      float64           `json:"weight"` // bits, the prior included
	Probability float64           `json:"probability"`
	Evidence    []model.Row       `json:"evidence"`
	Records     [2]judgedRecord   `json:"records"`
	Met         string            `json:"met_by_rule"` // the first blocking rule that brings the two together, "" if none does
	explanation model.Explanation // Evidence, Weight and all
	// conflict is set where the personal numbers of the two keep them apart
	// in a cluster.
	conflict bool
}

// A judgedRecord says what was found in a record.
type judgedRecord struct {
	FormID string   `json:"form_id,omitempty"`
	Codes  []string `json:"codes"`
}

// readForms decodes JSON objects, as they would come in a file of JSON lines.
func readForms(ctx context.Context, cfg *pipeline.Config, objects [][]byte) (*record.Forms, error) {
	reader := intake.New([]string{"-"}, intake.Options{Schema: cfg.Schema(), Stdin: bytes.NewReader(append(bytes.Join(objects, []byte("\n")), '\n'))})
	var out record.Decoded
	for chunk, err := range reader.Chunks(ctx) {
		if err != nil {
			return nil, err
		}
		if err := decode.New(cfg.Schema()).Do(ctx, chunk, &out); err != nil {
			return nil, err
		}
	}
	if out.Refused.Len() > 0 {
		return nil, fmt.Errorf("a record cannot be read: %s", captions(out.Refused.Codes[0], "en"))
	}
	if out.Forms.N != len(objects) {
		return nil, say.Errorf("đọc được %d bản ghi, cần %d: viết mỗi bản ghi là một đối tượng JSON", "%d records were read, wanted %d: write each as one JSON object", out.Forms.N, len(objects))
	}
	return &out.Forms, nil
}

// knownField reports whether a member of this name has a place in the form.
func knownField(ctx context.Context, cfg *pipeline.Config, name string) bool {
	key, err := json.Marshal(name)
	if err != nil {
		return false
	}
	line := fmt.Sprintf("{\"form_id\":\"x\",%s:\"x\"}\n", key)
	reader := intake.New([]string{"-"}, intake.Options{Schema: cfg.Schema(), Stdin: strings.NewReader(line)})
	for chunk, err := range reader.Chunks(ctx) {
		if err != nil {
			return false
		}
		return chunk.Header.Resolve([]byte(name)).Role != record.RoleIgnored
	}
	return false
}

// judge cleans two forms and compares them.
func judge(ctx context.Context, cfg *pipeline.Config, forms *record.Forms, lang string) (*judgement, error) {
	var cleaned record.Cleaned
	if err := standardize.New(cfg.Packing, standardize.Options{Today: cfg.Epoch}).Do(ctx, forms, &cleaned); err != nil {
		return nil, err
	}
	if cleaned.Refused.Len() > 0 {
		return nil, refusal(&cleaned.Refused, lang)
	}
	r := &cleaned.Records
	known := &record.Known{Packing: cfg.Packing, Names: record.NewNames()}
	for i := range r.N {
		known.Append(r, i)
	}
	cfg.Comparisons.Prepare(known, cfg.Model)
	met, err := pipeline.Meet(ctx, cfg, known)
	if err != nil {
		return nil, err
	}
	var levels matchers.Levels
	rarity := cfg.Comparisons.Compare(known, known.Row(0), known.Row(1), &levels)
	e := cfg.Model.Explain(cfg.Comparisons.Describe(), &levels, rarity, cfg.SizeClass, lang)
	j := &judgement{Verdict: e.Verdict, Weight: e.Bits, Probability: e.Probability, Evidence: e.Rows, explanation: e, Met: met}
	if at := cfg.Comparisons.IdentityAt(); at >= 0 {
		j.conflict = levels[at] == library.IDConflict || levels[at] == library.IDConflictOther
	}
	for i := range j.Records {
		j.Records[i].Codes = r.Codes[i].AppendStrings([]string{})
		if id := forms.Cols[cfg.Schema().Key].At(i); len(bytes.TrimSpace(id)) > 0 {
			j.Records[i].FormID = string(bytes.TrimSpace(id))
		}
	}
	return j, nil
}

// refusal says why a record cannot be compared: clean would not accept it.
func refusal(r *record.Refusals, lang string) error {
	fatal := func(c reason.Code) bool { return c == reason.NameEmpty || c == reason.FormNoIdentity }
	for c := range r.Codes[0].All() {
		if fatal(c) {
			return say.Errorf("bản ghi chưa đủ để là phiếu: %s (%s): cần họ tên, và ngày sinh hoặc số định danh", "a record is no usable form: %s (%s): it needs a name, and a birth date or a number", c.Caption(lang), c)
		}
	}
	return say.Errorf("bản ghi chưa đủ để là phiếu: cần họ tên, và ngày sinh hoặc số định danh", "a record is no usable form: it needs a name, and a birth date or a number")
}

// captions says what codes mean, in one line.
func captions(codes reason.Set, lang string) string {
	var list []string
	for c := range codes.All() {
		list = append(list, c.Caption(lang))
	}
	return strings.Join(list, "; ")
}
