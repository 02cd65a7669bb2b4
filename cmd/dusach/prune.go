package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// newPruneCmd is `dusach prune`: which earlier snapshots stay.
func newPruneCmd() *cobra.Command {
	var keep retention
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "prune --store STORE --keep N --keep-days D",
		Short: "Remove earlier snapshots that need not be kept",
		Long: `prune removes snapshots of a store. The published one stays, and so does one
that is being read, the last --keep ones, and those of the last --keep-days days
by the time of their manifest. With both flags a snapshot goes only where neither
keeps it.

Files that a later snapshot shares stay with that one. dusach live has the same
flags, and removes what need not be kept after each publication.`,
		Example: "  dusach prune --store out --keep 10 --keep-days 30 --dry-run",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := keep.checked(cmd)
			if err != nil {
				return err
			}
			if r == (snapshot.Retention{}) {
				return &usageError{say.Errorf("hãy cho biết giữ lại những gì: --keep hoặc --keep-days", "say what to keep: --keep or --keep-days")}
			}
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			return prune(cmd, store, r, dryRun)
		},
	}
	keep.add(cmd)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say what would be removed, and remove nothing")
	return cmd
}

// retention are the flags that say what to keep.
type retention struct{ last, days int }

func (r *retention) add(cmd *cobra.Command) {
	cmd.Flags().IntVar(&r.last, "keep", 0, "keep the last `N` snapshots, the published one among them (default: all)")
	cmd.Flags().IntVar(&r.days, "keep-days", 0, "keep the snapshots of the last `D` days")
}

func (r *retention) checked(cmd *cobra.Command) (snapshot.Retention, error) {
	for flag, n := range map[string]int{"keep": r.last, "keep-days": r.days} {
		if n < 0 || n == 0 && cmd.Flags().Changed(flag) || n > 1_000_000 {
			return snapshot.Retention{}, &usageError{say.Errorf("--%s %d: dùng số từ 1 đến 1000000", "--%s %d: use a number from 1 to 1000000", flag, n)}
		}
	}
	if r.days > 36500 {
		r.days = 36500 // beyond what a duration holds
	}
	return snapshot.Retention{Last: r.last, Age: time.Duration(r.days) * 24 * time.Hour}, nil
}

func prune(cmd *cobra.Command, store string, keep snapshot.Retention, dryRun bool) error {
	if _, err := snapshot.Open(store, ""); err != nil {
		return err
	}
	lease, err := snapshot.TakeLease(store, "dusach prune")
	if err != nil {
		return err
	}
	defer func() { _ = lease.Release() }()
	out, err := snapshot.Prune(store, keep, time.Now(), dryRun)
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(out)
	}
	words := [2]string{"Đã bỏ %d bản chụp%s; giữ %d.\n", "Removed %d snapshots%s; %d are kept.\n"}
	if dryRun {
		words = [2]string{"Sẽ bỏ %d bản chụp%s; giữ %d.\n", "Would remove %d snapshots%s; %d would be kept.\n"}
	}
	list := ""
	if len(out.Removed) > 0 {
		list = " (" + strings.Join(out.Removed, ", ") + ")"
	}
	fmt.Fprintf(cmd.OutOrStdout(), choose(words, language(cmd)), len(out.Removed), list, len(out.Kept))
	if len(out.InUse) > 0 {
		fmt.Fprintf(cmd.OutOrStdout(), choose([2]string{"Đang có người đọc nên chưa bỏ: %s.\n", "Not removed, for they are being read: %s.\n"}, language(cmd)), strings.Join(out.InUse, ", "))
	}
	return nil
}
