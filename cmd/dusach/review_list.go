package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/review"
)

// newReviewListCmd is `dusach review list`.
func newReviewListCmd() *cobra.Command {
	var most int
	var decided bool
	cmd := &cobra.Command{
		Use:   "list --store STORE",
		Short: "List the pairs that wait for a person, the most useful first",
		Long: `list shows the pairs of the published snapshot that wait for a person. Where several
pairs join the same two citizens, the strongest stands for all: one decision settles
them. First come those that teach most: the model is unsure and many forms hang on
the answer. No name and no number is shown: dusach review show FORM FORM shows both
forms.

With --decided it lists what was decided instead, and which decisions do not count:
overruled by a later one, or contradicted by others.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			ledger, err := review.Read(store)
			if err != nil {
				return err
			}
			if decided {
				return printDecided(cmd, ledger)
			}
			s, err := openStore(cmd, "")
			if err != nil {
				return err
			}
			list, err := waiting(cmd.Context(), s, ledger)
			if err != nil {
				return err
			}
			return printWaiting(cmd, list, most)
		},
	}
	cmd.Flags().IntVar(&most, "most", 20, "how many to show; 0: all")
	cmd.Flags().BoolVar(&decided, "decided", false, "list the decisions instead")
	return cmd
}

// A waitingPair is two citizens who may be one.
type waitingPair struct {
	linked
	CitizenA string `json:"citizen_a"`
	CitizenB string `json:"citizen_b"`
	Forms    int    `json:"forms"` // of both citizens
	Pairs    int    `json:"pairs"` // that wait between the two
}

// waiting returns the pairs that wait and were not decided since, the most useful
// first.
func waiting(ctx context.Context, s *lookup.Store, ledger *review.Ledger) ([]waitingPair, error) {
	links, err := s.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range links {
		ids = append(ids, l.A, l.B)
	}
	v := ledger.Resolve()
	for _, d := range slices.Concat(v.Same, v.Apart) {
		ids = append(ids, d.A, d.B)
	}
	persons, sizes, err := s.Persons(ctx, ids)
	if err != nil {
		return nil, err
	}
	between := func(a, b string) [2]string {
		return [2]string{min(persons[a], persons[b]), max(persons[a], persons[b])}
	}
	settled := map[[2]string]bool{}
	for _, d := range slices.Concat(v.Same, v.Apart) {
		settled[between(d.A, d.B)] = true
	}
	at := map[[2]string]int{}
	var list []waitingPair
	for _, l := range links {
		pair := between(l.A, l.B)
		if settled[pair] {
			continue
		}
		i, ok := at[pair]
		if !ok {
			i = len(list)
			at[pair] = i
			list = append(list, waitingPair{linked: linkedOf(l), CitizenA: persons[l.A], CitizenB: persons[l.B], Forms: sizes[pair[0]] + sizes[pair[1]]})
		}
		list[i].Pairs++
		if l.Weight > list[i].Weight {
			list[i].linked = linkedOf(l)
			list[i].CitizenA, list[i].CitizenB = persons[l.A], persons[l.B]
		}
	}
	useful := func(w waitingPair) float64 { return w.Probability * (1 - w.Probability) * float64(w.Forms) }
	slices.SortFunc(list, func(x, y waitingPair) int {
		return cmp.Or(cmp.Compare(useful(y), useful(x)), cmp.Compare(x.FormA, y.FormA), cmp.Compare(x.FormB, y.FormB))
	})
	return list, nil
}

func printWaiting(cmd *cobra.Command, list []waitingPair, most int) error {
	lang := language(cmd)
	all := len(list)
	if most > 0 {
		list = list[:min(most, all)]
	}
	if asJSON(cmd) {
		out := newLines(cmd.OutOrStdout())
		for _, w := range list {
			if err := out.Encode(w); err != nil {
				return err
			}
		}
		return nil
	}
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	var b strings.Builder
	for i, w := range list {
		fmt.Fprintf(&b, "%3d. %s – %s   %s\n", i+1, w.FormA, w.FormB, weightWords(w.Weight, lang))
		about := fmt.Sprintf(word("hai công dân %s, %s; %d phiếu", "citizens %s, %s; %d forms"), w.CitizenA, w.CitizenB, w.Forms)
		if w.Pairs > 1 {
			about += fmt.Sprintf(word("; quyết định này giải quyết %d cặp", "; one decision settles %d pairs"), w.Pairs)
		}
		if model.Probability(float32(w.Weight)) > 0.999 {
			about += word("; riêng cặp thì trùng, các phiếu khác không hợp", "; the pair matches, other forms speak against it")
		}
		fmt.Fprintf(&b, "     %s\n", about)
		paragraph(&b, "     ", levelCaptions(w.Levels, lang), 110)
	}
	switch {
	case all == 0:
		b.WriteString(word("Không có cặp nào đang chờ.\n", "No pair is waiting.\n"))
	case len(list) < all:
		fmt.Fprintf(&b, word("\n%d trong %d cặp công dân đang chờ (--most 0: tất cả).\n", "\n%d of %d pairs of citizens that wait (--most 0: all).\n"), len(list), all)
	default:
		fmt.Fprintf(&b, word("\n%d cặp công dân đang chờ.\n", "\n%d pairs of citizens are waiting.\n"), all)
	}
	if all > 0 {
		b.WriteString(word("Xem hai phiếu: dusach review show PHIẾU PHIẾU. Quyết định: dusach review decide PHIẾU PHIẾU same|different.\n",
			"See both forms: dusach review show FORM FORM. Decide: dusach review decide FORM FORM same|different.\n"))
	}
	_, err := cmd.OutOrStdout().Write([]byte(b.String()))
	return err
}

// A decidedPair is a decision and whether it counts.
type decidedPair struct {
	review.Decision
	Counts  bool   `json:"counts"`
	Because string `json:"because,omitempty"` // overruled, contradicted or erased
	Against int    `json:"against,omitempty"` // number of the decision that contradicts it
}

func printDecided(cmd *cobra.Command, ledger *review.Ledger) error {
	v := ledger.Resolve()
	list := make([]decidedPair, len(ledger.List))
	for i, d := range ledger.List {
		list[i] = decidedPair{Decision: d, Counts: d.Erased == 0}
		if d.Erased != 0 {
			list[i].Because = "erased"
		}
	}
	for _, d := range v.Overruled {
		list[d.Number-1].Counts, list[d.Number-1].Because = false, "overruled"
	}
	for _, c := range v.Contradicted {
		at := &list[c.Same.Number-1]
		at.Counts, at.Because, at.Against = false, "contradicted", c.Apart.Number
	}
	if asJSON(cmd) {
		out := newLines(cmd.OutOrStdout())
		for _, d := range list {
			if err := out.Encode(d); err != nil {
				return err
			}
		}
		return nil
	}
	lang := language(cmd)
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	g := grid{limit: 44}
	for _, d := range list {
		what := sameWords(d.Same, lang)
		switch d.Because {
		case "erased":
			what = fmt.Sprintf(word("đã xóa theo yêu cầu (sổ kiểm toán số %d)", "lawfully erased (audit entry %d)"), d.Erased)
		case "overruled":
			what += word(" (đã đổi ý sau đó)", " (taken back later)")
		case "contradicted":
			what += fmt.Sprintf(word(" (không theo: trái với số %d)", " (not followed: number %d is against it)"), d.Against)
		}
		g.add(fmt.Sprint(d.Number), d.A, d.B, what, d.By, strings.TrimSuffix(strings.Replace(d.At, "T", " ", 1), "Z"), d.Why)
	}
	var b strings.Builder
	g.write(&b)
	if len(list) == 0 {
		b.WriteString(word("Chưa có quyết định nào.\n", "Nothing was decided yet.\n"))
	}
	_, err := cmd.OutOrStdout().Write([]byte(b.String()))
	return err
}

func sameWords(same bool, lang string) string {
	if same {
		return choose([2]string{"cùng người", "one citizen"}, lang)
	}
	return choose([2]string{"khác người", "two citizens"}, lang)
}

// newReviewShowCmd is `dusach review show`: what a reviewer needs to decide.
func newReviewShowCmd() *cobra.Command {
	cmd := newExplainCmd()
	cmd.Use, cmd.Short = "show FORM FORM --store STORE", "Show two forms side by side, what speaks for and against, and what was decided"
	cmd.Long = `show puts two forms next to each other and shows what each agreement or difference
weighs, as dusach explain does, and what people decided on the pair before.`
	cmd.Example = "  dusach review show HN-000123 HN-004567 --store out"
	return cmd
}
