package pipeline

import (
	"strings"
	"testing"
)

// Too little room is told before the run: a little is a warning, much an error
// that names the flag to change.
func TestTooLittleRoom(t *testing.T) {
	for _, c := range []struct {
		name         string
		space        Space
		warns, fails string
	}{
		{"room", Space{Scratch: 10 << 20, Snapshot: 10 << 20, FreeTmp: 10 << 20, FreeOut: 10 << 20}, "", ""},
		{"nobody knows", Space{Scratch: 1 << 50, Snapshot: 1 << 50, FreeTmp: -1, FreeOut: -1}, "", ""},
		{"scratch short", Space{Scratch: 20 << 20, Snapshot: 1, FreeTmp: 15 << 20, FreeOut: 1 << 30}, "--tmp", ""},
		{"scratch far too short", Space{Scratch: 100 << 20, Snapshot: 1, FreeTmp: 15 << 20, FreeOut: 1 << 30}, "", "--tmp"},
		{"store far too short", Space{Scratch: 1, Snapshot: 100 << 20, FreeTmp: 1 << 30, FreeOut: 15 << 20}, "", "--out"},
		{"one disk holds the larger", Space{Scratch: 20 << 20, Snapshot: 20 << 20, FreeTmp: 20 << 20, FreeOut: 20 << 20, OneDisk: true}, "", ""},
		{"one disk short", Space{Scratch: 10 << 20, Snapshot: 20 << 20, FreeTmp: 15 << 20, FreeOut: 15 << 20, OneDisk: true}, "--out, --tmp", ""},
	} {
		var warned []string
		err := c.space.check(func(err error) { warned = append(warned, err.Error()) }, "T", "S")
		if got := strings.Join(warned, ""); (got == "") != (c.warns == "") || !strings.Contains(got, c.warns) {
			t.Errorf("%s: warned %q, want something of %q", c.name, got, c.warns)
		}
		if (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
			t.Errorf("%s: %v, want something of %q", c.name, err, c.fails)
		}
	}
}
