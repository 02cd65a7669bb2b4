package snapshot

import (
	"context"
	"iter"

	"github.com/dusach/dusach/pipeline/record"
)

// ReadLinks yields the table links in its order. The numbers of the rules are
// those of Manifest.Rules.
func (s *Snapshot) ReadLinks(ctx context.Context) iter.Seq2[*record.LinkRows, error] {
	rule := among[uint8]("blocking rule", s.Manifest.Rules)
	verdict := among[record.Verdict]("verdict", []string{record.NonMatch.String(), record.Review.String(), record.Match.String()})
	return rowsOf(s.scan(ctx, s.Parts(TableLinks), nil), &record.LinkRows{}, func(b *scanned, r *record.LinkRows) error {
		r.Reset()
		r.N = int(b.record.NumRows())
		return first(
			func() error { return readText(&r.FormA, b.column("form_a"), r.N) },
			func() error { return readText(&r.FormB, b.column("form_b"), r.N) },
			func() error { return readText(&r.Levels, b.column("levels"), r.N) },
			func() (err error) { r.Rule, err = readSymbols(r.Rule, b.column("rule"), rule); return },
			func() (err error) { r.Weight, err = readNumbers(r.Weight, b.column("match_weight")); return },
			func() (err error) {
				r.Probability, err = readNumbers(r.Probability, b.column("match_probability"))
				return
			},
			func() (err error) { r.Verdict, err = readSymbols(r.Verdict, b.column("verdict"), verdict); return },
		)
	})
}

// ReadSplits yields the table splits in its order.
func (s *Snapshot) ReadSplits(ctx context.Context) iter.Seq2[*record.SplitRows, error] {
	why := among[record.SplitReason]("reason of a split", record.SplitReasonNames())
	constraint := among[record.Constraint]("constraint", record.ConstraintNames())
	return rowsOf(s.scan(ctx, s.Parts(TableSplits), nil), &record.SplitRows{}, func(b *scanned, r *record.SplitRows) error {
		r.N = int(b.record.NumRows())
		return first(
			func() error { return readText(&r.FormA, b.column("form_a"), r.N) },
			func() error { return readText(&r.FormB, b.column("form_b"), r.N) },
			func() error { return readText(&r.ByA, b.column("by_form_a"), r.N) },
			func() error { return readText(&r.ByB, b.column("by_form_b"), r.N) },
			func() (err error) { r.Why, err = readSymbols(r.Why, b.column("reason"), why); return },
			func() (err error) {
				r.Constraint, err = readSymbols(r.Constraint, b.column("constraint"), constraint)
				return
			},
			func() (err error) { r.Average, err = readNumbers(r.Average, b.column("average_weight")); return },
		)
	})
}

// sourceNumbers numbers the names of sources, and adds those it meets for the
// first time.
func sourceNumbers(sources *record.Sources) func(string) (uint32, error) {
	seen := map[string]uint32{}
	for i, name := range sources.Names() {
		seen[name] = uint32(i)
	}
	return func(name string) (uint32, error) {
		n, ok := seen[name]
		if !ok {
			n = sources.Add(name)
			seen[name] = n
		}
		return n, nil
	}
}

// ReadOrigins yields the table origins. Names of sources that are not among
// sources are added to them.
func (s *Snapshot) ReadOrigins(ctx context.Context, sources *record.Sources) iter.Seq2[*record.OriginRows, error] {
	source := sourceNumbers(sources)
	outcome := among[record.Outcome]("outcome", []string{record.Accepted.String(), record.Repeat.String(), record.Refused.String()})
	return rowsOf(s.scan(ctx, s.Parts(TableOrigins), nil), &record.OriginRows{}, func(b *scanned, r *record.OriginRows) error {
		r.N = int(b.record.NumRows())
		return first(
			func() error { return readText(&r.Key, b.column("form_id"), r.N) },
			func() (err error) { r.Source, err = readSymbols(r.Source, b.column("source"), source); return },
			func() (err error) { r.Position, err = readNumbers(r.Position, b.column("position")); return },
			func() (err error) { r.Outcome, err = readSymbols(r.Outcome, b.column("outcome"), outcome); return },
		)
	})
}

// ReadQuarantine yields the table quarantine. Names of sources that are not
// among sources are added to them.
func (s *Snapshot) ReadQuarantine(ctx context.Context, sources *record.Sources) iter.Seq2[*record.Refusals, error] {
	number := sourceNumbers(sources)
	var source []uint32
	var position []int64
	return rowsOf(s.scan(ctx, s.Parts(TableQuarantine), nil), &record.Refusals{}, func(b *scanned, r *record.Refusals) error {
		r.Reset()
		n := int(b.record.NumRows())
		err := first(
			func() error { return readText(&r.Key, b.column("form_id"), n) },
			func() error { return readText(&r.Office, b.column("office_code"), n) },
			func() error { return readText(&r.Raw, b.column("raw"), n) },
			func() (err error) { r.Codes, err = readCodes(r.Codes, b.column("reason_codes"), n); return },
			func() (err error) { source, err = readSymbols(source, b.column("source"), number); return },
			func() (err error) { position, err = readNumbers(position, b.column("position")); return },
		)
		if err != nil {
			return err
		}
		for i := range n {
			r.Origin = append(r.Origin, record.Origin{Source: source[i], Position: position[i]})
		}
		return nil
	})
}

// ReadHistory yields the table history.
func (s *Snapshot) ReadHistory(ctx context.Context) iter.Seq2[*record.HistoryRows, error] {
	return rowsOf(s.scan(ctx, s.Parts(TableHistory), nil), &record.HistoryRows{}, func(b *scanned, r *record.HistoryRows) error {
		r.N = int(b.record.NumRows())
		texts := []*record.Text{&r.Person, &r.Became, &r.Change, &r.Since}
		for i, name := range []string{"person_id", "became", "change", "since"} {
			if err := readText(texts[i], b.column(name), r.N); err != nil {
				return err
			}
		}
		return nil
	})
}
