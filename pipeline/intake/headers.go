package intake

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"golang.org/x/text/unicode/norm"
)

// A mapper says where the values of a column go, by its header. It never
// changes once made.
type mapper struct {
	schema *record.Schema
	names  map[string]record.Target // fields as they are spelt: "cccd" is that field, "CCCD" may hold either number
	exact  map[string]record.Target // header in lower case, letters and digits only, marks kept
	folded map[string]record.Target // the same without marks
}

// roleOf names the headers that are no field of their own.
var roleOf = map[string]record.Role{
	"surname_part":      record.RoleSurname,
	"middle_part":       record.RoleMiddle,
	"given_part":        record.RoleGiven,
	"birth_year":        record.RoleBirthYear,
	"birth_year_male":   record.RoleBirthYearMale,
	"birth_year_female": record.RoleBirthYearFemale,
	"id_number":         record.RoleIdentity,
	"id_issue_date":     record.RoleIgnored,
	"id_issue_place":    record.RoleIgnored,
	"temporary_address": record.RoleIgnored,
	"insurance_no":      record.RoleIgnored,
	"row_no":            record.RoleIgnored,
}

// femaleMark is the one header of gender under which only women are marked.
const femaleMark = "Nữ (x)"

// newMapper returns the mapper of a schema: names of fields, and for the
// collection form all headers that offices use for them.
func newMapper(s *record.Schema, more map[string][]string) *mapper {
	m := &mapper{s, map[string]record.Target{}, map[string]record.Target{}, map[string]record.Target{}}
	if s.IsForm() {
		for _, h := range headerVariants {
			role, composed := roleOf[h.name]
			t := record.Target{Role: role, Field: record.None}
			if !composed {
				t = record.Target{Role: record.RoleField, Field: s.ByName(h.name)}
			}
			m.add(h.name, t)
			for _, v := range h.variants {
				if v == femaleMark {
					m.add(v, record.Target{Role: record.RoleFemaleMark, Field: record.None})
					continue
				}
				m.add(v, t)
			}
		}
	}
	if s.IsForm() {
		m.add("Năm", record.Target{Role: record.RoleIgnored, Field: record.None}) // folds like "Nam", men
	}
	for i, f := range s.Fields {
		t := record.Target{Role: record.RoleField, Field: record.Field(i)}
		m.add(f.Name, t)
		m.names[f.Name] = t
		for name := range strings.SplitSeq(f.Headers, "|") {
			m.add(name, t)
		}
		for _, name := range more[f.Name] {
			m.set(name, t)
		}
	}
	return m
}

// add keeps what is there: of two headers that fold alike the first one has
// the folded form ("DT" before "ĐT"), and each its exact form.
func (m *mapper) add(name string, t record.Target) {
	if key := exactKey(name); !hasKey(m.exact, key) {
		m.exact[key] = t
	}
	if key := foldedKey(name); !hasKey(m.folded, key) {
		m.folded[key] = t
	}
}

// set is add for a header that the user gives: it comes before the built-in ones.
func (m *mapper) set(name string, t record.Target) {
	m.names[name], m.exact[exactKey(name)], m.folded[foldedKey(name)] = t, t, t
}

func hasKey(table map[string]record.Target, key string) bool {
	_, ok := table[key]
	return ok || key == ""
}

// resolve returns the target of a header and whether it is known. A number
// before it ("(2) Họ và tên") and a remark after it ("Họ và tên (chữ in hoa)")
// do not count.
func (m *mapper) resolve(name string) (record.Target, bool) {
	if t, ok := m.names[name]; ok {
		return t, true
	}
	if t, ok := m.lookup(name); ok {
		return t, true
	}
	plain := strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
	if at := strings.IndexByte(plain, '('); at > 0 {
		plain = plain[:at]
	}
	return m.lookup(plain)
}

func (m *mapper) lookup(name string) (record.Target, bool) {
	if t, ok := m.exact[exactKey(name)]; ok {
		return t, true
	}
	if t, ok := m.folded[foldedKey(name)]; ok {
		return t, true
	}
	return record.Target{Role: record.RoleIgnored, Field: record.None}, false
}

// header returns the header of names and how many of them are known.
func (m *mapper) header(names []string, delimiter byte) (*record.Header, int) {
	h := &record.Header{Names: names, Delimiter: delimiter, Resolve: m.resolveBytes}
	known := 0
	for _, n := range names {
		t, ok := m.resolve(n)
		if ok {
			known++
		}
		h.Targets = append(h.Targets, t)
	}
	m.assemble(h)
	return h, known
}

func (m *mapper) resolveBytes(name []byte) record.Target {
	t, _ := m.resolve(string(name))
	return t
}

// expected lists the names of fields, for the text of an error.
func (m *mapper) expected() string {
	var names []string
	for _, f := range m.schema.Fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// exactKey folds case and drops all but letters and digits.
func exactKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(name))
}

// foldedKey is the plainest form of a header: ASCII letters and digits.
func foldedKey(name string) string {
	b := normalize.AppendFold(nil, []byte(name))
	return string(slices.DeleteFunc(b, func(c byte) bool { return c == ' ' }))
}
