package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A grid is a table for a terminal: columns two spaces apart, as wide as their
// widest cell, without trailing spaces. What is wider than the limit goes on in
// the lines below: nothing is cut.
type grid struct {
	right []bool // columns that are aligned to the right
	limit int    // characters of a column at most; 0: no limit
	rows  [][][]string
}

// add adds a row.
func (g *grid) add(cells ...string) {
	row := make([][]string, len(cells))
	for i := range cells {
		row[i] = g.wrap(oneLine(cells[i]))
	}
	g.rows = append(g.rows, row)
}

// wrap parts a cell into lines: after a space or comma if there is one in the
// second half of the line.
func (g *grid) wrap(cell string) []string {
	var lines []string
	rest := []rune(cell)
	for g.limit > 0 && len(rest) > g.limit {
		at := g.limit
		for i := g.limit; i > g.limit/2; i-- {
			if rest[i-1] == ' ' || rest[i-1] == ',' {
				at = i
				break
			}
		}
		lines = append(lines, strings.TrimRight(string(rest[:at]), " "))
		rest = rest[at:]
	}
	return append(lines, strings.TrimLeft(string(rest), " "))
}

func (g *grid) write(b *strings.Builder) {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			for _, line := range cell {
				widths[i] = max(widths[i], cellWidth(line))
			}
		}
	}
	for _, row := range g.rows {
		height := 1
		for _, cell := range row {
			height = max(height, len(cell))
		}
		for l := range height {
			g.writeLine(b, row, l, widths)
		}
	}
}

// writeLine writes line l of the cells of a row.
func (g *grid) writeLine(b *strings.Builder, row [][]string, l int, widths []int) {
	var line strings.Builder
	for i, cell := range row {
		text := ""
		if l < len(cell) {
			text = cell[l]
		}
		if i > 0 {
			line.WriteString("  ")
		}
		gap := strings.Repeat(" ", widths[i]-cellWidth(text))
		if i < len(g.right) && g.right[i] {
			line.WriteString(gap + text)
		} else {
			line.WriteString(text + gap)
		}
	}
	b.WriteString("  " + strings.TrimRight(line.String(), " ") + "\n")
}

// cellWidth counts the characters that take room: marks that stand on a letter
// of their own take none.
func cellWidth(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if unicode.Is(unicode.Mn, r) {
			n--
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
		case unicode.IsControl(r), r == utf8.RuneError, unicode.Is(unicode.Cf, r):
			return '·'
		}
		return r
	}, s)
}
