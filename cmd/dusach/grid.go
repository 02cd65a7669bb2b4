package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A grid is a table for a terminal: columns two spaces apart, as wide as their
// widest cell, without trailing spaces.
type grid struct {
	right []bool // columns that are aligned to the right
	limit int    // characters of a cell at most; 0: no limit
	rows  [][]string
}

func (g *grid) add(cells ...string) {
	for i := range cells {
		cells[i] = g.cut(oneLine(cells[i]))
	}
	g.rows = append(g.rows, cells)
}

func (g *grid) cut(cell string) string {
	if g.limit == 0 || cellWidth(cell) <= g.limit {
		return cell
	}
	runes := []rune(cell)
	return string(runes[:g.limit-1]) + "…"
}

func (g *grid) write(b *strings.Builder) {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], cellWidth(cell))
		}
	}
	for _, row := range g.rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			gap := strings.Repeat(" ", widths[i]-cellWidth(cell))
			if i < len(g.right) && g.right[i] {
				line.WriteString(gap + cell)
			} else {
				line.WriteString(cell + gap)
			}
		}
		b.WriteString("  " + strings.TrimRight(line.String(), " ") + "\n")
	}
}

// cellWidth counts the characters that take room: marks that stand on a letter
// of their own take none.
func cellWidth(s string) int {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		return utf8.RuneCountInString(s)
	}
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n++
		}
	}
	return n
}

// oneLine shows what would move the cursor or end the line as a space or as ·:
// text of forms may hold anything.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r), r == utf8.RuneError, unicode.Is(unicode.Cf, r) && r != '\u200d':
			return '·'
		}
		return r
	}, s)
}
