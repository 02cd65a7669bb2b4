package columnar

import (
	"encoding/binary"
	"hash/crc32"
	"math"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/encoding/rle"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// A span is the part of a column that makes a page: slots from ≤ s < to, among
// them the values first ≤ v < last, of a number of whole rows.
type span struct {
	from, to    int
	first, last int
	rows        int
}

// next returns the page that begins where s ends.
func (c *Column) next(s span, l *Limits, coding Coding) span {
	p := span{from: s.to, to: s.to, first: s.last, last: s.last}
	if c.maxDef == 0 && coding != Lengths && coding != Prefixes { // nothing to look at
		p.rows = min(l.PageRows, c.slots-p.from)
		p.to, p.last = p.from+p.rows, p.first+p.rows
		return p
	}
	bytes := 0
	for ; p.to < c.slots; p.to++ {
		if c.maxRep == 0 || c.rep[p.to] == 0 {
			if p.rows == l.PageRows || bytes >= l.PageBytes {
				break
			}
			p.rows++
		}
		if c.maxDef == 0 || c.def[p.to] == c.maxDef {
			if coding == Lengths || coding == Prefixes {
				bytes += int(c.values.Off[p.last+1] - c.values.Off[p.last])
			}
			p.last++
		}
	}
	return p
}

var (
	levels         = rle.Encoding{BitWidth: 1}
	numbersAsBytes = rle.Encoding{BitWidth: 8}
	indexes        rle.DictionaryEncoding
	lengths        delta.LengthByteArrayEncoding
	prefixes       delta.ByteArrayEncoding
	deltas         delta.BinaryPackedEncoding
)

// appendLevels appends the levels of a page, with their length before them.
func (f *File) appendLevels(dst, level []byte) (_ []byte, err error) {
	if f.scratch, err = levels.EncodeLevels(f.scratch, level); err != nil {
		return dst, err
	}
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(f.scratch)))
	return append(dst, f.scratch...), nil
}

// encode makes f.page the bytes of a data page before compression.
func (f *File) encode(c *Column, p span, coding Coding) (format.Encoding, error) {
	var err error
	f.page = f.page[:0]
	if c.maxRep > 0 {
		f.page, err = f.appendLevels(f.page, c.rep[p.from:p.to])
	}
	if c.maxDef > 0 && err == nil {
		f.page, err = f.appendLevels(f.page, c.def[p.from:p.to])
	}
	if err != nil || p.first == p.last { // a page of nulls
		return format.Plain, err
	}
	encoding := format.Plain
	switch coding {
	case Coded:
		encoding = format.RLEDictionary
		f.scratch, err = indexes.EncodeInt32(f.scratch, c.index[p.first:p.last])
	case Lengths:
		encoding = format.DeltaLengthByteArray
		off := c.values.Off[p.first : p.last+1]
		f.scratch, err = lengths.EncodeByteArray(f.scratch, c.values.Slab[off[0]:off[len(off)-1]], f.rebase(off))
	case Prefixes:
		encoding = format.DeltaByteArray
		off := c.values.Off[p.first : p.last+1]
		f.scratch, err = prefixes.EncodeByteArray(f.scratch, c.values.Slab[off[0]:off[len(off)-1]], f.rebase(off))
	case Deltas:
		encoding = format.DeltaBinaryPacked
		f.wide = f.wide[:0]
		for at := p.first * 8; at < p.last*8; at += 8 {
			f.wide = append(f.wide, int64(binary.LittleEndian.Uint64(c.numbers[at:])))
		}
		f.scratch, err = deltas.EncodeInt64(f.scratch, f.wide)
	default:
		w := c.width()
		f.scratch = append(f.scratch[:0], c.numbers[p.first*w:p.last*w]...)
	}
	f.page = append(f.page, f.scratch...)
	return encoding, err
}

// rebase returns offsets that begin at 0.
func (f *File) rebase(off []uint32) []uint32 {
	f.offsets = f.offsets[:0]
	for _, o := range off {
		f.offsets = append(f.offsets, o-off[0])
	}
	return f.offsets
}

// encodeDictionary makes f.page the bytes of a dictionary page: the values in
// the order of place, or as they came where place is nil.
func (f *File) encodeDictionary(values *record.Text, place []int32) {
	f.page = f.page[:0]
	n := values.Len()
	if place == nil {
		for i := range n {
			f.appendPlain(values.At(i))
		}
		return
	}
	for i := range n {
		f.appendPlain(values.At(int(f.sorter.entries[i].value)))
	}
}

func (f *File) appendPlain(v []byte) {
	f.page = binary.LittleEndian.AppendUint32(f.page, uint32(len(v)))
	f.page = append(f.page, v...)
}

// tryBytes stores the numbers of a page as bytes if that is compressed better
// than f.packed: in fewer bits each, the numbers of frequent values cannot be
// told from those of rare ones.
func (f *File) tryBytes(c *Column, p span) error {
	if n := c.dict.values.Len(); n <= 4 || n > 256 {
		return nil
	}
	at := len(f.page) - len(f.scratch) // behind the levels
	var err error
	if f.scratch, err = numbersAsBytes.EncodeInt32(f.scratch, c.index[p.first:p.last]); err != nil {
		return err
	}
	f.other = append(append(append(f.other[:0], f.page[:at]...), 8), f.scratch...)
	f.otherPacked = f.zstd.EncodeAll(f.other, f.otherPacked[:0])
	if len(f.otherPacked) < len(f.packed) {
		f.page, f.other = f.other, f.page
		f.packed, f.otherPacked = f.otherPacked, f.packed
	}
	return nil
}

// writePage writes f.packed, which is f.page compressed, with its header. It
// returns the bytes that both take.
func (f *File) writePage(h *format.PageHeader, about *format.ColumnMetaData) (int, error) {
	if len(f.page) > math.MaxInt32 {
		panic("BUG: a page of more than 2 GiB")
	}
	h.UncompressedPageSize = int32(len(f.page))
	h.CompressedPageSize = int32(len(f.packed))
	h.CRC = int32(crc32.ChecksumIEEE(f.packed))
	before := f.at
	if err := f.thrift.Encode(h); err != nil {
		return 0, err
	}
	header := f.at - before
	if _, err := f.Write(f.packed); err != nil {
		return 0, err
	}
	about.TotalUncompressedSize += header + int64(len(f.page))
	about.TotalCompressedSize += f.at - before
	return int(f.at - before), nil
}

func dataPage(p span, e format.Encoding) *format.PageHeader {
	return &format.PageHeader{
		// Version 1 keeps the levels inside the compressed part: several readers
		// stumble over version 2 pages that hold nulls only.
		Type: format.DataPage,
		DataPageHeader: thrift.New(format.DataPageHeader{
			NumValues: int32(p.to - p.from), Encoding: e,
			DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE,
		}),
	}
}

func dictionaryPage(n int) *format.PageHeader {
	return &format.PageHeader{
		Type:                 format.DictionaryPage,
		DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: int32(n), Encoding: format.Plain}),
	}
}
