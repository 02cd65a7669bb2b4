package intake

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/xuri/excelize/v2"
)

// headerDepth is how many rows a header may take.
const headerDepth = 4

// findHeader finds the header among the first rows: the row in which most
// columns are known, together with the rows that divide it. It leaves s.head
// with the rows below.
func (s *sheet) findHeader() {
	best, known, below := (*record.Header)(nil), 0, 0
	for i := range s.head {
		depth := s.depth(i)
		for d := 1; d <= depth; d++ {
			h, n := s.headerAt(i, d)
			if n > known || (n == known && known > 0 && i+d > below) {
				best, known, below = h, n, i+d
			}
		}
	}
	if known == 0 || (known == 1 && len(nonEmpty(best.Names)) > 3) {
		return
	}
	s.header = best
	if below < len(s.head) && isNumbering(s.head[below].values) {
		below++
	}
	s.head = s.head[below:]
	s.makeFillers()
}

// depth returns how many rows a header that begins at row i of the head takes.
// A row below belongs to it if it only divides cells merged sideways above it,
// or only holds names of columns; a row of data does neither.
func (s *sheet) depth(i int) int {
	n, depth := s.head[i].number, 1
	for depth < headerDepth && i+depth < len(s.head) {
		below := s.head[i+depth]
		divides, names, filled := true, true, 0
		for c, v := range below.values {
			if strings.TrimSpace(v) == "" {
				continue
			}
			filled++
			divides = divides && slices.ContainsFunc(s.spans, func(sp span) bool {
				return sp.top == n && sp.right > sp.left && sp.left <= c+1 && c+1 <= sp.right
			})
			_, known := s.run.mapper.resolveLegacy(v)
			names = names && known
		}
		merged := slices.ContainsFunc(s.spans, func(sp span) bool { return sp.top == n && sp.bottom >= below.number })
		if (filled == 0 && !merged) || (filled > 0 && !divides && (!names || filled < 2)) {
			break
		}
		depth++
	}
	return depth
}

// headerAt reads a header of depth rows from row i of the head.
func (s *sheet) headerAt(i, depth int) (*record.Header, int) {
	width := 0
	for _, l := range s.head {
		width = max(width, len(l.values))
	}
	paths := make([][]string, width)
	for c := range paths {
		for r := range depth {
			v := strings.TrimSpace(s.cell(i+r, c+1))
			if v != "" && !slices.Contains(paths[c], v) {
				paths[c] = append(paths[c], v)
			}
		}
	}
	h := &record.Header{Resolve: s.run.mapper.resolveBytes}
	known := 0
	for c, p := range paths {
		name, t, ok := s.run.mapper.resolvePath(p)
		if name == "" {
			name, _ = excelize.ColumnNumberToName(c + 1)
		}
		if ok {
			known++
		}
		h.Names, h.Targets = append(h.Names, name), append(h.Targets, t)
	}
	s.run.mapper.assemble(h)
	return h, known
}

// cell returns the value of a cell of the head, that of the merged cell if one
// covers it.
func (s *sheet) cell(i, column int) string {
	n := s.head[i].number
	for _, sp := range s.spans {
		if n >= sp.top && n <= sp.bottom && column >= sp.left && column <= sp.right && sp.top >= s.head[0].number {
			i, column = sp.top-s.head[0].number, sp.left
			break
		}
	}
	if v := s.head[i].values; column <= len(v) {
		return v[column-1]
	}
	return ""
}

// resolvePath returns the name and target of a column whose header takes
// several rows, from the top: "Năm sinh", "Nam".
func (m *mapper) resolvePath(path []string) (string, record.Target, bool) {
	ignored := record.Target{Role: record.RoleIgnored, Field: record.None}
	switch len(path) {
	case 0:
		return "", ignored, false
	case 1:
		t, ok := m.resolveLegacy(path[0])
		return path[0], t, ok
	}
	group, own := path[len(path)-2], path[len(path)-1]
	name := group + " (" + own + ")"
	if t, ok := m.lookup(name); ok {
		return name, t, true
	}
	outer, known := m.resolveLegacy(group)
	inner, ok := m.resolveLegacy(own)
	if known && m.isRelative(outer) { // columns about a parent, spouse or head
		switch {
		case ok && inner.Field == record.FullName:
			return name, outer, true
		case ok && inner.Role == record.RoleIdentity && outer.Field == record.HeadName:
			return name, record.Target{Role: record.RoleField, Field: record.HeadID}, true
		}
		return name, ignored, false
	}
	if known && m.isAddress(outer) && (!ok || m.isAddress(inner)) { // a column for each level
		return name, record.Target{Role: record.RoleJoined, Field: outer.Field}, true
	}
	if ok {
		return name, inner, true
	}
	return name, outer, known
}

func (m *mapper) isAddress(t record.Target) bool {
	return t.Role == record.RoleField && m.schema.Fields[t.Field].Kind.IsAddress()
}

func (m *mapper) isRelative(t record.Target) bool {
	if !m.schema.IsForm() || t.Role != record.RoleField {
		return false
	}
	switch t.Field {
	case record.FatherName, record.MotherName, record.SpouseName, record.HeadName, record.GuardianName:
		return true
	}
	return false
}

// resolveLegacy resolves a header that may be in a legacy font.
func (m *mapper) resolveLegacy(name string) (record.Target, bool) {
	t, ok := m.resolve(name)
	for e := normalize.TCVN3; !ok && e <= normalize.CP1258; e++ {
		t, ok = m.resolve(string(normalize.AppendDecoded(nil, []byte(name), e)))
	}
	return t, ok
}

// isNumbering reports whether a row numbers the columns: (1), (2), (3) …
func isNumbering(values []string) bool {
	last := 0
	count := 0
	for _, v := range nonEmpty(values) {
		n, err := strconv.Atoi(strings.Trim(v, "() "))
		if err != nil || n < last || n > last+2 {
			return false
		}
		last = n
		count++
	}
	return count >= 3 && last <= count+2
}
