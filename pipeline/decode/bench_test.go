package decode_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
)

// sample returns rows forms of 32 columns and about 600 bytes, one in three
// with quoted addresses.
func sample(rows int) []byte {
	var b bytes.Buffer
	for i, f := range record.FormSchema.Fields {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(f.Name)
	}
	b.WriteByte('\n')
	for i := range rows {
		home := "Số 12 đường Trần Phú - Phường Văn Quán - Quận Hà Đông - Thành phố Hà Nội"
		if i%3 == 0 {
			home = `"Số 12, đường Trần Phú, tổ 5, P. Văn Quán, Q. Hà Đông, TP Hà Nội"`
		}
		fmt.Fprintf(&b, "P%09d,DC01,%05d,12/03/2021,Nguyễn Thị Hương Giang,,%02d/03/1985,Nữ,Xã Tân Thành - Nam Định,"+
			"Xã Tân Thành - Vụ Bản - Nam Định,Kinh,Không,Việt Nam,001185%06d,271450001,%s,%s,123456789,Chủ hộ,"+
			"Trần Văn Bình,Nguyễn Văn Cường,Lê Thị Dung,Phạm Văn Em,O,Đã kết hôn,0912345678,Xã Tân Thành - Nam Định,"+
			"001085000001,,,,\n", i, i%99999, i%28+1, i%999999, home, home)
	}
	return b.Bytes()
}

// BenchmarkCSV cuts and decodes separated values on one core: B/s of text and
// rows/s.
func BenchmarkCSV(b *testing.B) {
	text := sample(50_000)
	stage := decode.New(record.FormSchema)
	var d record.Decoded
	pool := &record.ChunkPool{}
	read := func() (rows int) {
		opt := intake.Options{Stdin: bytes.NewReader(text), Pool: pool}
		for c, err := range intake.New([]string{"-"}, opt).Chunks(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
			if err := stage.Do(context.Background(), c, &d); err != nil {
				b.Fatal(err)
			}
			rows += d.Forms.N
			c.Release()
		}
		return rows
	}
	read()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	rows := 0
	for b.Loop() {
		rows += read()
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSplit cuts without decoding.
func BenchmarkSplit(b *testing.B) {
	text := sample(50_000)
	pool := &record.ChunkPool{}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		opt := intake.Options{Stdin: bytes.NewReader(text), Pool: pool}
		for c := range intake.New([]string{"-"}, opt).Chunks(context.Background()) {
			c.Release()
		}
	}
}

// BenchmarkDecode decodes one chunk again and again.
func BenchmarkDecode(b *testing.B) {
	text := sample(8192)
	for c, err := range intake.New([]string{"-"}, intake.Options{Stdin: bytes.NewReader(text)}).Chunks(context.Background()) {
		if err != nil {
			b.Fatal(err)
		}
		stage := decode.New(record.FormSchema)
		var d record.Decoded
		b.SetBytes(int64(len(c.Data)))
		b.ReportAllocs()
		for b.Loop() {
			if err := stage.Do(context.Background(), c, &d); err != nil {
				b.Fatal(err)
			}
		}
		break
	}
}
