package similarity

import (
	"testing"

	"github.com/antzucaro/matchr"
)

// Folded full names of about 14 letters, no two alike: the usual candidate pair.
var benchNames = [][]byte{
	[]byte("nguyen van an"), []byte("tran thi binh"), []byte("le hoang nam"), []byte("pham thu huong"),
	[]byte("hoang duc chinh"), []byte("nguyen thi hoa"), []byte("vo minh quan"), []byte("dang ngoc anh"),
	[]byte("bui quang huy"), []byte("do thanh tung"), []byte("nguyen van am"), []byte("tran thi bich"),
	[]byte("ly thuy duong"), []byte("huynh tan phuoc"), []byte("truong my linh"), []byte("ngo bao chau"),
}

var sinkInt int
var sinkFloat float64

func eachPair(b *testing.B, f func(x, y []byte)) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f(benchNames[i&15], benchNames[(i>>4+i+1)&15])
	}
}

func BenchmarkLevenshtein(b *testing.B) {
	eachPair(b, func(x, y []byte) { sinkInt += Levenshtein(x, y) })
}
func BenchmarkOSA(b *testing.B) { eachPair(b, func(x, y []byte) { sinkInt += OSA(x, y) }) }
func BenchmarkOSAWithin2(b *testing.B) {
	eachPair(b, func(x, y []byte) { sinkInt += OSAWithin(x, y, 2) })
}
func BenchmarkDamerau(b *testing.B) { eachPair(b, func(x, y []byte) { sinkInt += Damerau(x, y) }) }
func BenchmarkJaroWinkler(b *testing.B) {
	eachPair(b, func(x, y []byte) { sinkFloat += JaroWinkler(x, y) })
}
func BenchmarkLCS(b *testing.B)  { eachPair(b, func(x, y []byte) { sinkInt += LCS(x, y) }) }
func BenchmarkDice(b *testing.B) { eachPair(b, func(x, y []byte) { sinkFloat += Dice(x, y) }) }

func BenchmarkPackedOSA(b *testing.B) {
	words := make([]uint64, 0, 16)
	for _, w := range []string{"nguyen", "nguyn", "tran", "trang", "huong", "hoang", "phuoc", "phuc", "an", "anh", "duong", "dung", "quynh", "quyen", "thanh", "thang"} {
		words = append(words, pack([]byte(w)))
	}
	for i := 0; b.Loop(); i++ {
		sinkInt += PackedOSA(words[i&15], words[(i>>4+i+1)&15])
	}
}

func BenchmarkOneToMany(b *testing.B) {
	p := NewPattern(benchNames[0])
	b.Run("Levenshtein", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			sinkInt += p.Levenshtein(benchNames[i&15])
		}
	})
	b.Run("JaroWinkler", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			sinkFloat += p.JaroWinkler(benchNames[i&15])
		}
	})
}

func BenchmarkMatchr(b *testing.B) {
	text := make([]string, len(benchNames))
	for i, n := range benchNames {
		text[i] = string(n)
	}
	run := func(name string, f func(x, y string)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				f(text[i&15], text[(i>>4+i+1)&15])
			}
		})
	}
	run("Levenshtein", func(x, y string) { sinkInt += matchr.Levenshtein(x, y) })
	run("OSA", func(x, y string) { sinkInt += matchr.OSA(x, y) })
	run("Damerau", func(x, y string) { sinkInt += matchr.DamerauLevenshtein(x, y) })
	run("JaroWinkler", func(x, y string) { sinkFloat += matchr.JaroWinkler(x, y, false) })
	run("LCS", func(x, y string) { sinkInt += matchr.LongestCommonSubsequence(x, y) })
}
