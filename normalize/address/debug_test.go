package address

import (
	"os"
	"strings"
	"testing"
)

func TestDebug(t *testing.T) {
	b, _ := os.ReadFile("/tmp/address/debug.txt")
	var p Parser
	var a Address
	for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		p.Parse([]byte(l), &a)
		t.Logf("%q old %s new %s conf %.2f %v rest %q", l, a.Old.Code(), a.New.Code(), a.Confidence, a.Codes.AppendStrings(nil), a.Rest)
		explain(t, &p)
		for i, m := range p.mentions {
			sp := p.spans[m.span]
			t.Logf("     mention %d level %d id %d q %d flags %d tok %d-%d", i, m.level, m.id, m.q, m.flags, sp.lo, sp.hi)
		}
	}
}
