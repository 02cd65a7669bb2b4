// Command gen writes the vector kernels of package similarity: the walks of
// Myers (1999), Hyyrö (2003, 2004) and Jaro, a pattern to each lane of a 256-bit
// register, and Jaro of two short texts.
//
//	go run . -out ../lanes_amd64.s -stubs ../lanes_amd64.go -pkg similarity
//
// It is a module of its own, so that what generates is no dependency of what
// runs.
package main

//go:generate go run . -out ../lanes_amd64.s -stubs ../lanes_amd64.go -pkg similarity

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// lane is the width of a lane and its instructions.
type lane struct {
	name              string
	top               uint64 // the number of its highest bit
	add, sub          func(...Op)
	left, right, sign func(...Op)
	equal, greater    func(...Op)
}

func main() {
	ConstraintExpr("amd64")
	for _, l := range []lane{
		{name: "16", top: 15, add: VPADDW, sub: VPSUBW, left: VPSLLW, right: VPSRLW, sign: VPSRAW, equal: VPCMPEQW, greater: VPCMPGTW},
		{name: "32", top: 31, add: VPADDD, sub: VPSUBD, left: VPSLLD, right: VPSRLD, sign: VPSRAD, equal: VPCMPEQD, greater: VPCMPGTD},
	} {
		walk("levenshtein"+l.name, l, false)
		walk("osa"+l.name, l, true)
		lcs("lcs"+l.name, l)
		jaro("jaro"+l.name, l)
	}
	pair()
	damerau()
	Generate()
}

// walk writes one kernel: the distances of a text of n rows of masks to the
// patterns of a group. masks are 32 bytes for each letter: where it stands, a lane
// for each pattern. rows are the bits of the patterns, the highest of each lane; d
// is their lengths, and the distances when it is done.
func walk(name string, l lane, swaps bool) {
	TEXT(name, NOSPLIT, "func(masks *uint64, text *byte, n int, rows *uint64, d *uint64)")
	Doc(name + " walks one text over a group of patterns.")
	Pragma("noescape")
	masks, text, n := Load(Param("masks"), GP64()), Load(Param("text"), GP64()), Load(Param("n"), GP64())
	rows, out := Load(Param("rows"), GP64()), Load(Param("d"), GP64())
	d := YMM()
	VMOVDQU(Mem{Base: out}, d)
	ones, one, vp, vn := YMM(), YMM(), YMM(), YMM()
	VPCMPEQD(ones, ones, ones)
	l.right(Imm(l.top), ones, one)
	VMOVDQU(Mem{Base: rows}, vp)
	VPXOR(vn, vn, vn)
	var d0, before reg.VecVirtual
	d0 = YMM()
	if swaps {
		before = YMM()
		VPXOR(d0, d0, d0)
		VPXOR(before, before, before)
	}
	slot := GP64()
	Label("next")
	TESTQ(n, n)
	JE(LabelRef("done"))
	MOVBQZX(Mem{Base: text}, slot)
	SHLQ(Imm(5), slot)
	x, t, hp, hn, tr := YMM(), YMM(), YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: masks, Index: slot, Scale: 1}, x)
	if swaps {
		VPANDN(x, d0, tr) // letters that the row above did not match
		l.left(Imm(1), tr, tr)
		VPAND(before, tr, tr)
		VMOVDQU(x, before)
	}
	eq := YMM()
	VPOR(vn, x, eq)
	VPAND(vp, eq, t)
	l.add(vp, t, t)
	VPXOR(vp, t, t)
	VPOR(eq, t, d0)
	if swaps {
		VPOR(tr, d0, d0)
	}
	VPOR(vp, d0, hp)
	VPANDN(ones, hp, hp)
	VPOR(vn, hp, hp)
	VPAND(vp, d0, hn)
	l.sign(Imm(l.top), hp, t)
	l.sub(t, d, d)
	l.sign(Imm(l.top), hn, t)
	l.add(t, d, d)
	l.left(Imm(1), hp, hp)
	VPOR(one, hp, hp)
	l.left(Imm(1), hn, hn)
	VPOR(hp, d0, vp)
	VPANDN(ones, vp, vp)
	VPOR(hn, vp, vp)
	VPAND(hp, d0, vn)
	INCQ(text)
	DECQ(n)
	JMP(LabelRef("next"))
	Label("done")
	VMOVDQU(d, Mem{Base: out})
	VZEROUPPER()
	RET()
}
