package units

import "testing"

// The counts are those of the official lists: 63 provinces, 696 districts,
// 10,035 communes and 5 island districts; 34 provinces, 3,321 communes.
func TestCounts(t *testing.T) {
	var p63, p34, districts int
	for c := range uint16(1000) {
		if c < 100 && ProvinceName63(uint8(c)) != "" {
			p63++
		}
		if c < 100 && ProvinceName34(uint8(c)) != "" {
			p34++
		}
		if DistrictName(c) != "" {
			districts++
		}
	}
	if p63 != 63 || p34 != 34 || MaxOld() != 10035+5 || MaxNew() != 3321 {
		t.Errorf("%d, %d provinces, %d old, %d new communes", p63, p34, MaxOld(), MaxNew())
	}
	if districts != 696+11 { // and those gone between 2023 and 2025
		t.Errorf("%d districts", districts)
	}
	kinds := map[Kind]int{}
	for n := New(1); n <= MaxNew(); n++ {
		kinds[n.KindOn(NewFrom)]++
	}
	if kinds[Xa] != 2621 || kinds[Phuong] != 687 || kinds[DacKhu] != 13 {
		t.Errorf("new communes: %v", kinds)
	}
}

func TestCodesAreInverse(t *testing.T) {
	for o := Old(1); o <= MaxOld(); o++ {
		if OldOf(o.Code()) != o {
			t.Errorf("old %d has code %q, which is %d", o, o.Code(), OldOf(o.Code()))
		}
	}
	for n := New(1); n <= MaxNew(); n++ {
		if NewByCode(n.Code()) != n {
			t.Errorf("new %d has code %q, which is %d", n, n.Code(), NewByCode(n.Code()))
		}
	}
	if OldOf("99999") != 0 || NewByCode("") != 0 || Old(0).Code() != "" || New(0).Code() != "" {
		t.Error("none must be 0 and empty")
	}
}

// Every old unit went somewhere, every new one came from somewhere, inside one
// province of the new edition, and the two ways are inverse.
func TestReform(t *testing.T) {
	split := 0
	for o := Old(1); o <= MaxOld(); o++ {
		next := NewOf(o)
		if len(next) == 0 {
			t.Fatalf("%s %s went nowhere", o.Code(), o.Name())
		}
		if len(next) > 1 {
			split++
		}
		for _, n := range next {
			if n.Province() != ProvinceNewOf(o.Province()) {
				t.Errorf("%s of province %d became %s of province %d", o.Code(), o.Province(), n.Code(), n.Province())
			}
			found := false
			for _, q := range n.Predecessors() {
				found = found || q == o
			}
			if !found || !Follows(o, n) {
				t.Errorf("%s to %s is a way of one direction", o.Code(), n.Code())
			}
		}
	}
	if split != 442 {
		t.Errorf("%d split communes, want 442", split)
	}
	for n := New(1); n <= MaxNew(); n++ {
		if len(n.Predecessors()) == 0 {
			t.Errorf("%s %s came from nowhere", n.Code(), n.Name())
		}
	}
	if Follows(0, 0) || Follows(1, 0) {
		t.Error("none follows nothing")
	}
}

func TestValidity(t *testing.T) {
	n := NewByCode("26248") // Trảng Bom
	if n.KindOn(20260429) != Xa || n.KindOn(20260430) != Phuong {
		t.Errorf("Trảng Bom is %v, then %v", n.KindOn(20260429), n.KindOn(20260430))
	}
	if ProvinceKindOn(75, 20260429) != Tinh || ProvinceKindOn(75, 20260430) != ThanhPho {
		t.Error("Đồng Nai is a city from 2026-04-30")
	}
	if o := OldOf("26740"); o.Name() != "Bến Nghé" || o.Kind() != Phuong || o.District() != 760 || o.Province() != 79 {
		t.Errorf("26740 is %v %s of %d, %d", o.Kind(), o.Name(), o.District(), o.Province())
	}
}

func TestEntriesNameUnits(t *testing.T) {
	for e := range Entries() {
		ok := e.Name != ""
		switch e.Level {
		case Province63:
			ok = ok && ProvinceName63(uint8(e.ID)) != ""
		case Province34:
			ok = ok && ProvinceName34(uint8(e.ID)) != ""
		case District:
			ok = ok && DistrictName(e.ID) != ""
		case CommuneOld:
			ok = ok && e.ID > 0 && Old(e.ID) <= MaxOld()
		case CommuneNew:
			ok = ok && e.ID > 0 && New(e.ID) <= MaxNew()
		}
		if !ok {
			t.Errorf("%+v names no unit", e)
		}
	}
}

func TestLookUpAllocatesNothing(t *testing.T) {
	sum := 0
	if n := testing.AllocsPerRun(100, func() {
		for o := Old(1); o < 100; o++ {
			sum += len(NewOf(o)) + len(o.Code()) + int(o.District())
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
