package report

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
)

// sampleRows returns n invented forms and as many citizens, spread over all
// communes, with some of everything.
func sampleRows(t testing.TB, n int) (*record.FormRows, *record.CitizenRows) {
	rng := rand.New(rand.NewPCG(1, 2))
	var forms, citizens []row
	for i := range n {
		unit := units.New(1 + rng.IntN(int(units.MaxNew())))
		r := row{
			"form_id": fmt.Sprintf("f%06d", i), "office_code": fmt.Sprintf("VP%04d", rng.IntN(3000)),
			"collected_at": fmt.Sprintf("2025-%02d-%02d", 1+rng.IntN(12), 1+rng.IntN(28)),
			"full_name":    "Nguyễn Văn An", "birth_date": fmt.Sprintf("%d-03-04", 1915+rng.IntN(110)), "gender": "Nam",
			"birth_registration_place_text": "Hà Nội", "hometown_text": "Hà Nội", "ethnicity": "Kinh", "nationality": "Việt Nam",
			"cccd": "001085000001", "permanent_address_text": "Số 1", "permanent_address_new_code": unit.Code(),
			"permanent_address_old_code": unit.Code(), "household_no": "123", "relation_to_head": "Con", "head_name": "Nguyễn Văn B",
			"father_name": "Nguyễn Văn B", "mother_name": "Trần Thị C", "phone": "0912345678",
			"raw.full_name": "NGUYEN VAN AN", "raw.permanent_address": "so 1", "raw.cmnd": "12",
			"codes": "NAME_NO_DIACRITICS ADDR_OBSOLETE_UNIT MISSING_MARITAL_STATUS",
			"forms": "1", "last_seen": fmt.Sprintf("2025-%02d-%02d", 1+rng.IntN(12), 1+rng.IntN(28)),
			"province": fmt.Sprint(unit.Province()),
		}
		if i%10 == 0 {
			r["codes"] += " ID_FORMAT ID_YEAR_MISMATCH"
			r["flags"] = "DUP_REVIEW"
		}
		forms, citizens = append(forms, r), append(citizens, r)
	}
	return formRows(t, record.FormSchema, forms), citizenRows(t, record.FormSchema, citizens)
}

func BenchmarkTallyForms(b *testing.B) {
	forms, _ := sampleRows(b, 8192)
	t := newTally(b, record.FormSchema, "2026-01-01")
	b.ReportAllocs()
	for b.Loop() {
		t.Forms(forms)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*forms.N), "ns/row")
}

func BenchmarkTallyCitizens(b *testing.B) {
	_, citizens := sampleRows(b, 8192)
	t := newTally(b, record.FormSchema, "2026-01-01")
	b.ReportAllocs()
	for b.Loop() {
		t.Citizens(citizens)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*citizens.N), "ns/row")
}
