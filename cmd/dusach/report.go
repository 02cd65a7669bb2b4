package main

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// newReportCmd is `dusach report`: the page of a snapshot again.
func newReportCmd() *cobra.Command {
	var number, out string
	cmd := &cobra.Command{
		Use:   "report --store STORE",
		Short: "Write the report of a snapshot again",
		Long: `Report writes the page of a snapshot again, in Vietnamese or English, from the
numbers in its scorecard.json; no form is read. The snapshot is left as it is:
its files never change once they are published. With --json it prints the
numbers themselves.`,
		Args:    cobra.NoArgs,
		Example: "  dusach report --store out --lang en --out report.en.html\n  dusach report --store out --snapshot 000041 > report.html",
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, _ := cmd.Flags().GetString("store")
			if store == "" {
				return &usageError{say.Errorf("thiếu --store: hãy chọn thư mục mà `dusach clean --out` đã ghi", "--store is missing: name the folder that `dusach clean --out` wrote")}
			}
			page, err := reportOf(cmd, store, number)
			if err != nil {
				return err
			}
			if out == "" || out == "-" {
				_, err = cmd.OutOrStdout().Write(page)
				return err
			}
			if err := renameio.WriteFile(out, page, 0o644); err != nil {
				return say.Errorf("ghi báo cáo: %w", "writing the report: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&number, "snapshot", "", "the snapshot, as 000042 (default: the published one)")
	cmd.Flags().StringVar(&out, "out", "", "`FILE` to write (default: standard output)")
	return cmd
}

// reportOf makes the page of a snapshot, or the numbers behind it.
func reportOf(cmd *cobra.Command, store, number string) ([]byte, error) {
	s, err := snapshot.Open(store, number)
	if err != nil {
		return nil, err
	}
	figures, err := os.ReadFile(filepath.Join(s.Folder, "scorecard.json"))
	if err != nil {
		return nil, say.Errorf("kho %s: %w: hãy công bố bản chụp mới bằng `dusach clean`", "store %s: %w: publish a new snapshot with `dusach clean`", store, err)
	}
	card, err := record.DecodeScorecard(bytes.NewReader(figures))
	if err != nil {
		return nil, say.Errorf("kho %s, bản chụp %s: %w", "store %s, snapshot %s: %w", store, s.Number, err)
	}
	var page bytes.Buffer
	if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
		err = card.Encode(&page)
	} else {
		lang, _ := cmd.Flags().GetString("lang")
		err = report.Write(&page, card, lang)
	}
	return page.Bytes(), err
}
