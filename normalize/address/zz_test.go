package address

import (
	"bufio"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	f, err := os.Open(os.Getenv("ZZ"))
	if err != nil {
		t.Skip()
	}
	sc := bufio.NewScanner(f)
	var p Parser
	var a Address
	for sc.Scan() {
		p.Parse(sc.Bytes(), &a)
		t.Logf("%q -> %s/%s conf %.2f codes %v cand %v rest %q key %+v", sc.Text(), a.Old.Code(), a.New.Code(), a.Confidence, a.Codes.AppendStrings(nil), a.Candidates, a.Rest, a.Key)
		explain(t, &p)
	}
}

func TestYY(t *testing.T) {
	var p Parser
	var a Address
	p.Parse([]byte(os.Getenv("YY")), &a)
	for i := 0; i < p.s.n; i++ {
		t.Logf("tok %d %q sep %d kw %d isKw %d flags %b", i, p.s.let[p.s.tok[i].lo:p.s.tok[i].hi], p.s.tok[i].sep, p.s.tok[i].kw, p.s.tok[i].isKw, p.s.tok[i].flags)
	}
	for i := range p.spans {
		t.Logf("span %d %+v", i, p.spans[i])
	}
	for i := range p.mentions {
		t.Logf("mention %d %+v", i, p.mentions[i])
	}
	for i := range p.top {
		t.Logf("top %+v", p.top[i])
	}
	t.Logf("units %b main idle %b", p.units, p.idle)
}
