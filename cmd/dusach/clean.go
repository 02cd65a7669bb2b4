package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// newCleanCmd is `dusach clean`: the batch main job.
func newCleanCmd() *cobra.Command {
	var job pipeline.Job
	var modelFile, configFile, sizeClass, encoding string
	var strict, linkOnly, restart bool
	var mark int64
	var maxWrong float64
	cmd := &cobra.Command{
		Use:   "clean [INPUT...] --out STORE",
		Short: "Clean a batch of forms and publish a snapshot",
		Long: `clean reads forms, finds those of one person, merges them and publishes the
next snapshot in STORE.

INPUT is a file, a folder, a glob or "-" for standard input: CSV or TSV, XLSX,
JSON Lines, Parquet, each also as .gz or .zst. Columns are found by their
headers, in Vietnamese or by the names of the fields.

On a STORE that has a snapshot, clean adds to it: forms that it knows are
counted as repeats, and the earlier snapshot stays readable. Whatever goes wrong
leaves the store as it was.

A run that was killed, stopped, or ended by a full disk goes on from its last
checkpoint when the same command is given again: its scratch stays in a folder of
its own below --tmp, which only its owner can read, until then. Input from a pipe
cannot be read again, so such a run begins anew.

What people decided with dusach review is followed. Without INPUT a store is
cleaned again as it is: to follow new decisions, or under another model.`,
		Example: "  dusach clean fixtures/sample --out out\n  dusach clean 'ward-*.xlsx' --out store --lang en",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !cmd.Flags().Changed("out") && os.Getenv("DUSACH_OUT") == "" {
				return errNoInput
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkAgain(args, job); err != nil {
				return err
			}
			cfg, err := configFor(cmd, configFile, modelFile, sizeClass)
			if err != nil {
				return err
			}
			cfg.Strict, cfg.LinkOnly = strict, linkOnly
			cfg.Resume, cfg.Restart, cfg.Mark = true, restart, mark
			if mark < 1 {
				return &usageError{say.Errorf("--checkpoint-forms %d: dùng số lớn hơn 0", "--checkpoint-forms %d: use a number above 0", mark)}
			}
			if linkOnly && len(args) != 2 {
				return &usageError{fmt.Errorf("--link-only links two inputs; %d were given", len(args))}
			}
			job.Inputs, job.Version, job.Command, job.Lang = args, version(), "dusach clean", language(cmd)
			if cmd.Flags().Changed("max-wrong-merges") {
				if job.MaxWrong = &maxWrong; !(maxWrong >= 0) {
					return &usageError{say.Errorf("--max-wrong-merges %v: dùng số từ 0 trở lên", "--max-wrong-merges %v: use a number from 0 on", maxWrong)}
				}
			}
			if job.Today, err = isoDate("--today", job.Today); err != nil {
				return err
			}
			if cfg.Intake.Encoding, cfg.Intake.Declared, err = parseEncoding(encoding); err != nil {
				return err
			}
			if err := checkInputs(args); err != nil {
				return err
			}
			return clean(cmd, cfg, job)
		},
	}
	f := cmd.Flags()
	f.StringVar(&job.Store, "out", "", "the store: a new or empty folder, or one that dusach made")
	f.BoolVar(&job.Fresh, "fresh", false, "begin from nothing instead of adding to the store")
	f.BoolVar(&restart, "restart", false, "begin anew even where an unfinished run of the same command could go on")
	f.Int64Var(&mark, "checkpoint-forms", 2_000_000, "after how many `FORMS` that are read a run that is killed can go on from there")
	f.StringVar(&modelFile, "model", "", "a trained model (default: the one that comes with dusach)")
	f.StringVar(&configFile, "config", "", "a `FILE` that describes another record type, or changes the form's: see dusach config --help")
	f.StringVar(&sizeClass, "size-class", "province", "province (up to 20 million forms) or nation (up to 120 million)")
	f.BoolVar(&linkOnly, "link-only", false, "link two INPUTs that are free of duplicates: each record has at most one partner, in the other input")
	f.BoolVar(&strict, "strict", false, "end at the first file that cannot be read")
	f.Float64Var(&maxWrong, "max-wrong-merges", -1, "publish nothing and exit with 3 where more than `N` pairs per million forms may be merged wrongly: see dusach review --help")
	f.StringVar(&job.Today, "today", "", "date of the scorecard, as 2026-11-21 (default: the latest collection date)")
	f.StringVar(&encoding, "encoding", "auto", "encoding of the text: "+encodingNames)
	addForgetKey(cmd, &job.ForgetKey)
	require(cmd, "out")
	return cmd
}

