package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// newDiffCmd is `dusach diff`: what a snapshot brought.
func newDiffCmd() *cobra.Command {
	var list bool
	cmd := &cobra.Command{
		Use:   "diff SNAPSHOT SNAPSHOT --store STORE",
		Short: "Show what changed between two snapshots",
		Long: `diff compares two snapshots of a store, the earlier one first: how many forms,
refusals and citizens each has, and how many citizens are new, got further
forms, or are gone because they joined others or got another id.

With --list it names them, one a line: + new, ~ other forms than before, - gone.
dusach history says what became of one that is gone.`,
		Example: "  dusach diff 000001 000002 --store out",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, numbers []string) error {
			from, err := openStore(cmd, numbers[0])
			if err != nil {
				return err
			}
			to, err := openStore(cmd, numbers[1])
			if err != nil {
				return err
			}
			return diff(cmd, from.Snapshot(), to.Snapshot(), list)
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, "name the citizens that are not the same in both")
	return cmd
}

// difference is what diff says to programs.
type difference struct {
	From     string            `json:"from"`
	To       string            `json:"to"`
	Counts   [2]tableCounts    `json:"counts"`
	Citizens lookup.Difference `json:"citizens"`
	Changes  []personStep      `json:"changes,omitempty"`
}

type tableCounts = snapshot.Counts

type personStep struct {
	PersonID string      `json:"person_id"`
	Change   lookup.Step `json:"change"`
}

func diff(cmd *cobra.Command, from, to *snapshot.Snapshot, list bool) error {
	d := difference{From: from.Number, To: to.Number, Counts: [2]tableCounts{from.Manifest.Counts, to.Manifest.Counts}}
	if list {
		d.Citizens.Each = func(person string, step lookup.Step) { d.Changes = append(d.Changes, personStep{person, step}) }
	}
	if err := d.Citizens.Between(cmd.Context(), from, to); err != nil {
		return err
	}
	if asJSON(cmd) {
		return newLines(cmd.OutOrStdout()).Encode(d)
	}
	_, err := cmd.OutOrStdout().Write([]byte(d.text(language(cmd))))
	return err
}

func (d *difference) text(lang string) string {
	word := func(key string) string { return choose(summaryWords[key], lang) }
	number := func(n int64) string { return pipeline.Number(n, lang) }
	var b strings.Builder
	g := grid{right: []bool{false, true, true, true}}
	g.add("", d.From, d.To, "±")
	a, z := d.Counts[0], d.Counts[1]
	for _, row := range []struct {
		key  string
		a, z int64
	}{
		{"in", a.FormsIn, z.FormsIn}, {"forms", a.Forms, z.Forms}, {"repeats", a.Repeats, z.Repeats},
		{"quarantine", a.Quarantine, z.Quarantine}, {"citizens", a.Citizens, z.Citizens}, {"merged", a.Forms - a.Citizens, z.Forms - z.Citizens},
	} {
		sign := ""
		if row.z > row.a {
			sign = "+"
		}
		g.add(word(row.key), number(row.a), number(row.z), sign+number(row.z-row.a))
	}
	g.write(&b)
	b.WriteByte('\n')
	c := d.Citizens
	steps := grid{right: []bool{true, false}}
	for _, row := range []struct {
		n      int64
		vi, en string
	}{
		{c.Kept, "công dân giữ nguyên mã và phiếu", "citizens with the same id and forms"},
		{c.Grown, "công dân giữ nguyên mã, phiếu thay đổi", "citizens with the same id and other forms"},
		{c.New, "mã công dân mới", "new person_ids"},
		{c.Gone, "mã công dân không còn dùng (gộp, đổi mã)", "person_ids no longer in use (joined, renamed)"},
	} {
		steps.add(number(row.n), choose([2]string{row.vi, row.en}, lang))
	}
	steps.write(&b)
	for i, step := range d.Changes {
		if i == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s %s\n", map[lookup.Step]string{lookup.StepNew: "+", lookup.StepGone: "-", lookup.StepGrown: "~"}[step.Change], step.PersonID)
	}
	return b.String()
}
