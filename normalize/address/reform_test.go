package address

import (
	"slices"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/units"
)

// inFull writes an old commune with all that is above it.
func inFull(o units.Old) string {
	return o.Kind().String() + " " + o.Name() + ", " + units.DistrictKind(o.District()).String() + " " +
		units.DistrictName(o.District()) + ", " + units.ProvinceName63(o.Province())
}

// A split commune gives every unit that received a part and says so; where the
// text names one of them, that one, and nothing is ambiguous any more.
func TestSplitCommunes(t *testing.T) {
	var p Parser
	var a Address
	split := 0
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		next := units.NewOf(o)
		if len(next) == 1 {
			continue
		}
		split++
		text := inFull(o)
		p.Parse([]byte(text), &a)
		if a.Old != o || a.New != next[0] || !slices.Equal(a.Candidates, next) || !a.Codes.Has(reason.AddrSplitAmbiguous) || a.Key.Flags&KeySplit == 0 {
			t.Errorf("%q: %s, %s of %v", text, a.Old.Code(), a.New.Code(), a.Candidates)
		}
		for _, n := range next {
			for _, text := range []string{
				text + " (nay là " + n.KindOn(units.NewFrom).String() + " " + n.Name() + ", " + units.ProvinceName34(n.Province()) + ")",
				n.KindOn(units.NewFrom).String() + " " + n.Name() + ", " + units.ProvinceName34(n.Province()) + " (trước đây là " + text + ")",
			} {
				p.Parse([]byte(text), &a)
				if a.Old != o || a.New != n || a.Codes.Has(reason.AddrSplitAmbiguous) {
					t.Errorf("%q: %s, %s, want %s", text, a.Old.Code(), a.New.Code(), n.Code())
				}
			}
		}
	}
	if split != 442 {
		t.Errorf("%d split communes, want 442", split)
	}
}

// Written in the old edition and in the new one, an address is consistent with
// itself, whichever part of a split commune it lies in, and with no other part
// of the province.
func TestConsistentUnderTheReform(t *testing.T) {
	var p Parser
	var a, b Address
	for o := units.Old(1); o <= units.MaxOld(); o += 7 {
		if o.Code()[0] == 'D' {
			continue
		}
		p.Parse([]byte("Thôn 5, "+inFull(o)), &a)
		for _, n := range units.NewOf(o) {
			p.Parse([]byte("thôn 05, "+n.KindOn(units.NewFrom).String()+" "+n.Name()+", "+units.ProvinceName34(n.Province())), &b)
			if got := Consistent(&a.Key, &b.Key); got != SameStreet {
				t.Errorf("%q and %q: %v", a.Text, b.Text, got)
			}
		}
		other := o%units.MaxOld() + 1
		for other.Code()[0] == 'D' || other.Province() != o.Province() || len(units.NewOf(other)) > 1 || units.Follows(o, units.NewOf(other)[0]) {
			if other = other%units.MaxOld() + 1; other == o {
				break
			}
		}
		if n := units.NewOf(other)[0]; other != o {
			p.Parse([]byte(n.KindOn(units.NewFrom).String()+" "+n.Name()+", "+units.ProvinceName34(n.Province())), &b)
			if got := Consistent(&a.Key, &b.Key); got >= UnderReform || got == Null {
				t.Errorf("%q and %q: %v", a.Text, b.Text, got)
			}
		}
	}
}

// Both kinds of a unit are understood, the one to 2026-04-29 and the one since,
// with both words for the province.
func TestKindsOf2026(t *testing.T) {
	var p Parser
	var a Address
	changed := 0
	for n := units.New(1); n <= units.MaxNew(); n++ {
		if n.KindOn(units.KindsFrom) == n.KindOn(units.NewFrom) {
			continue
		}
		changed++
		for _, kind := range []string{n.KindOn(units.NewFrom).String(), n.KindOn(units.KindsFrom).String(), "X.", "P."} {
			for _, province := range []string{"tỉnh Đồng Nai", "thành phố Đồng Nai", "TP. Đồng Nai", "Đồng Nai"} {
				text := kind + " " + n.Name() + ", " + province
				p.ParseAs([]byte(text), NewEdition, &a)
				if a.New != n {
					t.Errorf("%q: %s, want %s", text, a.New.Code(), n.Code())
				}
			}
		}
	}
	if changed != 10 {
		t.Errorf("%d changed, want 10", changed)
	}
}
