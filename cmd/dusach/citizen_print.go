package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
)

// statusWords say what the status of a citizen means.
var statusWords = map[string][2]string{
	record.StatusActive:    {"đang cư trú", "active"},
	record.StatusDead:      {"đã chết", "deceased"},
	record.StatusEmigrated: {"đã ra nước ngoài", "emigrated"},
	record.StatusRenounced: {"đã thôi quốc tịch", "nationality renounced"},
}

// print shows a citizen to people.
func (v *citizenView) print(b *strings.Builder, m mask, lang string) {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	c := v.citizen
	fmt.Fprintf(b, "%s %s   (%s)\n", word("Công dân", "Citizen"), c.Person, v.asOf(lang))
	for _, step := range v.path {
		fmt.Fprintf(b, "  %s\n", changeSentence(step, lang))
	}
	facts := []string{fmt.Sprintf(word("%d phiếu", "%d forms"), c.Forms), choose(statusWords[c.Status], lang)}
	if c.Province != 0 {
		facts = append(facts, units.ProvinceName34(c.Province))
	}
	if c.FirstSeen != "" {
		facts = append(facts, word("thu thập ", "collected ")+strings.Join(dedupe(c.FirstSeen, c.LastSeen), " – "))
	}
	fmt.Fprintf(b, "  %s\n\n", strings.Join(facts, " · "))
	sideBySide(b, v.schema, c, v.forms, m, lang)
	v.printLinks(b, lang)
	v.printApart(b, lang)
	formCodes(b, v.forms, lang)
}

// linksShown is how many pairs of one citizen are told to people.
const linksShown = 12

// strongest keeps, of the pairs with each other form, the one that weighs most.
func strongest(links []lookup.Link, numberOf func(string) int) []lookup.Link {
	at := map[string]int{}
	var kept []lookup.Link
	for _, l := range links {
		other := l.B
		if numberOf(other) >= 0 {
			other = l.A
		}
		if i, ok := at[other]; !ok {
			at[other] = len(kept)
			kept = append(kept, l)
		} else if l.Weight > kept[i].Weight {
			kept[i] = l
		}
	}
	return kept
}

// printLinks says why the forms are one person, and which pairs wait.
func (v *citizenView) printLinks(b *strings.Builder, lang string) {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	if len(v.forms) > 1 {
		b.WriteString("\n" + word("Vì sao là một người", "Why they are one person") + "\n")
		for _, l := range v.links[:min(len(v.links), linksShown)] {
			fmt.Fprintf(b, "  %s – %s  %s, %s\n", formNumber(v.numberOf(l.A)), formNumber(v.numberOf(l.B)), weightWords(l.Weight, lang), word("gặp nhau nhờ cùng ", "met by the same ")+ruleWords(l.Rule, lang))
			paragraph(b, "      ", levelCaptions(l.Levels, lang), 110)
		}
		if more := len(v.links) - linksShown; more > 0 {
			fmt.Fprintf(b, word("  … và %d cặp nữa: xem bằng --json\n", "  … and %d more pairs: see them with --json\n"), more)
		}
		if len(v.links) == 0 {
			b.WriteString("  " + word("(bản chụp không ghi cặp nào)", "(no pair is recorded)") + "\n")
		}
	}
	if len(v.reviews) > 0 {
		b.WriteString("\n" + word("Cần người xem: có thể cùng người với", "To be looked at: may be the same person as") + "\n")
		for _, l := range strongest(v.reviews, v.numberOf) {
			own, other := l.A, l.B
			if v.numberOf(own) < 0 {
				own, other = other, own
			}
			fmt.Fprintf(b, "  %s – %s  %s\n", formNumber(v.numberOf(own)), other, weightWords(l.Weight, lang))
			paragraph(b, "      ", levelCaptions(l.Levels, lang), 110)
		}
	}
}

// formName is a form's number in the table, or its id where it is another's.
func (v *citizenView) formName(id string) string {
	if i := v.numberOf(id); i >= 0 {
		return formNumber(i)
	}
	return id
}

