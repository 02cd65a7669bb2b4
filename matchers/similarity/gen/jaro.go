package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// jaro writes the two walks of Jaro. The first gives each byte of the text the
// first free equal byte of a pattern within reach and notes in missed, 32 bytes a
// byte of the text, the lanes where there is none. The second takes what was given,
// in order, and counts where the two differ.
//
// lanes are five times 32 bytes: the window of each pattern for the first byte of
// the text, how far it reaches, the first bit of each pattern; then come how many
// bytes are common, and how many of them are out of order.
func jaro(name string, l lane) {
	TEXT(name, NOSPLIT, "func(masks *uint64, text *byte, n int, lanes *uint64, missed *uint64)")
	Doc(name + " walks one text over a group of patterns, twice.")
	Pragma("noescape")
	masks, text, n := Load(Param("masks"), GP64()), Load(Param("text"), GP64()), Load(Param("n"), GP64())
	lanes, missed := Load(Param("lanes"), GP64()), Load(Param("missed"), GP64())
	window, reach, first := YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: lanes}, window)
	VMOVDQU(Mem{Base: lanes, Disp: 32}, reach)
	VMOVDQU(Mem{Base: lanes, Disp: 64}, first)
	zero, ones, place, used, common, swapped := YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	VPXOR(zero, zero, zero)
	VPCMPEQD(ones, ones, ones)
	for _, v := range []Op{place, used, common, swapped} {
		VPXOR(v, v, v)
	}
	slot, at, from, note := GP64(), GP64(), GP64(), GP64()
	x, t := YMM(), YMM()

	MOVQ(n, at)
	MOVQ(text, from)
	MOVQ(missed, note)
	Label("give")
	MOVBQZX(Mem{Base: from}, slot)
	SHLQ(Imm(5), slot)
	VPAND(Mem{Base: masks, Index: slot, Scale: 1}, window, x)
	VPANDN(x, used, x)
	l.sub(x, zero, t)
	VPAND(x, t, t) // the lowest bit
	VPOR(t, used, used)
	l.equal(zero, t, t)
	VMOVDQU(t, Mem{Base: note})
	l.sub(ones, common, common) // one more,
	l.add(t, common, common)    // but where there is none
	l.greater(place, reach, t)  // until the window has all its width
	VPAND(first, t, t)
	l.add(window, window, window)
	VPOR(t, window, window)
	l.sub(ones, place, place)
	INCQ(from)
	ADDQ(Imm(32), note)
	DECQ(at)
	JNE(LabelRef("give"))

	Label("take")
	MOVBQZX(Mem{Base: text}, slot)
	SHLQ(Imm(5), slot)
	VMOVDQU(Mem{Base: missed}, x)
	l.sub(used, zero, t)
	VPAND(used, t, t)
	VPANDN(t, x, t)
	VPXOR(t, used, used)
	VPAND(Mem{Base: masks, Index: slot, Scale: 1}, t, t)
	l.equal(zero, t, t)
	VPANDN(t, x, t)
	l.sub(t, swapped, swapped)
	INCQ(text)
	ADDQ(Imm(32), missed)
	DECQ(n)
	JNE(LabelRef("take"))

	VMOVDQU(common, Mem{Base: lanes, Disp: 96})
	VMOVDQU(swapped, Mem{Base: lanes, Disp: 128})
	VZEROUPPER()
	RET()
}
