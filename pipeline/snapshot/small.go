package snapshot

import (
	"errors"
	"fmt"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go"
)

// A LinksWriter writes a part of the table links. Its rows come ordered by
// (form_a, form_b), and so do the parts.
type LinksWriter struct {
	part
	rules []parquet.Value
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
	return &LinksWriter{part: p, rules: textValues(rules)}, nil
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

var verdictValues = textValues([]string{record.NonMatch.String(), record.Review.String(), record.Match.String()})

func (w *LinksWriter) write(t *table, from, to int) error {
	r := w.rows
	return first(
		func() error { return t.text(0, &r.FormA, from, to) },
		func() error { return t.text(1, &r.FormB, from, to) },
		func() error { return t.each(2, from, to, func(i int) parquet.Value { return w.rules[r.Rule[i]] }) },
		func() error { return t.text(3, &r.Levels, from, to) },
		func() error {
			return t.each(4, from, to, func(i int) parquet.Value { return parquet.DoubleValue(r.Weight[i]) })
		},
		func() error {
			return t.each(5, from, to, func(i int) parquet.Value { return parquet.DoubleValue(r.Probability[i]) })
		},
		func() error {
			return t.each(6, from, to, func(i int) parquet.Value { return verdictValues[r.Verdict[i]] })
		},
	)
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

var outcomeValues = textValues([]string{record.Accepted.String(), record.Repeat.String(), record.Refused.String()})

func (w *OriginsWriter) write(t *table, from, to int) error {
	r := w.rows
	return first(
		func() error { return t.text(0, w.key, from, to) },
		func() error { return t.each(1, from, to, func(i int) parquet.Value { return w.names.at(r.Source[i]) }) },
		func() error {
			return t.each(2, from, to, func(i int) parquet.Value { return parquet.Int64Value(r.Position[i]) })
		},
		func() error {
			return t.each(3, from, to, func(i int) parquet.Value { return outcomeValues[r.Outcome[i]] })
		},
	)
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

func (w *QuarantineWriter) write(t *table, from, to int) error {
	r := w.rows
	return first(
		func() error { return t.text(0, w.key, from, to) },
		func() error { return t.text(1, w.office, from, to) },
		func() error { return t.text(2, &r.Raw, from, to) },
		func() error { return t.codes(3, r.Codes, from, to) },
		func() error {
			return t.each(4, from, to, func(i int) parquet.Value { return w.names.at(r.Origin[i].Source) })
		},
		func() error {
			return t.each(5, from, to, func(i int) parquet.Value { return parquet.Int64Value(r.Origin[i].Position) })
		},
	)
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

func (w *HistoryWriter) write(t *table, from, to int) error {
	for i, v := range []*record.Text{&w.rows.Person, &w.rows.Became, &w.rows.Change, &w.rows.Since} {
		if err := t.text(i, v, from, to); err != nil {
			return err
		}
	}
	return nil
}

// sourceNames are the names of the sources as values. New ones are taken over
// at the start of a batch.
type sourceNames struct {
	from   *record.Sources
	values []parquet.Value
}

func (s *sourceNames) grow() {
	for _, name := range s.from.Names()[len(s.values):] {
		s.values = append(s.values, parquet.ByteArrayValue(appendValid(nil, []byte(name))))
	}
}

func (s *sourceNames) at(i uint32) parquet.Value { return s.values[i] }

func textValues(names []string) []parquet.Value {
	v := make([]parquet.Value, len(names))
	for i, name := range names {
		v[i] = parquet.ByteArrayValue([]byte(name))
	}
	return v
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
