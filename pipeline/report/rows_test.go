package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// The rows of tests are written one a line, as "column=value|column=value".
// Beside the columns: codes (names with spaces between), raw.FIELD (text as
// received); of a citizen province and forms.
type row map[string]string

func parseRows(input string) []row {
	var out []row
	for line := range strings.Lines(input) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		r := row{}
		for cell := range strings.SplitSeq(line, "|") {
			name, value, _ := strings.Cut(cell, "=")
			r[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
		out = append(out, r)
	}
	return out
}

func (r row) codes(t testing.TB, name string) (s reason.Set) {
	t.Helper()
	for word := range strings.FieldsSeq(r[name]) {
		c, ok := reason.Parse(word)
		if !ok {
			t.Fatalf("no reason code %q", word)
		}
		s.Add(c)
	}
	return s
}

func formRows(t testing.TB, s *record.Schema, rows []row) *record.FormRows {
	out := new(record.FormRows)
	out.Reset(s)
	for _, r := range rows {
		out.Person.AppendString(r["person_id"])
		for c, col := range s.Columns {
			out.Clean[c].AppendString(r[col.Name])
		}
		for f := range s.Fields {
			if raw, ok := r["raw."+s.Fields[f].Name]; ok {
				out.Raw.Add(record.Field(f), []byte(raw))
			}
		}
		out.Raw.Close()
		out.Codes = append(out.Codes, r.codes(t, "codes"))
		out.N++
	}
	return out
}

func citizenRows(t testing.TB, s *record.Schema, rows []row) *record.CitizenRows {
	out := new(record.CitizenRows)
	out.Reset(s)
	for _, r := range rows {
		out.Person.AppendString(r["person_id"])
		for k, c := range s.CitizenColumns {
			out.Clean[k].AppendString(r[s.Columns[c].Name])
		}
		out.Province = append(out.Province, uint8(max(0, digits([]byte(r["province"])))))
		out.Forms = append(out.Forms, uint32(max(1, digits([]byte(r["forms"])))))
		out.FirstSeen.AppendString(r["first_seen"])
		out.LastSeen.AppendString(r["last_seen"])
		status := r["status"]
		if status == "" {
			status = record.StatusActive
		}
		out.Status.AppendString(status)
		out.Flags = append(out.Flags, r.codes(t, "flags"))
		out.Origins.Close()
		out.N++
	}
	return out
}

func refusals(t testing.TB, rows []row) *record.Refusals {
	out := new(record.Refusals)
	for _, r := range rows {
		out.Append([]byte(r["form_id"]), []byte(r["office_code"]), nil, record.Origin{}, r.codes(t, "codes"))
	}
	return out
}

func newTally(t testing.TB, s *record.Schema, today string) *Tally {
	t.Helper()
	out, err := NewTally(s, today)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func encode(t testing.TB, s *record.Scorecard) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
