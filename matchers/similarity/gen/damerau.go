package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// damerau writes the unrestricted Damerau distance of two texts, one diagonal of the
// matrix after the other: lane i is row i, so a has 15 bytes at most. A swap with bytes
// between in both texts never beats replacing them, so the bytes swapped stand side by
// side in one text: the last row and the last column where a swap could begin are kept
// as the distance before it, and grow by one a step (Zhao and Sahinalp 2020 walk rows).
func damerau() {
	TEXT("damerauDiagonals", NOSPLIT, "func(a *byte, reversed *byte, n int, last *byte)")
	Doc("damerauDiagonals walks n diagonals. Lane i of a is byte i, from 1; byte j of the other text,",
		"from 1, stands j-1 bytes before reversed. last becomes the last diagonal.")
	Pragma("noescape")
	p, at, n, out := Load(Param("a"), GP64()), Load(Param("reversed"), GP64()), Load(Param("n"), GP64()), Load(Param("last"), GP64())
	a, one, ones, edge := XMM(), XMM(), XMM(), XMM()
	VMOVDQU(Mem{Base: p}, a)
	VPCMPEQD(ones, ones, ones)
	VPXOR(one, one, one)
	VPSUBB(ones, one, one)
	VPSRLDQ(Imm(15), ones, edge) // too far, in row 0
	v, up1, up2, up3 := XMM(), XMM(), XMM(), XMM()
	shift := func(from, to reg.VecVirtual) {
		VPSLLDQ(Imm(1), from, to)
		VPOR(edge, to, to)
	}
	VPXOR(edge, ones, v) // 0 at the corner
	shift(v, up1)
	VMOVDQA(ones, up2)
	VMOVDQA(ones, up3)
	// differs: where the bytes of the diagonal before are not equal; differsUp: the
	// same a row above. column, row: the distance before a swap that begins there.
	differs, differsUp, column, row := XMM(), XMM(), XMM(), XMM()
	for _, x := range []reg.VecVirtual{differs, differsUp, column, row} {
		VMOVDQA(ones, x)
	}
	equal, t := XMM(), XMM()
	Label("diagonal")
	VPCMPEQB(Mem{Base: at}, a, equal)
	VPMINUB(v, up1, v)
	VPADDUSB(one, v, v)
	VPADDB(one, equal, t)
	VPADDUSB(t, up2, t)
	VPMINUB(t, v, v)
	VPADDUSB(one, column, column)
	VPOR(differs, column, t)
	VPMINUB(t, v, v)
	VPADDUSB(one, row, row)
	VPOR(differsUp, row, t)
	VPMINUB(t, v, v)
	VPBLENDVB(equal, up3, column, column)
	shift(column, column)
	shift(up3, t)
	VPBLENDVB(equal, t, row, row)
	VPXOR(ones, equal, differs)
	shift(differs, differsUp)
	VMOVDQA(up2, up3)
	VMOVDQA(up1, up2)
	shift(v, up1)
	DECQ(at)
	DECQ(n)
	JNE(LabelRef("diagonal"))
	VMOVDQU(v, Mem{Base: out})
	RET()
}
