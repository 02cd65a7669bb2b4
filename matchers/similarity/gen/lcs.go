package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// lcs writes the walk of the longest common subsequence: what is set in the rows
// of a pattern and clear in v when it is done belongs to it.
func lcs(name string, l lane) {
	TEXT(name, NOSPLIT, "func(masks *uint64, text *byte, n int, v *uint64)")
	Doc(name + " walks one text over a group of patterns; v begins as their bits.")
	Pragma("noescape")
	masks, text, n := Load(Param("masks"), GP64()), Load(Param("text"), GP64()), Load(Param("n"), GP64())
	out := Load(Param("v"), GP64())
	v, u, sum := YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: out}, v)
	slot := GP64()
	Label("next")
	TESTQ(n, n)
	JE(LabelRef("done"))
	MOVBQZX(Mem{Base: text}, slot)
	SHLQ(Imm(5), slot)
	VPAND(Mem{Base: masks, Index: slot, Scale: 1}, v, u)
	l.add(u, v, sum)
	l.sub(u, v, v)
	VPOR(sum, v, v)
	INCQ(text)
	DECQ(n)
	JMP(LabelRef("next"))
	Label("done")
	VMOVDQU(v, Mem{Base: out})
	VZEROUPPER()
	RET()
}
