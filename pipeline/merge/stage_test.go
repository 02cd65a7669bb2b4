package merge

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
)

// crowd makes n citizens, most of one form, as a nation has them.
func crowd(t testing.TB, n int) *record.Grouped {
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"Nguyễn Văn An", "Trần Thị Mai Hoa", "Tran Thi Mai Hoa", "Lê Quốc Khánh", "Phạm Đức"}
	citizens := make([][]sheet, 0, n)
	for i := range n {
		forms := 1
		if rng.IntN(16) == 0 {
			forms = 2 + rng.IntN(3)
		}
		var c []sheet
		for k := range forms {
			f := sheet{"form_id": fmt.Sprintf("F%07d-%d", i, k), "collected_at": fmt.Sprintf("20%02d-05-%02d", 10+rng.IntN(14), 1+rng.IntN(28)),
				"full_name": names[rng.IntN(len(names))], "birth_date": fmt.Sprintf("19%02d-02-%02d", 50+rng.IntN(50), 1+rng.IntN(28)),
				"gender": "Nam", "cccd": fmt.Sprintf("0010%02d%06d", rng.IntN(100), i), "ethnicity": "Kinh", "father_name": names[rng.IntN(len(names))],
				"permanent_address_text": fmt.Sprintf("Số %d Trần Phú, phường Văn Quán, quận Hà Đông, thành phố Hà Nội", i%200), "permanent_address_old_code": "09556",
				"permanent_address_new_code": "09556", "permanent_address_new_candidates": "09556", "phone": "0912345678", "household_no": "123456789"}
			if k == 1 {
				f["event"], f["event_date"] = "move", "2020-03-01"
			}
			c = append(c, f)
		}
		citizens = append(citizens, c)
	}
	return grouped(t, record.FormSchema, citizens...)
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	in, stage := crowd(t, 2000), New(Config{Trust: map[string]int{"DC01": 1}})
	var out record.CitizenRows
	allocs := testing.AllocsPerRun(5, func() {
		if err := stage.Do(context.Background(), in, &out); err != nil {
			t.Fatal(err)
		}
	})
	if allocs > 0 {
		t.Errorf("%v allocations a batch", allocs)
	}
}

func TestOutputIsReusedAndInputKept(t *testing.T) {
	stage := New(Config{})
	big, small := crowd(t, 300), crowd(t, 7)
	var reused, fresh record.CitizenRows
	for _, in := range []*record.Grouped{big, small, {Rows: small.Rows}, small} {
		before := string(in.Rows.Clean[record.FullName].Slab)
		if err := stage.Do(context.Background(), in, &reused); err != nil {
			t.Fatal(err)
		}
		if string(in.Rows.Clean[record.FullName].Slab) != before {
			t.Fatal("the input was changed")
		}
		if reused.N != in.Len() {
			t.Fatalf("%d citizens in, %d out", in.Len(), reused.N)
		}
	}
	if err := New(Config{}).Do(context.Background(), small, &fresh); err != nil {
		t.Fatal(err)
	}
	for i := range fresh.N {
		if a, b := readBack(&reused, i), readBack(&fresh, i); !reflect.DeepEqual(a, b) {
			t.Fatalf("reused\n%s\nfresh\n%s", a, b)
		}
	}
}

func TestCancelledContextStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out record.CitizenRows
	if err := New(Config{}).Do(ctx, crowd(t, 3), &out); err != context.Canceled {
		t.Fatalf("got %v", err)
	}
}

func TestProvinceAndDates(t *testing.T) {
	forms := []sheet{
		{"form_id": "f1", "collected_at": "2021", "current_address_text": "Hà Đông", "current_address_old_code": "09556"},
		{"form_id": "f2", "collected_at": "2019-12-30", "permanent_address_text": "không rõ"},
		{"form_id": "f3"},
	}
	g := one(t, New(Config{}), record.FormSchema, forms)
	if g.home != 1 { // Hà Nội, by the current address since the permanent tells nothing
		t.Errorf("province %d", g.home)
	}
	by := one(t, New(Config{}), record.FormSchema, []sheet{{"form_id": "f1", "permanent_address_text": "Tỉnh Hà Giang"}})
	if by.home != 8 { // Tuyên Quang since 2025, by the text alone
		t.Errorf("province %d by text", by.home)
	}
	if g.first != "2019-12-30" || g.last != "2021" || g.forms != 3 {
		t.Errorf("first %q last %q forms %d", g.first, g.last, g.forms)
	}
}

// A crowd of forms under one person costs no more than its size asks for.
func TestHugeClusterIsMerged(t *testing.T) {
	var forms []sheet
	for i := range 3000 {
		forms = append(forms, sheet{"form_id": fmt.Sprintf("f%05d", i), "full_name": "Nguyễn Văn An", "phone": fmt.Sprintf("09%08d", i),
			"collected_at": "2020-01-01"})
	}
	g := one(t, New(Config{}), record.FormSchema, forms)
	if g.forms != 3000 || g.values["phone"] != "0900002999" {
		t.Errorf("%d forms, phone of %s", g.forms, g.origins["phone"])
	}
}

func BenchmarkDo(b *testing.B) {
	in, stage := crowd(b, 20000), New(Config{})
	var out record.CitizenRows
	b.ReportAllocs()
	for b.Loop() {
		if err := stage.Do(context.Background(), in, &out); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(in.Rows.N), "ns/form")
}
