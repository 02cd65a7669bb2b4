package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

func newVerifyCmd() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "verify [STORE]",
		Short: "Prove that a store is whole and that no form was lost",
		Long: `verify reads a store again, byte by byte and row by row, and tries its laws:
every file has the bytes and the SHA-256 of the manifest; forms in = forms +
quarantine + repeats + forgotten; tables are in order and ids are unique; each
form belongs to a citizen who exists and each citizen has as many forms as the
table says; each link joins two forms that exist; each form, repeat and refusal
has its origin; what the audit log says was erased is marked, and nothing is left
of withdrawn snapshots. It ends with exit code 1 where a law is broken.`,
		Example: "  dusach verify out\n  dusach verify --all --json out",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := storeOf(cmd, args)
			if err != nil {
				return err
			}
			reports, err := snapshot.VerifyStore(cmd.Context(), store, all)
			if err != nil {
				return err
			}
			return printVerified(cmd, reports)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "verify every snapshot of the store, not only the published one")
	return cmd
}

// storeOf returns the store that a command looks into: its argument, or
// --store, which DUSACH_STORE may have set.
func storeOf(cmd *cobra.Command, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	if store, _ := cmd.Flags().GetString("store"); store != "" {
		return store, nil
	}
	return "", &usageError{say.Errorf("hãy chọn kho: làm tham số, bằng --store, hoặc trong DUSACH_STORE", "name the store: as argument, with --store, or in DUSACH_STORE")}
}

// printVerified shows what was found, and is an error if a law is broken.
func printVerified(cmd *cobra.Command, reports []*snapshot.Report) error {
	out := cmd.OutOrStdout()
	broken := 0
	for _, r := range reports {
		if !r.Passed() {
			broken++
		}
	}
	if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		if err := e.Encode(map[string]any{"passed": broken == 0, "snapshots": reports}); err != nil {
			return err
		}
	} else {
		for _, r := range reports {
			printReport(out, r, language(cmd))
		}
	}
	if broken > 0 {
		return say.Errorf("verify: %d trên %d bản chụp không giữ đúng luật", "verify: %d of %d snapshots do not keep the laws", broken, len(reports))
	}
	return nil
}

// lawWords say what each law of verify asks, Vietnamese and English.
var lawWords = map[string][2]string{
	snapshot.CheckFiles:    {"tệp nguyên vẹn", "files are whole"},
	snapshot.CheckCounts:   {"không mất phiếu nào", "no form was lost"},
	snapshot.CheckErasure:  {"phiếu đã xóa có sổ sách", "erasures are accounted for"},
	snapshot.CheckOrder:    {"đúng thứ tự, mã không lặp", "order, unique ids"},
	snapshot.CheckClusters: {"phiếu khớp với công dân", "forms and citizens agree"},
	snapshot.CheckLinks:    {"liên kết nối phiếu có thật", "links join real forms"},
	snapshot.CheckOrigins:  {"mỗi phiếu có nguồn gốc", "each form has its origin"},
	snapshot.CheckText:     {"chữ đúng UTF-8", "text is valid UTF-8"},
}

// verifyWords are the sentences of verify, Vietnamese and English.
var verifyWords = map[string][2]string{
	"snapshot": {"Bản chụp %s: %s tệp, %s MB\n", "Snapshot %s: %s files, %s MB\n"},
	"counts": {"  %s phiếu đã đọc = %s hợp lệ + %s cách ly + %s gửi lại + %s đã xóa; %s công dân, %s liên kết\n",
		"  %s forms read = %s accepted + %s in quarantine + %s sent again + %s erased; %s citizens, %s links\n"},
	"withdrawn": {"Bản chụp %s: đã thu hồi, dùng %s\n", "Snapshot %s: withdrawn, use %s\n"},
	"broken":    {"SAI ở %s chỗ", "BROKEN in %s places"},
	"ok":        {"đạt", "ok"},
	"skipped":   {"  không đọc các bảng: tệp không còn như trong bản kê", "  the tables were not read: their files are not what the manifest says"},
}

func printReport(out io.Writer, r *snapshot.Report, lang string) {
	word := func(key string) string { return choose(verifyWords[key], lang) }
	number := func(n int64) string { return pipeline.Number(n, lang) }
	c := r.Counts
	if r.Superseded != "" {
		fmt.Fprintf(out, word("withdrawn"), r.Snapshot, r.Superseded)
	} else {
		fmt.Fprintf(out, word("snapshot"), r.Snapshot, number(int64(r.Files)), decimal(float64(r.Bytes)/1e6, 1, lang))
		fmt.Fprintf(out, word("counts"), number(c.FormsIn), number(c.Forms), number(c.Quarantine), number(c.Repeats),
			number(c.Forgotten), number(c.Citizens), number(c.Links))
	}
	for _, check := range r.Checks {
		law := choose(lawWords[check.Name], lang)
		law += strings.Repeat(" ", max(1, 27-cellWidth(law)))
		if check.Passed {
			fmt.Fprintf(out, "  %s%s\n", law, word("ok"))
			continue
		}
		fmt.Fprintf(out, "  %s"+word("broken")+"\n", law, number(check.Faults))
		for _, example := range check.Example {
			fmt.Fprintf(out, "    %s\n", example)
		}
	}
	if r.Superseded == "" && len(r.Checks) < len(lawWords) {
		fmt.Fprintln(out, word("skipped"))
	}
}
