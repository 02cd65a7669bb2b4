package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

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
has its origin. It ends with exit code 1 where a law is broken.`,
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
	return "", &usageError{errors.New("name the store: as argument, with --store, or in DUSACH_STORE")}
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
			printReport(out, r)
		}
	}
	if broken > 0 {
		return fmt.Errorf("verify: %d of %d snapshots do not keep the laws", broken, len(reports))
	}
	return nil
}

func printReport(out io.Writer, r *snapshot.Report) {
	fmt.Fprintf(out, "snapshot %s: %d files, %.1f MB\n", r.Snapshot, r.Files, float64(r.Bytes)/1e6)
	c := r.Counts
	fmt.Fprintf(out, "  %d forms in = %d forms + %d quarantine + %d repeats + %d forgotten; %d citizens, %d links\n",
		c.FormsIn, c.Forms, c.Quarantine, c.Repeats, c.Forgotten, c.Citizens, c.Links)
	for _, check := range r.Checks {
		if check.Passed {
			fmt.Fprintf(out, "  %-13s ok\n", check.Name)
			continue
		}
		fmt.Fprintf(out, "  %-13s BROKEN in %d places\n", check.Name, check.Faults)
		for _, example := range check.Example {
			fmt.Fprintf(out, "    %s\n", example)
		}
	}
	if len(r.Checks) < 3 {
		fmt.Fprintln(out, "  the tables were not read: their files are not what the manifest says")
	}
}
