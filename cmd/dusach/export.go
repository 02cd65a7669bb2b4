package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/export"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

func newExportCmd() *cobra.Command {
	var number, file, province string
	o := export.Options{}
	cmd := &cobra.Command{
		Use:   "export --store STORE --table TABLE",
		Short: "Write a table as CSV, XLSX or JSON Lines",
		Long: `export writes a table of a store for people and programs that do not read
Parquet. Tables: ` + strings.Join(export.Tables, ", ") + `.

clusters are the forms of each citizen who has more than one, next to each
other, with the columns in which they differ. quarantine tells of each refused
form its office, where it stands in which file, why it was refused, and the form
as it came: mend it and hand it in again.

XLSX keeps leading zeros and marks what differs; a CSV file opened by double
click loses them. Text that a spreadsheet would take for a formula is written
after an apostrophe (CSV and XLSX).

A file holds personal data in full, and only its owner may read it. On a
terminal the middle of identity and telephone numbers is hidden.`,
		Example: "  dusach export --store out --table clusters --format xlsx --out clusters.xlsx\n" +
			"  dusach export --store out --table citizens --format jsonl --province 01 > hanoi.jsonl\n" +
			"  dusach export --store out --table quarantine --office HN-0123 --bom --out mend.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := storeOf(cmd, args)
			if err != nil {
				return err
			}
			if o.Province, err = provinceCode(province); err != nil {
				return &usageError{err}
			}
			if err := o.Check(); err != nil {
				return &usageError{err}
			}
			s, err := snapshot.Open(store, number)
			if err != nil {
				return err
			}
			return exportTo(cmd, s, o, file)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Table, "table", "", "the table: "+strings.Join(export.Tables, ", "))
	f.StringVar(&o.Format, "format", "csv", "csv, xlsx or jsonl")
	f.StringVar(&province, "province", "", "only citizens of this province, with their forms and links: its code since 2025-07-01, as 01; 00 is unknown")
	f.StringVar(&o.Office, "office", "", "with quarantine: only forms of this office")
	f.BoolVar(&o.BOM, "bom", false, "begin a CSV file so that Excel reads it as UTF-8")
	f.StringVar(&number, "snapshot", "", "an earlier snapshot, as 000042 (default: the published one)")
	f.StringVarP(&file, "out", "o", "", "the file to write (default: standard output)")
	require(cmd, "table")
	return cmd
}

// provinceCode reads a two-digit code; none is -1.
func provinceCode(code string) (int, error) {
	if code == "" {
		return -1, nil
	}
	n, err := strconv.Atoi(code)
	if err != nil || n < 0 || n > 99 {
		return 0, say.Errorf("--province %s: dùng mã hai chữ số, như 01; 00 là không rõ", "--province %s: use the two-digit code, as 01; 00 is unknown", code)
	}
	return n, nil
}

// exportTo writes to standard output, or to a file that appears when it is
// whole.
func exportTo(cmd *cobra.Command, s *snapshot.Snapshot, o export.Options, name string) error {
	if name == "" || name == "-" {
		terminal := isTerminal(cmd.OutOrStdout())
		if terminal && o.Format == "xlsx" {
			return &usageError{say.Errorf("bảng tính không in ra màn hình được: hãy chọn tệp bằng --out", "a workbook is nothing for a terminal: name a file with --out")}
		}
		o.Mask = terminal
		_, err := export.Write(cmd.Context(), s, o, cmd.OutOrStdout())
		return err
	}
	file, err := renameio.NewPendingFile(name, renameio.WithPermissions(0o600))
	if err != nil {
		return say.Errorf("ghi %s: %w", "writing %s: %w", name, err)
	}
	defer func() { _ = file.Cleanup() }() // nothing is left of it once it is in its place
	out := bufio.NewWriterSize(file, 256<<10)
	rows, err := export.Write(cmd.Context(), s, o, out)
	if err != nil {
		return err
	}
	if err := errors.Join(out.Flush(), file.CloseAtomicallyReplace()); err != nil {
		return say.Errorf("ghi %s: %w", "writing %s: %w", name, err)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d rows of %s in %s\n", rows, o.Table, name)
	return nil
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