// printApart says which matches with others were not followed, and what people decided.
func (v *citizenView) printApart(b *strings.Builder, lang string) {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	list := func(caption string, n int, pair func(i int) (first, second, text string)) {
		if n == 0 {
			return
		}
		b.WriteString("\n" + caption + "\n")
		for i := range min(n, linksShown) {
			first, second, text := pair(i)
			if v.numberOf(first) < 0 {
				first, second = second, first
			}
			paragraph(b, "  ", fmt.Sprintf("%s – %s: %s", v.formName(first), v.formName(second), text), 114)
		}
		if more := n - linksShown; more > 0 {
			fmt.Fprintf(b, word("  … và %d cặp nữa: xem bằng --json\n", "  … and %d more pairs: see them with --json\n"), more)
		}
	}
	list(word("Trùng với người khác nhưng không gộp", "Matches with others that were not merged"), len(v.splits), func(i int) (string, string, string) {
		return v.splits[i].FormA, v.splits[i].FormB, splitReason(&v.splits[i], lang)
	})
	list(word("Người duyệt đã quyết định", "What people decided"), len(v.decisions), func(i int) (string, string, string) {
		return v.decisions[i].A, v.decisions[i].B, decidedWords(v.decisions[i], v.followed, lang)
	})
}

// weightWords writes a match weight and its probability.
func weightWords(weight float64, lang string) string {
	p := 100 * float64(model.Probability(float32(weight)))
	percent := decimal(p, 2, lang) + " %"
	if p > 99.99 {
		percent = "> " + decimal(99.99, 2, lang) + " %"
	}
	sign := "+"
	if weight < 0 {
		sign = ""
	}
	return sign + decimal(weight, 1, lang) + " bit (" + percent + ")"
}

func dedupe(a, b string) []string {
	if a == b || b == "" {
		return []string{a}
	}
	return []string{a, b}
}

// citizenJSON is a citizen as programs read it.
type citizenJSON struct {
	Asked    string            `json:"asked"`
	Snapshot string            `json:"snapshot"`
	PersonID string            `json:"person_id"`
	Province string            `json:"province"`
	Status   string            `json:"status"`
	First    string            `json:"first_seen"`
	Last     string            `json:"last_seen"`
	Flags    []string          `json:"flags"`
	Golden   map[string]string `json:"golden"`
	Origins  map[string]string `json:"origins"`
	Forms    []formJSON        `json:"forms"`
	Links    []linked          `json:"links"`
	Reviews  []linked          `json:"reviews"`
	Splits   []splitJSON       `json:"splits"`
	Decided  []review.Decision `json:"decisions"`
	History  []lookup.Change   `json:"history"`
	Live     *int64            `json:"live_unpublished,omitempty"` // messages since the snapshot, where a running live was asked
}

type formJSON struct {
	FormID string            `json:"form_id"`
	Values map[string]string `json:"values"`
	Codes  []string          `json:"reason_codes"`
}

// printViews writes one object a citizen.
func printViews(cmd *cobra.Command, views []*citizenView) error {
	out := newLines(cmd.OutOrStdout())
	m := maskOf(cmd)
	for _, v := range views {
		if err := out.Encode(v.json(m)); err != nil {
			return err
		}
	}
	return nil
}

func (v *citizenView) json(m mask) citizenJSON {
	c, s := v.citizen, v.schema
	j := citizenJSON{Asked: v.asked, Snapshot: v.number, PersonID: c.Person, Province: fmt.Sprintf("%02d", c.Province), Status: c.Status,
		First: c.FirstSeen, Last: c.LastSeen, Flags: c.Flags.AppendStrings([]string{}),
		Golden: map[string]string{}, Origins: map[string]string{}, Links: []linked{}, Reviews: []linked{}, Splits: append([]splitJSON{}, v.splits...),
		Decided: append([]review.Decision{}, v.decisions...), History: append([]lookup.Change{}, v.path...)}
	if v.fresh != nil {
		j.Live = &v.fresh.Unpublished
	}
	put := func(to map[string]string, column int, value string) {
		if value != "" {
			to[s.Columns[column].Name] = m.value(s.Fields[s.Columns[column].Field].Kind, value)
		}
	}
	for i, column := range s.CitizenColumns {
		put(j.Golden, column, c.Values[i])
	}
	for f, form := range c.Origins {
		j.Origins[s.Fields[f].Name] = form
	}
	for i := range v.forms {
		f := formJSON{FormID: v.forms[i].ID, Values: map[string]string{}, Codes: v.forms[i].Codes.AppendStrings([]string{})}
		for column, value := range v.forms[i].Values {
			put(f.Values, column, value)
		}
		j.Forms = append(j.Forms, f)
	}
	for _, l := range v.links {
		j.Links = append(j.Links, linkedOf(l))
	}
	for _, l := range v.reviews {
		j.Reviews = append(j.Reviews, linkedOf(l))
	}
	return j
}
