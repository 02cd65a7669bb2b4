package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// newForgetCmd is `dusach forget`: lawful erasure.
func newForgetCmd() *cobra.Command {
	var job pipeline.ForgetJob
	var from, modelFile string
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "forget ID... --store STORE --by WHO --why REASON",
		Short: "Erase forms lawfully, and keep them from coming back",
		Long: `forget erases forms from a store. It publishes a snapshot in which what is left
is as if they had never come, withdraws every snapshot that holds them, and
removes the state that dusach live and clean keep. If one of the forms is sent
again, dusach knows it and counts it as erased.

ID is the id of a form, of a refused form, or a person_id: then all forms of that
person. Nothing is erased unless every ID is found. What a person sends later in
another form is a new form; --whole-id refuses whatever comes under the same id.

Of an erased form a keyed hash stays, which tells nothing without the key. The
key is made in STORE/forget.key; --forget-key names one outside of the store. Keep
a copy of it apart: a store with erased forms is not written without its key.

Who, when, why and how many are entered in STORE/audit, which dusach verify
checks: give no personal data in --why. What was copied out of the store before,
exports and backups, is yours to erase.`,
		Example: "  dusach forget HN-000123 --store out --by nnthoa --why 'QĐ 12/QĐ-CA' --dry-run\n  dusach forget --from ids.txt --store out --by nnthoa --why 'QĐ 12/QĐ-CA'",
		Args:    cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if job.IDs, err = idsOf(cmd, args, from); err != nil {
				return err
			}
			if job.Store, err = storeOf(cmd, nil); err != nil {
				return err
			}
			if !dryRun && (strings.TrimSpace(job.By) == "" || strings.TrimSpace(job.Why) == "") {
				return &usageError{say.Errorf("hãy cho biết ai xóa (--by) và vì sao (--why)", "say who erases (--by) and why (--why)")}
			}
			if job.Today, err = isoDate("--today", job.Today); err != nil {
				return err
			}
			job.Time, job.Lang, job.Version, job.Command = time.Now(), language(cmd), version(), "dusach forget"
			return forget(cmd, &job, modelFile, dryRun)
		},
	}
	f := cmd.Flags()
	f.StringVar(&from, "from", "", "a `FILE` of further IDs, one a line; - is standard input")
	f.StringVar(&job.By, "by", "", "who erases")
	f.StringVar(&job.Why, "why", "", "on what ground, as the number of a decision")
	f.BoolVar(&job.WholeID, "whole-id", false, "forget whatever comes under the ids of these forms, not these forms alone")
	f.BoolVar(&dryRun, "dry-run", false, "say what would be erased, and change nothing")
	f.StringVar(&modelFile, "model", "", "the model that the snapshot was made with (default: the one that comes with dusach)")
	f.BoolVar(&job.NewEpoch, "new-epoch", false, "go on though the model or rules are not those of the snapshot: all citizens are decided anew")
	f.StringVar(&job.Today, "today", "", "date of the scorecard, as 2026-11-21 (default: the latest collection date)")
	addForgetKey(cmd, &job.ForgetKey)
	return cmd
}

// addForgetKey adds the flag that names the key of erasure.
func addForgetKey(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "forget-key", "", "the `FILE` of the key under which erased forms are marked (default: STORE/forget.key)")
}

// idsOf returns the ids on the command line and in a file.
func idsOf(cmd *cobra.Command, args []string, file string) ([]string, error) {
	ids := args
	if file != "" {
		in := stdin(cmd)
		if file != "-" {
			f, err := os.Open(file)
			if err != nil {
				return nil, fmt.Errorf("--from: %w", err)
			}
			defer f.Close()
			in = f
		}
		more, err := readLines(in)
		if err != nil {
			return nil, fmt.Errorf("--from %s: %w", file, err)
		}
		ids = append(ids, more...)
	}
	if len(ids) == 0 {
		return nil, &usageError{say.Errorf("hãy cho mã phiếu hoặc mã công dân cần xóa, hoặc --from", "name the forms or citizens to erase, or --from")}
	}
	return ids, nil
}

func readLines(in io.Reader) (lines []string, err error) {
	s := bufio.NewScanner(in)
	for s.Scan() {
		if line := strings.TrimSpace(strings.TrimPrefix(s.Text(), "\ufeff")); line != "" {
			lines = append(lines, line)
		}
	}
	return lines, s.Err()
}

func forget(cmd *cobra.Command, job *pipeline.ForgetJob, modelFile string, dryRun bool) error {
	s, err := snapshot.Open(job.Store, "")
	if err != nil {
		return err
	}
	cfg, err := configOfSnapshot(cmd, s, modelFile)
	if err != nil {
		return err
	}
	house := pipeline.New(*cfg)
	var done *pipeline.Erased
	if dryRun {
		done, err = house.WouldForget(cmd.Context(), *job)
	} else {
		progress := newProgress(cmd)
		done, err = house.Forget(cmd.Context(), *job, progress)
		progress.finish()
	}
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(done)
	}
	_, err = io.WriteString(cmd.OutOrStdout(), forgotten(done, dryRun, language(cmd)))
	return err
}

// forgotten tells people what was erased.
func forgotten(e *pipeline.Erased, dryRun bool, lang string) string {
	number := func(n int64) string { return pipeline.Number(n, lang) }
	words := [2]string{"Đã xóa %s phiếu của %s công dân và %s phiếu bị cách ly.\n", "Erased %s forms of %s citizens and %s refused forms.\n"}
	gone := [2]string{"Đã thu hồi các bản chụp chứa chúng: %s.\n", "Withdrew the snapshots that held them: %s.\n"}
	if dryRun {
		words = [2]string{"Sẽ xóa %s phiếu của %s công dân và %s phiếu bị cách ly.\n", "Would erase %s forms of %s citizens and %s refused forms.\n"}
		gone = [2]string{"Sẽ thu hồi các bản chụp: %s.\n", "Would withdraw the snapshots %s.\n"}
	}
	text := fmt.Sprintf(choose(words, lang), number(e.Forms), number(e.Persons), number(e.Refusals)) +
		fmt.Sprintf(choose(gone, lang), strings.Join(e.Withdrawn, ", "))
	if e.Summary != nil {
		text += fmt.Sprintf(choose([2]string{"Bản chụp mới: %s. Bản xuất và bản sao lưu trước đó: hãy tự xóa.\n", "The new snapshot: %s. Exports and backups made before are yours to erase.\n"}, lang), e.Summary.Snapshot)
	}
	return text
}