var errNoInput = &usageError{say.Errorf("chưa cho tệp đầu vào nào; hãy viết: dusach clean INPUT... --out STORE (không có INPUT chỉ khi làm lại một kho đã có)",
	"no input was given; write it as: dusach clean INPUT... --out STORE (without INPUT only to clean a store again that exists)")}

// checkAgain refuses a run without input, unless there is a store to clean again.
func checkAgain(args []string, job pipeline.Job) error {
	if len(args) > 0 {
		return nil
	}
	if _, err := os.Stat(filepath.Join(job.Store, "CURRENT")); err != nil || job.Fresh {
		return errNoInput
	}
	return nil
}

// checkInputs refuses a path that leads nowhere before anything is published:
// it is a slip of the user's, not a damaged file.
func checkInputs(inputs []string) error {
	for _, in := range inputs {
		if _, err := os.Stat(in); in == "-" || err == nil || !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if found, err := filepath.Glob(in); err == nil && len(found) > 0 {
			continue
		}
		if strings.ContainsAny(in, "*?[") {
			return say.Errorf("không có tệp nào tên như %s: kiểm tra đường dẫn, và đặt mẫu tên trong dấu nháy", "no file is called like %s: check the path, and put the pattern in quotes", in)
		}
		return say.Errorf("không có tệp hoặc thư mục %s: kiểm tra đường dẫn", "there is no file or folder %s: check the path", in)
	}
	return nil
}

// cleanConfig is the configuration of the collection form that the flags ask for.
func cleanConfig(cmd *cobra.Command, modelFile, sizeClass string) (pipeline.Config, error) {
	return configFor(cmd, "", modelFile, sizeClass)
}

// configFor is the configuration that the flags ask for; without a file it is that
// of the collection form.
func configFor(cmd *cobra.Command, file, modelFile, sizeClass string) (cfg pipeline.Config, err error) {
	if file != "" {
		cfg, err = pipeline.ReadConfig(file, modelFile)
	} else {
		var m *model.Model
		if m, err = readModel(modelFile); err == nil {
			cfg, err = pipeline.DefaultConfig(m)
		}
	}
	if err != nil {
		return cfg, err
	}
	err = runFlags(cmd, &cfg, sizeClass)
	return cfg, err
}

// runFlags sets what flags say of any run.
func runFlags(cmd *cobra.Command, cfg *pipeline.Config, sizeClass string) (err error) {
	if cfg.SizeClass, err = pipeline.ParseSizeClass(sizeClass); err != nil {
		return &usageError{err}
	}
	f := cmd.Flags()
	cfg.Workers, _ = f.GetInt("workers")
	cfg.BatchSize, _ = f.GetInt("batch-size")
	if cfg.Memory, err = memoryOf(cmd); err != nil {
		return err
	}
	cfg.Intake.Stdin = stdin(cmd)
	return nil
}

// readModel reads a trained model; no name is the one that comes with dusach.
func readModel(name string) (*model.Model, error) {
	if name == "" {
		return model.Default(), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("--model: %w", err)
	}
	defer file.Close()
	m, err := model.Load(file)
	if err != nil {
		return nil, fmt.Errorf("--model %s: %w", name, err)
	}
	return m, nil
}

// isoDate checks a date that a flag gives.
func isoDate(flag, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	d, ok := normalize.ParseISO(text)
	if !ok || !d.Full() {
		return "", &usageError{say.Errorf("%s %s: viết ngày dạng 2026-11-21", "%s %s: write the date as 2026-11-21", flag, text)}
	}
	return d.String(), nil
}

const encodingNames = "auto, utf-8, tcvn3, tcvn3h, vni, viscii, vps or cp1258"

// parseEncoding reads the value of --encoding. With auto nothing is declared
// and the text itself decides.
func parseEncoding(name string) (e normalize.Encoding, declared bool, err error) {
	name = strings.ToLower(name)
	if name == "auto" {
		return normalize.UTF8, false, nil
	}
	e, ok := normalize.ParseEncoding(name)
	if !ok || e == normalize.Mojibake || e == normalize.Mojibake2 {
		return e, false, &usageError{say.Errorf("--encoding %s: hãy dùng %s", "--encoding %s: use %s", name, encodingNames)}
	}
	return e, true, nil
}

func clean(cmd *cobra.Command, cfg pipeline.Config, job pipeline.Job) error {
	progress := newProgress(cmd)
	progress.forecast.stages = cleanStages
	summary, err := pipeline.New(cfg).Clean(cmd.Context(), job, progress)
	progress.finish()
	var below *pipeline.BelowPromise
	if errors.As(err, &below) {
		return &gateError{err}
	}
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(summary)
	}
	return printSummary(cmd.OutOrStdout(), summary, job.Lang)
}
