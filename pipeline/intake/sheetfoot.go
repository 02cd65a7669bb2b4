package intake

import (
	"slices"
	"strings"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// footers are words, folded, that stand below a list and in no name.
var footers = []string{
	"nguoi lap", "lap bieu", "lap danh sach", "ky ten", "ky va ghi", "ky ghi ro", "ghi ro ho ten", "dong dau", "xac nhan", "tong cong",
	"tong so", "cong an xa", "cong an phuong", "truong thon", "to truong", "truong ban", "chu tich", "can bo", "uy ban nhan dan", "tm ubnd",
	"t m ubnd", "thu truong",
}

// isDecoration reports whether a row below the header is no form: empty, a
// title across the list, a pre-printed number alone, a sum, or a part of the
// signatures. A row with anything that tells of a person beside a name is
// never one; in doubt it is a form, and decided upon where refusals are kept.
func (s *sheet) isDecoration(l line) bool {
	filled, name, telling, numberOnly := 0, "", false, true
	for i, v := range l.values {
		v = strings.TrimSpace(v)
		if v == "" {
			continue
		}
		filled++
		if i >= len(s.header.Targets) {
			numberOnly = false
			continue
		}
		t := s.header.Targets[i]
		if t.Role != record.RoleIgnored || foldedKey(s.header.Names[i]) != "stt" {
			numberOnly = false
		}
		if isNameTarget(t) {
			name = v
		}
		telling = telling || isTelling(t, v)
	}
	if filled == 0 {
		return true
	}
	if telling || filled > 3 || !s.run.opt.Schema.IsForm() {
		return false
	}
	if slices.ContainsFunc(l.values, isFooter) {
		s.footer = true
		return true
	}
	return numberOnly || (filled == 1 && s.wide[l.number]) || (s.footer && name == "")
}

func isNameTarget(t record.Target) bool {
	switch t.Role {
	case record.RoleField:
		return t.Field == record.FullName
	case record.RoleSurname, record.RoleMiddle, record.RoleGiven:
		return true
	}
	return false
}

// isTelling reports whether a value tells of one person: a date, a number, a
// sex. It has a digit or is short.
func isTelling(t record.Target, v string) bool {
	switch t.Role {
	case record.RoleBirthYear, record.RoleBirthYearMale, record.RoleBirthYearFemale, record.RoleFemaleMark, record.RoleIdentity:
	case record.RoleField:
		switch t.Field {
		case record.FormID, record.BirthDate, record.Gender, record.CCCD, record.CMND, record.Phone:
		default:
			return false
		}
	default:
		return false
	}
	return strings.ContainsAny(v, "0123456789") && !isFooter(v) || len(v) <= 6
}

func isFooter(v string) bool {
	folded := " " + string(normalize.AppendFold(nil, []byte(v))) + " "
	if strings.Contains(folded, " ngay ") && strings.Contains(folded, " thang ") && strings.Contains(folded, " nam ") {
		return true
	}
	return slices.ContainsFunc(footers, func(f string) bool { return strings.Contains(folded, " "+f+" ") })
}
