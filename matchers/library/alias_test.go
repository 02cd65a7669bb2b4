package library

import (
	"testing"

	"github.com/dusach/dusach/matchers"
)

func TestNames(t *testing.T) {
	for _, c := range []struct {
		a, otherA, b, otherB string
		want                 matchers.Level
	}{
		{"Cao Chí Tâm", "Cao Chí Hưng", "Cao Chí Hưng", "", NameAlias},
		{"Nguyễn Thị Hà", "Tạ Thị Hà", "Tạ Thị Hà", "", NameAlias},
		{"Nguyễn Thị Hà", "Ta Thi Ha", "Tạ Thị Hà", "Nguyễn Thị Hà", NameAlias},
		{"Nguyễn Thị Hà", "Trần Thị Hương", "Lê Thị Hoa", "Trần Thị Hương", NameAlias},
		{"Nguyễn Thị Hà", "Hằng", "Nguyễn Thị Hằng", "", NameAlias},
		{"Nguyễn Thị Hà", "Hằng", "Trần Thị Hằng", "", FullName(key("Nguyễn Thị Hà"), key("Trần Thị Hằng"))},
		{"Nguyễn Thị Hà", "Tý", "Lê Văn Hùng", "Tý", NameElse},
		{"Nguyễn Thị Hà", "Tạ Thị Hà", "Nguyễn Thị Hà", "", NameExact},
		{"Nguyễn Thị Hà", "", "Tạ Thị Hà", "", NameSurname},
		{"", "Tạ Thị Hà", "Tạ Thị Hà", "", matchers.Null},
	} {
		a, oa, b, ob := key(c.a), key(c.otherA), key(c.b), key(c.otherB)
		if got := Names(a, oa, b, ob); got != c.want || Names(b, ob, a, oa) != got {
			t.Errorf("%s (%s), %s (%s): %s, want %s", c.a, c.otherA, c.b, c.otherB,
				FullNameComparison.Levels[got].Name, FullNameComparison.Levels[c.want].Name)
		}
	}
	if n := testing.AllocsPerRun(100, func() { sink += Names(key1, key2, key2, nil) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

var key1, key2 = key("Cao Chí Tâm"), key("Cao Chí Hưng")
