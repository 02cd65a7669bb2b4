package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
)

// A splitJSON says what kept two citizens apart though two of their forms match.
type splitJSON struct {
	FormA      string  `json:"form_a"`
	FormB      string  `json:"form_b"`
	Reason     string  `json:"reason"`
	Constraint string  `json:"constraint,omitempty"`
	ByA        string  `json:"by_form_a,omitempty"`
	ByB        string  `json:"by_form_b,omitempty"`
	Average    float64 `json:"average_weight,omitempty"`
}

// The outcomes of a pair.
const (
	outcomeLinked = "linked" // one citizen, by this very pair
	outcomeSame   = "same"   // one citizen, by way of other forms
	outcomeReview = "review"
	outcomeApart  = "apart"
)

// outcome finds out what became of the two forms in the store, and why.
func (e *explained) outcome(ctx context.Context, s *lookup.Store, links []lookup.Link) error {
	a, b := e.forms[0], e.forms[1]
	e.Citizens, e.Outcome = []string{a.Person, b.Person}, outcomeApart
	link, has := lookup.Between(links, a.ID, b.ID)
	if has {
		l := linkedOf(link)
		e.Recorded = &l
	}
	if err := e.decisions(s); err != nil {
		return err
	}
	switch {
	case a.Person == b.Person && has:
		e.Citizens, e.Outcome = e.Citizens[:1], outcomeLinked
		return nil
	case a.Person == b.Person:
		e.Citizens, e.Outcome = e.Citizens[:1], outcomeSame
		return nil
	case has && link.Verdict == record.Review:
		e.Outcome = outcomeReview
	}
	return e.split(ctx, s)
}

// decisions finds what people said of the pair, the latest last.
func (e *explained) decisions(s *lookup.Store) error {
	ledger, err := review.Read(s.Snapshot().Store)
	if err != nil {
		return err
	}
	for _, d := range ledger.List {
		if a, b := e.forms[0].ID, e.forms[1].ID; d.A == min(a, b) && d.B == max(a, b) {
			e.Decisions = append(e.Decisions, d)
		}
	}
	if r := s.Snapshot().Manifest.Reviews; r != nil {
		e.followed = r.Decisions
	}
	return nil
}

// split finds what kept the two citizens apart, first of all this very pair.
func (e *explained) split(ctx context.Context, s *lookup.Store) error {
	var forms [2][]lookup.Form
	for i := range forms {
		var err error
		if forms[i], err = s.Person(ctx, e.forms[i].Person); errors.Is(err, lookup.ErrNotFound) {
			return nil // a running live knows a citizen whom the snapshot does not
		} else if err != nil {
			return err
		}
	}
	list, err := s.Splits(ctx, forms[0], forms[1])
	if err != nil || len(list) == 0 {
		return err
	}
	best := list[0]
	for _, l := range list {
		if a, b := e.forms[0].ID, e.forms[1].ID; l.A == min(a, b) && l.B == max(a, b) {
			best = l
		}
	}
	split := splitOf(best)
	e.Split = &split
	return nil
}

func splitOf(l lookup.Split) splitJSON {
	return splitJSON{l.A, l.B, l.Why.String(), l.Constraint.String(), l.ByA, l.ByB, l.Average}
}

// story says in sentences what became of the two forms, and why.
func (e *explained) story(lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	var said []string
	switch e.Outcome {
	case outcomeLinked:
		said = append(said, fmt.Sprintf(word("Hai phiếu là một công dân (%s).", "The two forms are one citizen (%s)."), e.Citizens[0]), e.meeting(lang))
	case outcomeSame:
		said = append(said, fmt.Sprintf(word("Hai phiếu là một công dân (%s), nối qua các phiếu khác của người đó.", "The two forms are one citizen (%s), joined by way of that person's other forms."), e.Citizens[0]), e.meeting(lang))
	case outcomeReview:
		said = append(said, fmt.Sprintf(word("Hai công dân (%s, %s), cặp phiếu này đang chờ người xem: %s.", "Two citizens (%s, %s); the pair waits for a person to look at it: %s."), e.Citizens[0], e.Citizens[1], e.why(lang)))
	default:
		said = append(said, fmt.Sprintf(word("Hai công dân khác nhau (%s, %s): %s.", "Two citizens (%s, %s): %s."), e.Citizens[0], e.Citizens[1], e.why(lang)))
	}
	if n := len(e.Decisions); n > 0 {
		said = append(said, e.decided(e.Decisions[n-1], lang))
	}
	return strings.Join(said, "\n")
}

// meeting says how two forms of one citizen came together.
func (e *explained) meeting(lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	switch {
	case e.Recorded != nil && e.Recorded.Rule == pipeline.DecidedRule:
		return word("Không luật gom nào đưa hai phiếu lại gần: người duyệt đã nối.", "No blocking rule brought them together: a person did.")
	case e.Recorded != nil:
		return word("Gặp nhau nhờ cùng ", "They met by the same ") + ruleWords(e.Recorded.Rule, lang) + "."
	case e.Met != "":
		return word("Hai phiếu có gặp nhau (cùng ", "The two met (by the same ") + ruleWords(e.Met, lang) + word("), nhưng riêng chúng chưa đủ để nối.", "), but alone they are not enough for a link.")
	}
	return word("Riêng hai phiếu này không luật gom nào đưa lại gần.", "No blocking rule brings these two together.")
}

