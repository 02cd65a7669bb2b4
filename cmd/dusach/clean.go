package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline"
)

func newCleanCmd() *cobra.Command {
	var job pipeline.Job
	var modelFile, sizeClass, encoding string
	var strict bool
	cmd := &cobra.Command{
		Use:   "clean INPUT... --out STORE",
		Short: "Clean a batch of forms and publish a snapshot",
		Long: `clean reads forms, finds those of one person, merges them and publishes the
next snapshot in STORE.

INPUT is a file, a folder, a glob or "-" for standard input: CSV or TSV, XLSX,
JSON Lines, Parquet, each also as .gz or .zst. Columns are found by their
headers, in Vietnamese or by the names of the fields.`,
		Example: "  dusach clean fixtures/sample --out out\n  dusach clean 'ward-*.xlsx' --out store --lang en",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return profiled(cmd, func() error {
				cfg, err := cleanConfig(cmd, modelFile, sizeClass)
				if err != nil {
					return err
				}
				cfg.Strict = strict
				job.Inputs, job.Version, job.Command = args, version(), "dusach clean"
				job.Lang, _ = cmd.Flags().GetString("lang")
				if cfg.Intake.Encoding, cfg.Intake.Declared, err = parseEncoding(encoding); err != nil {
					return err
				}
				return clean(cmd, cfg, job)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&job.Store, "out", "", "the store: a new or empty folder, or one that dusach made")
	f.BoolVar(&job.Fresh, "fresh", false, "begin from nothing instead of adding to the store")
	f.StringVar(&modelFile, "model", "", "a trained model (default: the one that comes with dusach)")
	f.StringVar(&sizeClass, "size-class", "province", "province (up to 20 million forms) or nation (up to 120 million)")
	f.BoolVar(&strict, "strict", false, "end at the first file that cannot be read")
	f.StringVar(&job.Today, "today", "", "date of the scorecard, as 2026-11-21 (default: the latest collection date)")
	f.StringVar(&encoding, "encoding", "auto", "encoding of the text: auto, utf-8, tcvn3, tcvn3h, vni, viscii, vps, cp1258")
	cmd.MarkFlagRequired("out")
	return cmd
}

// cleanConfig is the configuration that the flags ask for.
func cleanConfig(cmd *cobra.Command, modelFile, sizeClass string) (pipeline.Config, error) {
	var m *model.Model
	if modelFile != "" {
		file, err := os.Open(modelFile)
		if err != nil {
			return pipeline.Config{}, fmt.Errorf("--model: %w", err)
		}
		defer file.Close()
		if m, err = model.Load(file); err != nil {
			return pipeline.Config{}, fmt.Errorf("--model %s: %w", modelFile, err)
		}
	}
	cfg, err := pipeline.DefaultConfig(m)
	if err != nil {
		return cfg, err
	}
	if cfg.SizeClass, err = pipeline.ParseSizeClass(sizeClass); err != nil {
		return cfg, &usageError{err}
	}
	f := cmd.Flags()
	cfg.Workers, _ = f.GetInt("workers")
	cfg.BatchSize, _ = f.GetInt("batch-size")
	if tmp, _ := f.GetString("tmp"); tmp != "" {
		cfg.Tmp = tmp
	}
	return cfg, nil
}

// encodings are the names that --encoding understands.
var encodings = map[string]normalize.Encoding{
	"utf-8": normalize.UTF8, "tcvn3": normalize.TCVN3, "tcvn3h": normalize.TCVN3H, "vni": normalize.VNI,
	"viscii": normalize.VISCII, "vps": normalize.VPS, "cp1258": normalize.CP1258,
}

func parseEncoding(name string) (e normalize.Encoding, declared bool, err error) {
	if name == "auto" {
		return normalize.UTF8, false, nil
	}
	e, ok := encodings[strings.ToLower(name)]
	if !ok {
		return e, false, &usageError{fmt.Errorf("--encoding %s: use auto, utf-8, tcvn3, tcvn3h, vni, viscii, vps or cp1258", name)}
	}
	return e, true, nil
}

func clean(cmd *cobra.Command, cfg pipeline.Config, job pipeline.Job) error {
	progress := newProgress(cmd)
	summary, err := pipeline.New(cfg).Clean(cmd.Context(), job, progress)
	progress.finish()
	if err != nil {
		return err
	}
	if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
		out := json.NewEncoder(cmd.OutOrStdout())
		return out.Encode(summary)
	}
	printSummary(cmd.OutOrStdout(), summary, job.Lang)
	return nil
}

// words are the captions of the summary.
var words = map[string][2]string{ // vi, en
	"in":         {"phiếu thu thập đã đọc", "forms read"},
	"forms":      {"phiếu hợp lệ", "forms accepted"},
	"repeats":    {"phiếu gửi lại", "forms sent again"},
	"quarantine": {"phiếu bị cách ly", "forms in quarantine"},
	"citizens":   {"công dân", "citizens"},
	"merged":     {"phiếu được gộp", "forms merged away"},
	"reviews":    {"cặp cần xem", "pairs to be looked at"},
	"stage":      {"công đoạn", "stage"},
	"rows":       {"số dòng", "rows"},
	"seconds":    {"giây", "seconds"},
	"total":      {"tổng thời gian", "total time"},
	"report":     {"mở báo cáo", "open the report"},
	"damaged":    {"tệp không đọc được", "files that could not be read"},
}

func word(key, lang string) string {
	if lang == "en" {
		return words[key][1]
	}
	return words[key][0]
}

func printSummary(out io.Writer, s *pipeline.Summary, lang string) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(n int64, key string) {
		fmt.Fprintf(w, "%s\t  %s\n", pipeline.Number(n, lang), word(key, lang))
	}
	c := s.Counts
	row(c.FormsIn, "in")
	row(c.Forms, "forms")
	row(c.Repeats, "repeats")
	row(c.Quarantine, "quarantine")
	row(c.Citizens, "citizens")
	row(c.Forms-c.Citizens, "merged")
	row(s.Reviews, "reviews")
	w.Flush()
	fmt.Fprintln(out)
	w = tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\t%s\t%s\t\n", word("stage", lang), word("rows", lang), word("seconds", lang))
	for _, t := range s.Stages {
		fmt.Fprintf(w, "%s\t%s\t%.2f\t\n", t.Stage, pipeline.Number(t.Rows, lang), t.Busy.Seconds())
	}
	w.Flush()
	fmt.Fprintf(out, "%s: %s\n", word("total", lang), s.Elapsed.Round(10*time.Millisecond))
	for i, d := range s.Damaged {
		if i == 0 {
			fmt.Fprintf(out, "%s:\n", word("damaged", lang))
		}
		fmt.Fprintln(out, " ", d)
	}
	fmt.Fprintf(out, "%s: %s\n", word("report", lang), s.Report)
}
