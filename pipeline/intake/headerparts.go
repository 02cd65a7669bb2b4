package intake

import (
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// Headers that mean something only beside others: "Ngày" may be any day, but
// beside "Tháng" and "Năm" it is that of birth; "Xã" alone is no address.
var (
	dayHeaders   = headerSet("Ngày", "Ngày sinh")
	monthHeaders = headerSet("Tháng", "Tháng sinh")
	yearHeaders  = headerSet("Năm sinh")
	yearExact    = map[string]bool{"năm": true} // folded it is "Nam", men
	levelHeaders = headerSet(
		"Số nhà", "Số nhà, đường", "Đường", "Đường phố", "Thôn", "Xóm", "Ấp", "Bản", "Tổ", "Tổ dân phố", "TDP", "Khu phố", "Thôn/xóm", "Thôn/tổ",
		"Thôn, tổ dân phố", "Thôn/Tổ dân phố", "Thôn/xóm/ấp", "Thôn (tổ)", "Xã", "Phường", "Xã/phường", "Phường/xã", "Xã, phường", "Phường, xã",
		"Xã/phường/thị trấn", "Xã, phường, thị trấn", "Huyện", "Quận", "Huyện/quận", "Quận/huyện", "Quận, huyện", "Huyện, quận", "Quận/huyện/thị xã",
		"Huyện/thị xã/thành phố", "Tỉnh", "Tỉnh/thành", "Tỉnh/TP", "Tỉnh/thành phố", "Tỉnh, thành phố", "Thành phố", "Tỉnh (TP)")
)

func headerSet(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[foldedKey(n)] = true
	}
	return set
}

// assemble gives columns their role that are parts of a birth date or of the
// address of residence, where the other parts stand beside them and no column
// holds the whole.
func (m *mapper) assemble(h *record.Header) {
	if !m.schema.IsForm() {
		return
	}
	day, month, year := find(h, dayHeaders), find(h, monthHeaders), find(h, yearHeaders)
	if year < 0 {
		year = find(h, yearExact)
	}
	if month >= 0 && year >= 0 {
		if day >= 0 {
			h.Targets[day] = record.Target{Role: record.RoleBirthDay, Field: record.None}
		}
		h.Targets[month] = record.Target{Role: record.RoleBirthMonth, Field: record.None}
		h.Targets[year] = record.Target{Role: record.RoleBirthYear, Field: record.None}
	}
	var levels []int
	for c, t := range h.Targets {
		if t.Field == record.PermanentAddress || t.Field == record.CurrentAddress {
			return
		}
		if t.Role == record.RoleIgnored && levelHeaders[plainKey(h.Names[c])] {
			levels = append(levels, c)
		}
	}
	if len(levels) < 2 {
		return
	}
	for _, c := range levels {
		h.Targets[c] = record.Target{Role: record.RoleJoined, Field: record.PermanentAddress}
	}
}

// find returns the only column with such a header, or -1.
func find(h *record.Header, headers map[string]bool) int {
	at := -1
	for c, name := range h.Names {
		name = birthPart(name)
		if !headers[plainKey(name)] && !headers[exactKey(name)] {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = c
	}
	return at
}

// birthPart is "Tháng" of "Ngày tháng năm sinh (Tháng)", a header of two rows.
func birthPart(name string) string {
	if at := strings.LastIndex(name, " ("); at > 0 && strings.Contains(foldedKey(name[:at]), "sinh") {
		return strings.TrimSuffix(name[at+2:], ")")
	}
	return name
}

// plainKey is the folded key of a header without a number before it.
func plainKey(name string) string {
	return strings.TrimLeft(foldedKey(name), "0123456789")
}
