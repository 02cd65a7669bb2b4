package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dusach/dusach/benchmarks/addresses/offices"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/units"
)

// A tally counts what became of the codes of one edition.
type tally struct{ known, right, wrong, unresolved int }

// An edition of an office's address: tallies of both codes, and of the code of
// the edition that it is written in.
type habitCount struct {
	all, stray     int // stray: a wrong code for an address that is not resolvable
	old, new, asks tally
}

// measureOffices reads n addresses of the second maker and prints what became
// of them by habit and by noise. Told, the parser knows the edition.
func measureOffices(n int, seed uint64, list int, only, dump string, told bool) error {
	m := offices.New(seed)
	habits, noises, total := map[string]*habitCount{}, map[string]*habitCount{}, &habitCount{}
	var p address.Parser
	var a address.Address
	var typed []byte
	var texts [][]byte
	var wrong, missed, stray []string
	var out strings.Builder
	for range n {
		s := m.Sample()
		typed, _ = normalize.AppendUntyped(typed[:0], []byte(s.Text))
		edition := address.AnyEdition
		switch {
		case told && s.New == 0:
			edition = address.OldEdition
		case told && s.Old == 0:
			edition = address.NewEdition
		}
		p.ParseAs(typed, edition, &a)
		if len(texts) < paced {
			texts = append(texts, bytes.Clone(typed))
		}
		asked, verdict := byte('u'), byte('-')
		for _, c := range []*habitCount{of(habits, s.Habit), of(noises, s.Noise), total} {
			asked, verdict = c.add(&s, &a)
		}
		if dump != "" {
			line, err := json.Marshal(s.Text)
			if err != nil {
				return err
			}
			fmt.Fprintf(&out, "%s\t%s\t%s\t%t\t%s\n", line, s.Old.Code(), newCodes(s.Old, s.New), asked != '-', s.Habit)
		}
		name := s.Habit + " / " + s.Noise
		if !strings.Contains(name, only) {
			continue
		}
		line := fmt.Sprintf("%-40s %q means %s/%s, read as %s/%s, confidence %.2f", name, s.Text, s.Old.Code(), newCodes(s.Old, s.New), a.Old.Code(), a.New.Code(), a.Confidence)
		switch verdict {
		case 'w':
			wrong = append(wrong, line)
		case 'u':
			missed = append(missed, line)
		case 's':
			stray = append(stray, line)
		}
	}
	if dump != "" {
		if err := os.WriteFile(dump, []byte(out.String()), 0o644); err != nil {
			return fmt.Errorf("writing the addresses: %w", err)
		}
	}
	reportHabits("habit", habits, nil)
	fmt.Println()
	reportHabits("noise", noises, total)
	printPace(texts)
	for i, l := range [][]string{wrong, missed, stray} {
		if list > 0 {
			fmt.Printf("\n%s: %d\n%s\n", [...]string{"wrong", "unresolved", "not resolvable, yet read wrong"}[i], len(l), strings.Join(l[:min(len(l), list)], "\n"))
		}
	}
	return nil
}

func of(by map[string]*habitCount, key string) *habitCount {
	if by[key] == nil {
		by[key] = &habitCount{}
	}
	return by[key]
}

// newCodes lists the new units that count as right.
func newCodes(o units.Old, n units.New) string {
	if n != 0 {
		return n.Code()
	}
	var list []string
	for _, n := range units.NewOf(o) {
		list = append(list, n.Code())
	}
	return strings.Join(list, " ")
}

// add counts one address and returns the verdict on the code that is asked for,
// '-' for none, and that on all: w wrong, u unresolved, s wrong though not
// resolvable, r right.
func (c *habitCount) add(s *offices.Sample, a *address.Address) (asked, all byte) {
	c.all++
	right := a.New != 0 && (a.New == s.New || s.New == 0 && units.Follows(s.Old, a.New))
	o := c.old.add(s.OldKnown, a.Old != 0, a.Old == s.Old)
	n := c.new.add(s.NewKnown, a.New != 0, right)
	asked = n
	if s.Old != 0 && s.New == 0 && s.OldKnown {
		asked = o
	}
	switch asked {
	case 'r':
		c.asks.right++
	case 'w':
		c.asks.wrong++
	case 'u':
		c.asks.unresolved++
	}
	if asked != '-' {
		c.asks.known++
	}
	switch {
	case o == 'w' || n == 'w':
		return asked, 'w'
	case asked == '-' && (a.New != 0 && !right || a.Old != 0 && a.Old != s.Old):
		c.stray++
		return asked, 's'
	}
	return asked, asked
}

func (t *tally) add(known, given, right bool) byte {
	switch {
	case !known:
		return '-'
	case !given:
		t.unresolved++
		t.known++
		return 'u'
	case right:
		t.right++
		t.known++
		return 'r'
	}
	t.wrong++
	t.known++
	return 'w'
}

func reportHabits(caption string, by map[string]*habitCount, total *habitCount) {
	w := tabwriter.NewWriter(os.Stdout, 2, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\tall\tresolvable\tright %%\tunresolved %%\twrong %%\told code: of\tright %%\twrong %%\tnew code: of\tright %%\twrong %%\tstray\t\n", caption)
	row := func(name string, c *habitCount) {
		q := func(k int, t *tally) string { return fmt.Sprintf("%.3f", 100*float64(k)/float64(max(t.known, 1))) }
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t%s\t%d\t%s\t%s\t%d\t%s\t%s\t%d\t\n", name, c.all, c.asks.known,
			q(c.asks.right, &c.asks), q(c.asks.unresolved, &c.asks), q(c.asks.wrong, &c.asks),
			c.old.known, q(c.old.right, &c.old), q(c.old.wrong, &c.old), c.new.known, q(c.new.right, &c.new), q(c.new.wrong, &c.new), c.stray)
	}
	for _, k := range slices.Sorted(maps.Keys(by)) {
		row(k, by[k])
	}
	if total != nil {
		row("total", total)
	}
	w.Flush()
}
