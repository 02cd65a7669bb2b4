package snapshot

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// A LinksWriter writes a part of the table links. Its rows come ordered by
// (form_a, form_b), and so do the parts.
type LinksWriter struct {
	part
	rules [][]byte
	rows  *record.LinkRows
}

// Links opens part number n of the table links; rules are the names of the
// blocking rules by their numbers.
func (d *Draft) Links(n int, rules []string) (*LinksWriter, error) {
	if err := d.setRules(rules); err != nil {
		return nil, err
	}
	p, err := d.part(linksLayout, TableLinks, n)
	if err != nil {
		return nil, err
	}
	return &LinksWriter{part: p, rules: namesOf(rules)}, nil
}

// setRules keeps the names of the blocking rules for the manifest.
func (d *Draft) setRules(rules []string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rules != nil && !slices.Equal(d.rules, rules) {
		return errors.New("BUG: parts of links were given different blocking rules")
	}
	d.rules = slices.Clone(rules)
	return nil
}

// WriteRows adds rows; it keeps nothing of them.
func (w *LinksWriter) WriteRows(rows *record.LinkRows) error {
	for _, r := range rows.Rule {
		if int(r) >= len(w.rules) {
			return fmt.Errorf("BUG: link by blocking rule %d of %d", r, len(w.rules))
		}
	}
	w.rows = rows
	return w.add(w, rows.N)
}

func (w *LinksWriter) weigh(from, to int) int {
	r := w.rows
	return weighText(&r.FormA, from, to) + weighText(&r.FormB, from, to) + weighText(&r.Levels, from, to)
}

var verdictNames = namesOf([]string{record.NonMatch.String(), record.Review.String(), record.Match.String()})

func (w *LinksWriter) write(t *table, from, to int) {
	r := w.rows
	t.text(0, &r.FormA, from, to)
	t.text(1, &r.FormB, from, to)
	t.symbols(2, w.rules, from, to, func(i int) int { return int(r.Rule[i]) })
	t.text(3, &r.Levels, from, to)
	t.numbers(4, from, to, func(i int) uint64 { return math.Float64bits(r.Weight[i]) })
	t.numbers(5, from, to, func(i int) uint64 { return math.Float64bits(r.Probability[i]) })
	t.symbols(6, verdictNames, from, to, func(i int) int { return int(r.Verdict[i]) })
}

// A SplitsWriter writes a part of the table splits. Its rows come ordered by
// (form_a, form_b).
type SplitsWriter struct {
	part
	rows *record.SplitRows
}

// Splits opens part number n of the table splits.
func (d *Draft) Splits(n int) (*SplitsWriter, error) {
	p, err := d.part(splitsLayout, TableSplits, n)
	if err != nil {
		return nil, err
	}
	return &SplitsWriter{part: p}, nil
}

// WriteRows adds rows; it keeps nothing of them.
func (w *SplitsWriter) WriteRows(rows *record.SplitRows) error {
	w.rows = rows
	return w.add(w, rows.N)
}

func (w *SplitsWriter) weigh(from, to int) int {
	return weighText(&w.rows.FormA, from, to) + weighText(&w.rows.FormB, from, to)
}

var (
	splitReasons = namesOf(record.SplitReasonNames())
	constraints  = namesOf(record.ConstraintNames())
)

func (w *SplitsWriter) write(t *table, from, to int) {
	r := w.rows
	t.text(0, &r.FormA, from, to)
	t.text(1, &r.FormB, from, to)
	t.symbols(2, splitReasons, from, to, func(i int) int { return int(r.Why[i]) })
	t.symbols(3, constraints, from, to, func(i int) int { return int(r.Constraint[i]) })
	t.text(4, &r.ByA, from, to)
	t.text(5, &r.ByB, from, to)
	t.numbers(6, from, to, func(i int) uint64 { return math.Float64bits(r.Average[i]) })
}

// An OriginsWriter writes a part of the table origins.
type OriginsWriter struct {
	part
	names   sourceNames
	rows    *record.OriginRows
	key     *record.Text
	scratch record.Text
}

