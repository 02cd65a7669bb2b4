package model

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/dusach/dusach/matchers"
)

//go:embed default.json
var defaultJSON []byte

var defaultModel = sync.OnceValue(func() *Model {
	m, err := Load(bytes.NewReader(defaultJSON))
	if err != nil {
		panic("BUG: the embedded model: " + err.Error())
	}
	return m
})

// Default returns the embedded model. It is shared: do not change it (Clone it).
func Default() *Model { return defaultModel() }

// Load reads a model. Unknown fields, another format, weights that are not
// numbers, or names that do not fit together are errors.
func Load(r io.Reader) (*Model, error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	m := new(Model)
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("not a model file of this version (write one with dusach train): %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("model file: text after the end of the model")
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("model %q: %w", m.Name, err)
	}
	m.Terms.build()
	return m, nil
}

// Save writes the model as JSON. Equal models give equal bytes.
func (m *Model) Save(w io.Writer) error {
	b, err := m.encode()
	if err != nil {
		return fmt.Errorf("model %q: %w", m.Name, err)
	}
	_, err = w.Write(b)
	return err
}

// Hash returns the SHA-256 of the saved model, in hex: a part of a run's epoch.
func (m *Model) Hash() string {
	b, err := m.encode()
	if err != nil {
		panic("BUG: hash of a model that cannot be saved: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Clone returns a copy that shares nothing with the model.
func (m *Model) Clone() *Model {
	b, err := m.encode()
	if err != nil {
		panic("BUG: clone of a model that cannot be saved: " + err.Error())
	}
	c, err := Load(bytes.NewReader(b))
	if err != nil {
		panic("BUG: clone of a model that cannot be loaded: " + err.Error())
	}
	return c
}

func (m *Model) encode() ([]byte, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(m); err != nil {
		return nil, err
	}
	return compactRows(b.Bytes()), nil
}

// compactRows puts each innermost object or list on one line: a level, a cell or
// a term is a row that a person can read and a diff can show.
func compactRows(src []byte) []byte {
	out := make([]byte, 0, len(src))
	for i := 0; i < len(src); i++ {
		if src[i] == '{' || src[i] == '[' {
			if end := innermost(src[i:]); end > 0 {
				out = appendRow(out, src[i:i+end])
				i += end - 1
				continue
			}
		}
		if src[i] == '"' {
			end := stringEnd(src[i:])
			out = append(out, src[i:i+end]...)
			i += end - 1
			continue
		}
		out = append(out, src[i])
	}
	return out
}

// innermost returns the length of the object or list at the head of s if nothing
// is nested in it, else 0.
func innermost(s []byte) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '{', '[':
			return 0
		case '}', ']':
			return i + 1
		case '"':
			i += stringEnd(s[i:]) - 1
		}
	}
	return 0
}

func stringEnd(s []byte) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

func appendRow(dst, row []byte) []byte {
	for i := 0; i < len(row); i++ {
		switch row[i] {
		case '\n':
			for i+1 < len(row) && row[i+1] == ' ' {
				i++
			}
			if dst[len(dst)-1] == ',' {
				dst = append(dst, ' ')
			}
		case '"':
			end := stringEnd(row[i:])
			dst = append(dst, row[i:i+end]...)
			i += end - 1
		default:
			dst = append(dst, row[i])
		}
	}
	return dst
}

// check reports the first reason why the model cannot be used.
func (m *Model) check() error {
	if m.Format != format {
		return fmt.Errorf("format %d, this build reads format %d: train it again", m.Format, format)
	}
	if len(m.Comparisons) == 0 || len(m.Comparisons) > matchers.MaxComparisons {
		return fmt.Errorf("%d comparisons, wanted 1 to %d", len(m.Comparisons), matchers.MaxComparisons)
	}
	if !finite(m.Prior.Province, m.Prior.Nation, m.Rarity.Reference, m.Rarity.Low, m.Rarity.High) {
		return errors.New("prior or rarity is not a number")
	}
	if t := m.Thresholds; !finite(t.Match, t.Review, t.LinkFloor) || t.Match < t.Review {
		return errors.New("thresholds: match must be a number not below review")
	}
	if m.Rarity.Low > m.Rarity.High {
		return errors.New("rarity: low is above high")
	}
	for i := range m.Comparisons {
		if err := m.Comparisons[i].check(); err != nil {
			return fmt.Errorf("comparison %q: %w", m.Comparisons[i].Name, err)
		}
		if m.comparison(m.Comparisons[i].Name) != i {
			return fmt.Errorf("comparison %q stands twice", m.Comparisons[i].Name)
		}
	}
	for i := range m.Interactions {
		if err := m.checkInteraction(&m.Interactions[i]); err != nil {
			return fmt.Errorf("interaction %q × %q: %w", m.Interactions[i].A, m.Interactions[i].B, err)
		}
	}
	for i := range m.Values {
		if err := m.Values[i].check(); err != nil {
			return err
		}
	}
	if err := m.Calibration.check(); err != nil {
		return err
	}
	return m.Terms.check()
}

func (c *Comparison) check() error {
	if len(c.Levels) < 2 || len(c.Levels) > matchers.MaxLevels {
		return fmt.Errorf("%d levels, wanted 2 to %d", len(c.Levels), matchers.MaxLevels)
	}
	if l := c.Levels[0]; l.Bits != 0 || l.Slope != 0 {
		return errors.New("the null level must weigh 0 bits")
	}
	for i, l := range c.Levels {
		if !finite(l.M, l.U, l.Bits, l.Slope) {
			return fmt.Errorf("level %q: a value is not a number", l.Name)
		}
		if c.level(l.Name) != i {
			return fmt.Errorf("level %q stands twice", l.Name)
		}
	}
	return nil
}

func (m *Model) checkInteraction(in *Interaction) error {
	a, b := m.comparison(in.A), m.comparison(in.B)
	if a < 0 || b < 0 || a == b {
		return errors.New("wanted two different comparisons of the model")
	}
	for _, c := range in.Cells {
		la, lb := m.Comparisons[a].level(c.A), m.Comparisons[b].level(c.B)
		if la <= 0 || lb <= 0 || !finite(c.Bits) {
			return fmt.Errorf("cell %q × %q: unknown or null level, or not a number", c.A, c.B)
		}
	}
	return nil
}

// Bind reports whether the model weighs exactly these comparisons: the same
// names and levels in the same order, so that Levels mean the same to both.
func (m *Model) Bind(list []matchers.Comparison) error {
	if len(list) != len(m.Comparisons) {
		return fmt.Errorf("model %q weighs %d comparisons, the configuration has %d: train it again", m.Name, len(m.Comparisons), len(list))
	}
	for i := range list {
		c := &m.Comparisons[i]
		if c.Name != list[i].Name || len(c.Levels) != len(list[i].Levels) {
			return fmt.Errorf("model %q: comparison %d is %q with %d levels, the configuration has %q with %d: train it again",
				m.Name, i+1, c.Name, len(c.Levels), list[i].Name, len(list[i].Levels))
		}
		for l := range c.Levels {
			if c.Levels[l].Name != list[i].Levels[l].Name {
				return fmt.Errorf("model %q: comparison %q, level %d is %q, the configuration has %q: train it again",
					m.Name, c.Name, l, c.Levels[l].Name, list[i].Levels[l].Name)
			}
		}
	}
	return nil
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
