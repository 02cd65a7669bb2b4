package main

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/units"
)

type count struct{ resolvable, right, wrong, unresolved, wrongAny, all, partly int }

func main() {
	n := flag.Int("n", 200000, "addresses to make")
	seed := flag.Uint64("seed", 1, "seed of the addresses")
	list := flag.Int("list", 0, "print so many wrong and so many unresolved addresses")
	only := flag.String("only", "", "list only processes that contain this text")
	all := flag.Bool("all", false, "list wrong ones of addresses that are not resolvable, too")
	dump := flag.String("dump", "", "write the addresses and their truth to this file, for other parsers")
	by := flag.String("maker", "rules", "whose addresses: rules or offices")
	told := flag.Bool("told", false, "tell the parser the edition of each address (maker offices)")
	flag.Parse()
	if *by == "offices" {
		if err := measureOffices(*n, *seed, *list, *only, *dump, *told); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}

	m := &maker{Rand: rand.New(rand.NewPCG(*seed, 7)), rivals: newRivals()}
	byProcess := map[string]*count{}
	total := &count{}
	var p address.Parser
	var a address.Address
	var texts [][]byte
	var wrong, missed []string
	var out bytes.Buffer
	for range *n {
		s := m.sample()
		if *dump != "" {
			fmt.Fprintf(&out, "%q\t%s\t%s\t%t\t%s\n", s.text, s.old.Code(), codes(&s), s.resolvable, s.process)
		}
		raw := []byte(s.text)
		p.Parse(raw, &a)
		if len(texts) < paced {
			texts = append(texts, raw)
		}
		c := byProcess[s.process]
		if c == nil {
			c = &count{}
			byProcess[s.process] = c
		}
		verdict := judge(&s, &a)
		c.add(&s, verdict)
		total.add(&s, verdict)
		if !strings.Contains(s.process, *only) {
			continue
		}
		line := fmt.Sprintf("%-28s %v %q truth %s%s got old %s new %s conf %.2f", s.process, s.resolvable, s.text, s.old.Code(), s.new.Code(), a.Old.Code(), a.New.Code(), a.Confidence)
		if verdict == 'w' && (s.resolvable || *all) {
			wrong = append(wrong, line)
		} else if verdict == 'u' && s.resolvable {
			missed = append(missed, line)
		}
	}
	if *dump != "" {
		if err := os.WriteFile(*dump, out.Bytes(), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "writing the addresses:", err)
			os.Exit(1)
		}
	}
	report(byProcess, total)
	printPace(texts)
	for _, l := range [][]string{wrong, missed} {
		if *list > 0 {
			fmt.Println()
			fmt.Println(strings.Join(l[:min(len(l), *list)], "\n"))
		}
	}
}

// judge returns r for the right commune, p for right in the new edition with
// the old one left open, w for a wrong one, u for none.
func judge(s *sample, a *address.Address) byte {
	switch {
	case a.Old == 0 && a.New == 0:
		return 'u'
	case s.old != 0:
		if a.Old == s.old && units.Follows(s.old, a.New) {
			return 'r'
		}
		if a.Old == 0 && units.Follows(s.old, a.New) {
			return 'p'
		}
		return 'w'
	case a.New == s.new:
		return 'r'
	}
	return 'w'
}

func (c *count) add(s *sample, verdict byte) {
	c.all++
	if verdict == 'w' {
		c.wrongAny++
	}
	if !s.resolvable {
		return
	}
	c.resolvable++
	switch verdict {
	case 'r':
		c.right++
	case 'p':
		c.right++
		c.partly++
	case 'w':
		c.wrong++
	default:
		c.unresolved++
	}
}

func report(by map[string]*count, total *count) {
	w := tabwriter.NewWriter(os.Stdout, 2, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "process\tall\tresolvable\tright %\tunresolved %\twrong %\twrong of all %\tnew edition only %\t")
	row := func(name string, c *count) {
		q := func(k, of int) string { return fmt.Sprintf("%.3f", 100*float64(k)/float64(max(of, 1))) }
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t\n", name, c.all, c.resolvable, q(c.right, c.resolvable), q(c.unresolved, c.resolvable), q(c.wrong, c.resolvable), q(c.wrongAny, c.all), q(c.partly, c.resolvable))
	}
	for _, k := range slices.Sorted(maps.Keys(by)) {
		row(k, by[k])
	}
	row("total", total)
	w.Flush()
}

// codes lists the new units that count as right.
func codes(s *sample) string {
	if s.new != 0 {
		return s.new.Code()
	}
	var list []string
	for _, n := range units.NewOf(s.old) {
		list = append(list, n.Code())
	}
	return strings.Join(list, " ")
}
