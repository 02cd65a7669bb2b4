package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// short is the longest text that a register holds.
const short = 16

// page is where reading a whole register past a text could touch what is not there.
const page = 4096 - short

// pair writes Jaro of two texts of 1 to 16 bytes: one byte of b after the other takes
// its partner, two comparisons to an instruction; what was taken is moved together
// and compared at once.
func pair() {
	steps := pairBytes("pairSteps", 16*short, func(i int) byte { return byte(i / 16) })
	front := pairBytes("pairFront", 2*short, func(i int) byte { return byte(i) | inside(i >= short) }) // from 16-n: the last n bytes to the front
	slide := pairBytes("pairSlide", 2*short, func(i int) byte { return byte(i-short)&15 | inside(i < short) })
	turn := pairBytes("pairTurn", 2*short, func(i int) byte { return byte(15-i)&15 | inside(i >= short) })
	ones := pairBytes("pairOnes", 2*short, func(i int) byte { return 0xff * (1 - inside(i >= short)>>7) })
	// Which bits are set, rising, for each eight of them.
	chosen := pairBytes("pairChosen", 256*8, func(i int) byte {
		set, k := i/8, i%8
		for bit := range 8 {
			if set>>bit&1 != 0 {
				if k == 0 {
					return byte(bit)
				}
				k--
			}
		}
		return 0x80
	})
	// What is added to a choice of the lower and of the upper eight bytes.
	lower := pairBytes("pairLower", short, func(i int) byte { return inside(i >= 8) })
	upper := pairBytes("pairUpper", short, func(i int) byte { return 8 | inside(i >= 8) })
	// Where byte j of b finds its partner in a, by reach.
	windows := pairBytes("pairWindows", short*short, func(i int) byte {
		r, j, half := i/32, i%32/2, i%2
		width := 2*r + 1
		var reachable uint64 = (1<<width - 1) << j >> r
		return byte(reachable >> (8 * half))
	})

	TEXT("jaroPair", NOSPLIT, "func(a *byte, na int, b *byte, nb int) (found uint64)")
	Doc("jaroPair compares two texts of 1 to 16 bytes: how many bytes are common, from bit 8",
		"how many of them are out of order, from bit 16 how many both begin with, of four at most.",
		"The first text holds no zero byte, else the answer is all ones.")
	Pragma("noescape")
	a, na := pairLoad("a", "na", front)
	b, nb := pairLoad("b", "nb", front)
	table, t, u := GP64(), GP32(), GP32()
	LEAQ(ones, table)
	room := GP64()
	MOVQ(U32(short), room)
	SUBQ(nb, room)
	VPAND(Mem{Base: table, Index: room, Scale: 1}, b, b)

	used, x := GP32(), XMM()
	MOVL(I32(-1), used)
	SHLXL(na.As32(), used, used) // places beyond the text are taken
	VPXOR(x, x, x)
	VPCMPEQB(a, x, x)
	VPMOVMSKB(x, t)
	ANDNL(t, used, t)
	JNE(LabelRef("zero"))
	same := GP32()
	VPCMPEQB(a, b, x)
	VPMOVMSKB(x, same)
	ANDNL(same, used, same)
	NOTL(same)
	ORL(Imm(16), same)
	TZCNTL(same, same)

	reach := GP64()
	MOVQ(U32(0), room) // before the flags
	MOVQ(na, reach)
	CMPQ(nb, na)
	CMOVQGT(nb, reach)
	SHRQ(Imm(1), reach)
	SUBQ(Imm(1), reach)
	CMOVQMI(room, reach)
	SHLQ(Imm(5), reach)
	LEAQ(windows, table)
	ADDQ(table, reach)

	both, text := YMM(), YMM()
	VINSERTI128(Imm(1), a, a.AsY(), both)
	VINSERTI128(Imm(1), b, b.AsY(), text)
	at := GP64()
	LEAQ(steps, at)
	taken := GP32()
	XORL(taken, taken)
	y, low := YMM(), GP32()
	for j := 0; j < short; j += 2 {
		VPSHUFB(Mem{Base: at, Disp: j * short}, text, y)
		VPCMPEQB(y, both, y)
		VPMOVMSKB(y, t)
		ANDL(Mem{Base: reach, Disp: 2 * j}, t)
		MOVWLZX(t.As16(), low)
		SHRL(Imm(16), t)
		for _, hit := range []reg.GPVirtual{low, t} {
			ANDNL(hit, used, u)
			BLSIL(u, u)
			ADCL(taken, taken)
			ORL(u, used)
		}
	}

	// The bits taken in a, and in b from the last byte to the first.
	valid := GP32()
	MOVL(I32(-1), valid)
	SHLXL(na.As32(), valid, valid)
	XORL(valid, used)
	c := GP64()
	POPCNTL(used, c.As32())
	givenA := pairGather(a, used, chosen, slide, lower, upper)
	rev := XMM()
	LEAQ(turn, table)
	VPSHUFB(Mem{Base: table}, b, rev)
	givenB := pairGather(rev, taken, chosen, slide, lower, upper)
	MOVQ(U32(short), room)
	SUBQ(c, room)
	VPSHUFB(Mem{Base: table, Index: room, Scale: 1}, givenB, givenB)
	VPCMPEQB(givenA, givenB, givenB)
	VPMOVMSKB(givenB, t)
	MOVL(I32(-1), u)
	SHLXL(c.As32(), u, u)
	ORL(u, t)
	NOTL(t)
	POPCNTL(t, t)
	SHLL(Imm(8), t)
	SHLL(Imm(16), same)
	ORL(same, t)
	ORL(c.As32(), t)
	Store(t.As64(), ReturnIndex(0))
	VZEROUPPER()
	RET()
	Label("zero")
	none := GP64()
	MOVQ(I32(-1), none)
	Store(none, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

func inside(outside bool) byte {
	if outside {
		return 0x80
	}
	return 0
}

// pairBytes writes a table.
func pairBytes(name string, n int, of func(i int) byte) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := 0; i < n; i += 8 {
		var word uint64
		for k := range 8 {
			word |= uint64(of(i+k)) << (8 * k)
		}
		DATA(i, U64(word))
	}
	return m
}

// pairLoad loads a text without touching another page.
func pairLoad(text, size string, front Mem) (reg.VecVirtual, reg.GPVirtual) {
	p, n := Load(Param(text), GP64()).(reg.GPVirtual), Load(Param(size), GP64()).(reg.GPVirtual)
	v, at, table := XMM(), GP64(), GP64()
	MOVQ(p, at)
	ANDQ(U32(4095), at)
	CMPQ(at, U32(page))
	JA(LabelRef(text + "Crosses"))
	VMOVDQU(Mem{Base: p}, v)
	JMP(LabelRef(text + "Loaded"))
	Label(text + "Crosses")
	VMOVDQU(Mem{Base: p, Index: n, Scale: 1, Disp: -short}, v)
	LEAQ(front, table)
	MOVQ(U32(short), at)
	SUBQ(n, at)
	VPSHUFB(Mem{Base: table, Index: at, Scale: 1}, v, v)
	Label(text + "Loaded")
	return v, n
}

// pairGather moves the chosen bytes of v together.
func pairGather(v reg.VecVirtual, set reg.GPVirtual, chosen, slide, lower, upper Mem) reg.VecVirtual {
	table, at, n := GP64(), GP64(), GP64()
	low, high := XMM(), XMM()
	LEAQ(chosen, table)
	MOVBLZX(set.As8(), at.As32())
	VMOVQ(Mem{Base: table, Index: at, Scale: 8}, low)
	POPCNTL(at.As32(), n.As32())
	MOVL(set, at.As32())
	SHRL(Imm(8), at.As32())
	VMOVQ(Mem{Base: table, Index: at, Scale: 8}, high)
	VPOR(lower, low, low)
	VPADDB(upper, high, high)
	VPSHUFB(high, v, high)
	VPSHUFB(low, v, low)
	LEAQ(slide, table)
	ADDQ(Imm(short), table)
	SUBQ(n, table)
	VPSHUFB(Mem{Base: table}, high, high)
	VPOR(high, low, low)
	return low
}
