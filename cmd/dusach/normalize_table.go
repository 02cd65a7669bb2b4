package main

import (
	"io"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
)

// valueTable shows results to people: one result as a list of what was read out
// of it, several as a table, and below it what the codes mean.
type valueTable struct {
	out  io.Writer
	lang string
	wait []result // not shown yet
	seen reason.Set
	any  bool // a part of the table was shown
}

// tableRows is how many rows are laid out together.
const tableRows = 1000

func (t *valueTable) write(r result) error {
	t.wait = append(t.wait, r)
	if len(t.wait) < tableRows {
		return nil
	}
	return t.rows()
}

func (t *valueTable) close() error {
	if len(t.wait) == 1 && !t.any {
		return t.one(t.wait[0])
	}
	if err := t.rows(); err != nil {
		return err
	}
	if t.seen.Empty() {
		return nil
	}
	var b strings.Builder
	b.WriteByte('\n')
	t.legend(&b, t.seen)
	_, err := io.WriteString(t.out, b.String())
	return err
}

// one shows a single result in full.
func (t *valueTable) one(r result) error {
	b := r.base()
	g := grid{}
	g.add(t.word("nhận được", "input"), b.Input)
	value := b.Value
	if value == "" {
		value = t.word("(không có giá trị dùng được)", "(no usable value)")
	}
	g.add(t.word("kết quả", "value"), value)
	for _, f := range r.facts() {
		if f.value != "" {
			g.add(choose(f.caption, t.lang), f.value)
		}
	}
	var out strings.Builder
	g.write(&out)
	if !b.found.Empty() {
		out.WriteByte('\n')
		t.legend(&out, b.found)
	}
	_, err := io.WriteString(t.out, out.String())
	return err
}

// rows shows the results that wait as a part of the table.
func (t *valueTable) rows() error {
	if len(t.wait) == 0 {
		return nil
	}
	g := grid{}
	if isTerminal(t.out) {
		g.limit = 60
	}
	head := []string{t.word("NHẬN ĐƯỢC", "INPUT"), t.word("KẾT QUẢ", "VALUE")}
	for _, f := range t.wait[0].facts() {
		head = append(head, strings.ToUpper(choose(f.caption, t.lang)))
	}
	if !t.any {
		g.add(append(head, t.word("MÃ LÝ DO", "CODES"))...)
	}
	for _, r := range t.wait {
		b := r.base()
		row := []string{b.Input, b.Value}
		for _, f := range r.facts() {
			row = append(row, f.value)
		}
		g.add(append(row, strings.Join(b.Codes, " "))...)
		t.seen = t.seen.Union(b.found)
	}
	var b strings.Builder
	g.write(&b)
	t.wait, t.any = t.wait[:0], true
	_, err := io.WriteString(t.out, b.String())
	return err
}

// legend says what codes mean.
func (t *valueTable) legend(b *strings.Builder, codes reason.Set) {
	g := grid{}
	for c := range codes.All() {
		g.add(c.String(), c.Caption(t.lang))
	}
	g.write(b)
}

func (t *valueTable) word(vi, en string) string { return choose([2]string{vi, en}, t.lang) }