// why says what keeps two forms apart.
func (e *explained) why(lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	matches, doubtful := e.Verdict == model.Match.String(), e.Verdict == model.Review.String()
	switch {
	case len(e.Decisions) > 0 && !e.Decisions[len(e.Decisions)-1].Same && e.Decisions[len(e.Decisions)-1].Number <= e.followed:
		return word("người duyệt đã quyết định là hai người", "a person decided that they are two")
	case e.Split != nil:
		return e.splitWords(lang)
	case (matches || doubtful) && e.Met == "":
		return word("chứng cứ đủ để "+map[bool]string{true: "gộp", false: "cần xem"}[matches]+", nhưng không luật gom nào đưa hai phiếu lại gần, nên chưa bao giờ được so",
			"the evidence would suffice "+map[bool]string{true: "to merge them", false: "for a look"}[matches]+", but no blocking rule brings the two together, so they were never compared")
	case matches:
		return word("mô hình này cho là trùng; bản chụp được làm với mô hình hoặc cấu hình khác", "this model calls them a match; the snapshot was made with another model or configuration")
	case e.conflict:
		return word("hai số định danh hợp lệ mà khác nhau", "they bear two different valid personal numbers")
	case doubtful:
		return fmt.Sprintf(word("chứng cứ nằm giữa hai ngưỡng (cần %s bit để gộp)", "the evidence lies between the two thresholds (a merge takes %s bits)"), decimal(e.thresholds.Match, 1, lang))
	case e.Met == "":
		return word("chứng cứ không đủ để gộp, và không luật gom nào đưa hai phiếu lại gần", "the evidence does not suffice to merge them, and no blocking rule brings them together")
	}
	return word("chứng cứ không đủ để gộp", "the evidence does not suffice to merge them")
}

// constraintWords say what keeps two forms apart whatever else agrees.
var constraintWords = map[string][2]string{
	record.ApartByPerson.String():  {"người duyệt đã quyết định là hai người", "a person decided that they are two"},
	record.ApartByNumbers.String(): {"mỗi phiếu có một số định danh hợp lệ riêng", "each bears a valid personal number of its own"},
	record.ApartByParent.String():  {"phiếu này ghi người kia là cha hoặc mẹ", "one names the other as its father or mother"},
	record.ApartByBirth.String():   {"một người sinh sau ngày lập phiếu kia", "one was born after the other's form was taken"},
}

// splitWords says what clustering had against two citizens of whom two forms match.
func (e *explained) splitWords(lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	s := e.Split
	if s.Reason == record.SplitWeight.String() {
		return e.splitBegin(lang) + averageWords(s, lang) + fmt.Sprintf(word(", cần %s", ", and it takes %s"), decimal(e.thresholds.Match, 1, lang))
	}
	return e.splitBegin(lang) + splitReason(s, lang)
}

func (e *explained) splitBegin(lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	s := e.Split
	own := s.FormA == min(e.forms[0].ID, e.forms[1].ID) && s.FormB == max(e.forms[0].ID, e.forms[1].ID)
	begin := word("riêng cặp này trùng, nhưng ", "as a pair they match, but ")
	if !own {
		begin = fmt.Sprintf(word("cặp %s – %s của hai người này trùng, nhưng ", "%s – %s of these two match, but "), s.FormA, s.FormB)
	}
	return begin
}

// splitReason says what stood against a merge of two clusters.
func splitReason(s *splitJSON, lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	switch s.Reason {
	case record.SplitCannot.String():
		return fmt.Sprintf(word("phiếu %s và %s của hai cụm không thể là một người: %s", "forms %s and %s of the two clusters cannot be one person: %s"), s.ByA, s.ByB, choose(constraintWords[s.Constraint], lang))
	case record.SplitSize.String():
		return word("hai cụm quá lớn để soát hết mâu thuẫn, nên để người xem", "the two clusters are too large to be searched for contradictions, so a person has to look")
	case record.SplitPartner.String():
		return fmt.Sprintf(word("mỗi bản ghi chỉ có một bạn cặp, và %s – %s hợp hơn", "each record has one partner at most, and %s – %s suit better"), s.ByA, s.ByB)
	}
	return averageWords(s, lang)
}

func averageWords(s *splitJSON, lang string) string {
	return fmt.Sprintf(choose([2]string{"xét mọi cặp phiếu giữa hai cụm thì trung bình chỉ %s bit", "over all pairs across the two clusters the average is %s bits"}, lang), decimal(s.Average, 1, lang))
}

// decided says what a person decided.
func (e *explained) decided(d review.Decision, lang string) string {
	return decidedWords(d, e.followed, lang)
}

// decidedWords says what a person decided; followed is how many decisions the snapshot
// follows.
func decidedWords(d review.Decision, followed int, lang string) string {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	text := fmt.Sprintf(word("Người duyệt: %s, số %d, %s", "Decided by hand: %s, number %d, %s"), sameWords(d.Same, lang), d.Number, strings.TrimSuffix(strings.Replace(d.At, "T", " ", 1), "Z"))
	if d.By != "" {
		text += ", " + d.By
	}
	if d.Why != "" {
		text += ": " + d.Why
	}
	if d.Number > followed {
		text += word(" (có hiệu lực từ lần clean hoặc live sau)", " (followed from the next clean or live on)")
	}
	return text + "."
}