// Origins opens part number n of the table origins. Sources may still grow.
func (d *Draft) Origins(n int, sources *record.Sources) (*OriginsWriter, error) {
	p, err := d.part(originsLayout, TableOrigins, n)
	if err != nil {
		return nil, err
	}
	return &OriginsWriter{part: p, names: sourceNames{from: sources}}, nil
}

// WriteRows adds rows; it keeps nothing of them.
func (w *OriginsWriter) WriteRows(rows *record.OriginRows) error {
	w.names.grow()
	w.rows, w.key = rows, validText(&w.scratch, &rows.Key)
	return w.add(w, rows.N)
}

func (w *OriginsWriter) weigh(from, to int) int { return weighText(w.key, from, to) }

var outcomeNames = namesOf([]string{record.Accepted.String(), record.Repeat.String(), record.Refused.String()})

func (w *OriginsWriter) write(t *table, from, to int) {
	r := w.rows
	t.text(0, w.key, from, to)
	t.symbols(1, w.names.values, from, to, func(i int) int { return int(r.Source[i]) })
	t.numbers(2, from, to, func(i int) uint64 { return uint64(r.Position[i]) })
	t.symbols(3, outcomeNames, from, to, func(i int) int { return int(r.Outcome[i]) })
}

// A QuarantineWriter writes a part of the table quarantine.
type QuarantineWriter struct {
	part
	names       sourceNames
	rows        *record.Refusals
	key, office *record.Text
	scratch     [2]record.Text
}

// Quarantine opens part number n of the table quarantine.
func (d *Draft) Quarantine(n int, sources *record.Sources) (*QuarantineWriter, error) {
	p, err := d.part(quarantineLayout, TableQuarantine, n)
	if err != nil {
		return nil, err
	}
	return &QuarantineWriter{part: p, names: sourceNames{from: sources}}, nil
}

// WriteRows adds refusals; it keeps nothing of them.
func (w *QuarantineWriter) WriteRows(rows *record.Refusals) error {
	w.names.grow()
	w.rows = rows
	w.key, w.office = validText(&w.scratch[0], &rows.Key), validText(&w.scratch[1], &rows.Office)
	return w.add(w, rows.Len())
}

func (w *QuarantineWriter) weigh(from, to int) int { return weighText(&w.rows.Raw, from, to) }

func (w *QuarantineWriter) write(t *table, from, to int) {
	r := w.rows
	t.text(0, w.key, from, to)
	t.text(1, w.office, from, to)
	t.text(2, &r.Raw, from, to)
	t.codes(3, r.Codes, from, to)
	t.symbols(4, w.names.values, from, to, func(i int) int { return int(r.Origin[i].Source) })
	t.numbers(5, from, to, func(i int) uint64 { return uint64(r.Origin[i].Position) })
}

// A HistoryWriter writes a part of the table history.
type HistoryWriter struct {
	part
	rows *record.HistoryRows
}

// History opens part number n of the table history.
func (d *Draft) History(n int) (*HistoryWriter, error) {
	p, err := d.part(historyLayout, TableHistory, n)
	if err != nil {
		return nil, err
	}
	return &HistoryWriter{part: p}, nil
}

// WriteRows adds rows; it keeps nothing of them.
func (w *HistoryWriter) WriteRows(rows *record.HistoryRows) error {
	w.rows = rows
	return w.add(w, rows.N)
}

func (w *HistoryWriter) weigh(from, to int) int { return weighText(&w.rows.Person, from, to) }

func (w *HistoryWriter) write(t *table, from, to int) {
	for i, v := range []*record.Text{&w.rows.Person, &w.rows.Became, &w.rows.Change, &w.rows.Since} {
		t.text(i, v, from, to)
	}
}

// sourceNames are the names of the sources as valid text. New ones are taken
// over at the start of a batch.
type sourceNames struct {
	from   *record.Sources
	values [][]byte
}

func (s *sourceNames) grow() {
	for _, name := range s.from.Names()[len(s.values):] {
		s.values = append(s.values, appendValid(nil, []byte(name)))
	}
}

// first runs the steps until one fails.
func first(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
