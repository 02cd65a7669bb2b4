package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
)

// suggestSample is how many rows a suggestion goes on where nothing is said: every rule
// that comes into question makes its blocks of them.
const suggestSample = 30_000

// suggest prints blocking rules that the data ask for.
func suggest(cmd *cobra.Command, cfg pipeline.Config, job pipeline.PlanJob) error {
	if !cmd.Flags().Changed("sample") {
		job.Sample = suggestSample
	}
	progress := newProgress(cmd)
	s, err := pipeline.New(cfg).Suggest(cmd.Context(), job, progress)
	progress.finish()
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(s)
	}
	return printSuggestion(cmd.OutOrStdout(), s, cfg.Schema().IsForm(), language(cmd))
}

// printSuggestion writes YAML that can be pasted into a configuration file as it is;
// what there is to say stands in comments.
func printSuggestion(w io.Writer, s *pipeline.Suggestion, form bool, lang string) error {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	number := func(n int64) string { return pipeline.Number(n, lang) }
	percent := func(x float64) string { return decimal(100*x, 2, lang) + " %" }
	var b strings.Builder
	comment := func(vi, en string, args ...any) { fmt.Fprintf(&b, "# "+word(vi, en)+"\n", args...) }
	comment("Luật gom gợi ý từ %s bản ghi (%s của đầu vào); đã thử %s luật.", "Blocking rules suggested by %s records (%s of the input); %s rules were tried.",
		number(s.Rows), percent(s.Share), number(int64(s.Tried)))
	comment("Độ phủ tính trên %s cặp có vẻ là một theo mô hình: không ai biết sự thật, nên đây là ước lượng.",
		"Completeness is of %s pairs that look like one under the model: nobody knows the truth, so it is an estimate.", number(int64(s.Likely)))
	total := func(caption string, t pipeline.SuggestedTotal) {
		comment("%s: %d luật, độ phủ %s, %s cặp trong mẫu, tỷ lệ rút gọn %s", "%s: %d rules, completeness %s, %s pairs of the sample, reduction ratio %s",
			caption, t.Rules, percent(t.Completeness), number(t.Pairs), decimal(t.ReductionRatio, 6, lang))
	}
	total(word("Luật đang dùng", "Present rules"), s.Present)
	total(word("Luật gợi ý   ", "These rules  "), s.Total)
	comment("Sau mỗi luật: cặp mới có vẻ là một, độ phủ đến đó, cặp mới trên một bản ghi của toàn bộ.",
		"After each rule: likely matches that it adds, completeness so far, further pairs a record of the whole.")
	if form {
		b.WriteString("extends: form\n")
	}
	b.WriteString("blocking:\n")
	widest := 0
	for _, r := range s.Rules {
		widest = max(widest, len(r.Rule))
	}
	for _, r := range s.Rules {
		fmt.Fprintf(&b, "  - %-*s # +%s, %s, %s\n", widest, r.Rule, number(int64(r.Gain)), percent(r.Completeness), decimal(r.PerRecord, 2, lang))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
