package reason

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"testing"
)

func TestDocumentIsCurrent(t *testing.T) {
	got, err := os.ReadFile("../../docs/reason-codes.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, AppendMarkdown(nil)) {
		t.Error("docs/reason-codes.md is not what the registry says: run go generate ./normalize/reason")
	}
}

func TestRegistry(t *testing.T) {
	name := regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)
	for c := range NumCodes {
		if !name.MatchString(c.String()) {
			t.Errorf("code %d is named %q", c, c)
		}
		if back, ok := Parse(c.String()); !ok || back != c {
			t.Errorf("Parse(%v) = %v, %v", c, back, ok)
		}
		if c.Caption("vi") == "" || c.Caption("en") == "" || c.Caption("vi") == c.Caption("en") {
			t.Errorf("%v lacks a caption", c)
		}
	}
	if NumCodes > 128 {
		t.Errorf("%d codes do not fit a Set", NumCodes)
	}
	if _, ok := Parse("NO_SUCH_CODE"); ok {
		t.Error("Parse knows a code that does not exist")
	}
}

func TestSet(t *testing.T) {
	var s Set
	if !s.Empty() {
		t.Error("the zero Set is not empty")
	}
	s.Add(NameOrder)
	s.Add(NameEmpty)
	s.Add(NameEmpty)
	u := s.Union(Of(DOBMissing))
	if s.Len() != 2 || u.Len() != 3 || s.Has(DOBMissing) || !u.Has(DOBMissing) {
		t.Errorf("sets %v and %v", s, u)
	}
	if got := slices.Collect(u.All()); !slices.Equal(got, []Code{NameEmpty, DOBMissing, NameOrder}) {
		t.Errorf("All gives %v", got)
	}
	if got := u.AppendStrings(nil); !slices.Equal(got, []string{"NAME_EMPTY", "DOB_MISSING", "NAME_ORDER"}) {
		t.Errorf("AppendStrings gives %v", got)
	}
	u.Remove(NameEmpty)
	if u.Has(NameEmpty) || u.Len() != 2 {
		t.Errorf("after Remove: %v", u)
	}
}
