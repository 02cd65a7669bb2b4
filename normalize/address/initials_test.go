package address

import "testing"

// Offices write districts by their initials and by names of old. They count beside the commune
// that they hold, never alone, and never for another district.
func TestDistrictsAsTheyAreSpoken(t *testing.T) {
	var p Parser
	var a Address
	for text, want := range map[string]string{
		"P. Bách Khoa, Q. HBT, HN":             "00277",
		"Bách Khoa, HBT, Hà Nội":               "00277",
		"P.12, Q.GV, TPHCM":                    "26881",
		"P.12, Q.TB, TP.HCM":                   "26971",
		"Tổ 5, thôn 4, xã Ea Tu, BMT, Đắk Lắk": "24163",
		"P. Ea Tam, TP. Ban Mê Thuột, DakLak":  "24151",
		"P. Mỹ Hải, Phan Rang, Ninh Thuận":     "22780",
		"P. Mễ Trì, NTL, HN":                   "00631",
		"P. Láng Thượng, ĐĐ, HN":               "", // two letters without keyword may be anything
		"Q. HBT, HN":                           "",
		"P. Bách Khoa, Q. CG, HN":              "", // in another district
		"Xã Kim Chung, Đông Anh, HN (nay là xã Thiên Lộc, Hà Nội)": "00493",
	} {
		p.Parse([]byte(text), &a)
		if got := a.Old.Code(); a.Old == 0 && want != "" || a.Old != 0 && got != want {
			t.Errorf("%s: old code %s, want %s (%v)", text, got, want, a.Codes.AppendStrings(nil))
		}
	}
}
