package columnar

import (
	"bytes"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/parquet-go/parquet-go/format"
)

// EndGroup writes the rows that the columns took as a row group.
func (f *File) EndGroup() error {
	rows := f.columns[0].rows()
	if rows == 0 {
		return f.err
	}
	g := format.RowGroup{NumRows: rows, SortingColumns: f.sorting, FileOffset: f.at, Ordinal: int16(len(f.groups))}
	g.Columns = make([]format.ColumnChunk, len(f.columns))
	index := make([]pageIndex, len(f.columns))
	for i := range f.columns {
		c, chunk := &f.columns[i], &g.Columns[i]
		if n := c.rows(); n != rows {
			panic("BUG: column " + c.path[0] + " has another number of rows")
		}
		chunk.MetaData = format.ColumnMetaData{Type: c.typ, PathInSchema: c.path, Codec: format.Zstd, NumValues: int64(c.slots)}
		if err := f.writeChunk(c, &chunk.MetaData, &index[i]); err != nil {
			return err
		}
		c.reset()
		g.TotalByteSize += chunk.MetaData.TotalUncompressedSize
		g.TotalCompressedSize += chunk.MetaData.TotalCompressedSize
	}
	f.groups = append(f.groups, g)
	f.indexes = append(f.indexes, index)
	f.rows += rows
	return nil
}

func (c *Column) rows() int64 {
	if c.maxRep == 0 {
		return int64(c.slots)
	}
	return int64(bytes.Count(c.rep, []byte{0}))
}

// writeChunk writes a column of the group: its dictionary, if it has one, and
// its pages.
func (f *File) writeChunk(c *Column, about *format.ColumnMetaData, index *pageIndex) error {
	coding := f.choose(c)
	about.Encoding = []format.Encoding{format.Plain, format.RLE}
	if coding == Coded {
		about.Statistics = f.boundsOf(&c.dict.values)
		if err := f.writeDictionary(c, about); err != nil {
			return err
		}
	} else if c.typ == format.ByteArray {
		about.Statistics = f.boundsOf(&c.values)
	}
	about.DataPageOffset = f.at
	row := int64(0)
	for p := c.next(span{}, &f.Limits, coding); p.rows > 0; p = c.next(p, &f.Limits, coding) {
		encoding, err := f.encode(c, p, coding)
		if err != nil {
			return err
		}
		f.packed = f.zstd.EncodeAll(f.page, f.packed[:0])
		if coding == Coded && encoding == format.RLEDictionary {
			if err := f.tryBytes(c, p); err != nil {
				return err
			}
		}
		at := f.at
		size, err := f.writePage(dataPage(p, encoding), about)
		if err != nil {
			return err
		}
		about.Statistics.NullCount += int64(p.to - p.from - (p.last - p.first))
		count(about, format.DataPage, encoding)
		index.add(c, p, format.PageLocation{Offset: at, CompressedPageSize: int32(size), FirstRowIndex: row})
		row += int64(p.rows)
	}
	return nil
}

// choose decides how the values of the column are stored. A dictionary in which
// nearly every value is new only adds a number to each.
func (f *File) choose(c *Column) Coding {
	if c.coding != Coded {
		return c.coding
	}
	distinct, all := c.dict.values.Len(), len(c.index)
	if all == 0 {
		return Plain // nulls only
	}
	if distinct <= fewValues || 10*distinct <= 9*all {
		return Coded
	}
	c.values.Reset()
	for _, i := range c.index {
		c.values.Append(c.dict.values.At(int(i)))
	}
	return Lengths
}

// fewValues is how large a dictionary is before it is put in order. In a small
// one the order of arrival is better: frequent values get small numbers, which
// lie closer together once they are compressed.
const fewValues = 4 << 10

// fewDense is the same of a column whose dictionary weighs more than its numbers:
// names and addresses of few rows.
const fewDense = 512

func (f *File) writeDictionary(c *Column, about *format.ColumnMetaData) error {
	values := &c.dict.values
	var place []int32
	if n := values.Len(); n > fewValues || c.dense && n > fewDense && 4*n > len(c.index) {
		place = f.sorter.ranks(values, c.byEnd)
		for i, n := range c.index {
			c.index[i] = place[n]
		}
	}
	about.Encoding = append(about.Encoding, format.RLEDictionary)
	about.DictionaryPageOffset = f.at
	f.encodeDictionary(values, place)
	packer := f.zstd
	if c.dense && place != nil {
		packer = f.dense
	}
	f.packed = packer.EncodeAll(f.page, f.packed[:0])
	_, err := f.writePage(dictionaryPage(values.Len()), about)
	count(about, format.DictionaryPage, format.Plain)
	return err
}

// count adds a page to what the column says of its pages.
func count(about *format.ColumnMetaData, t format.PageType, e format.Encoding) {
	for i := range about.EncodingStats {
		if s := &about.EncodingStats[i]; s.PageType == t && s.Encoding == e {
			s.Count++
			return
		}
	}
	about.EncodingStats = append(about.EncodingStats, format.PageEncodingStats{PageType: t, Encoding: e, Count: 1})
	for _, known := range about.Encoding {
		if known == e {
			return
		}
	}
	about.Encoding = append(about.Encoding, e)
}

// longBound is the longest value that is given as a bound.
const longBound = 64

// boundsOf returns the least and the greatest value. Long ones bound nothing.
func (f *File) boundsOf(t *record.Text) (s format.Statistics) {
	n := t.Len()
	if n == 0 {
		return s
	}
	least, greatest := t.At(0), t.At(0)
	for i := 1; i < n; i++ {
		v := t.At(i)
		if bytes.Compare(v, least) < 0 {
			least = v
		} else if bytes.Compare(v, greatest) > 0 {
			greatest = v
		}
	}
	if len(least) <= longBound && len(greatest) <= longBound {
		s.MinValue, s.MaxValue = append([]byte{}, least...), append([]byte{}, greatest...)
	}
	return s
}

// A pageIndex says where the pages of a column lie and, where rows are ordered
// by it, what they span.
type pageIndex struct {
	offsets  format.OffsetIndex
	bounds   format.ColumnIndex
	unwanted bool // a bound is too long
}

func (x *pageIndex) add(c *Column, p span, at format.PageLocation) {
	x.offsets.PageLocations = append(x.offsets.PageLocations, at)
	if !c.ordered || c.maxDef > 0 || c.values.Len() == 0 {
		x.unwanted = true
		return
	}
	first, last := c.values.At(p.first), c.values.At(p.last-1)
	b := &x.bounds
	// The order is a promise of whoever hands the rows over; bounds that a
	// reader relies on are not left to it.
	for i := p.first; i < p.last; i++ {
		v := c.values.At(i)
		if bytes.Compare(v, first) < 0 {
			first = v
		} else if bytes.Compare(v, last) > 0 {
			last = v
		}
	}
	x.unwanted = x.unwanted || len(first) > longBound || len(last) > longBound
	if n := len(b.MinValues); n == 0 || b.BoundaryOrder == format.Ascending &&
		bytes.Compare(b.MinValues[n-1], first) <= 0 && bytes.Compare(b.MaxValues[n-1], last) <= 0 {
		b.BoundaryOrder = format.Ascending
	} else {
		b.BoundaryOrder = format.Unordered
	}
	b.NullPages = append(b.NullPages, false)
	b.NullCounts = append(b.NullCounts, 0)
	b.MinValues = append(b.MinValues, append([]byte{}, first...))
	b.MaxValues = append(b.MaxValues, append([]byte{}, last...))
}

// writeIndexes writes the page indexes: bounds first, then offsets, as the
// format wants them.
func (f *File) writeIndexes() error {
	for g := range f.groups {
		for i := range f.columns {
			chunk, x := &f.groups[g].Columns[i], &f.indexes[g][i]
			if x.unwanted {
				continue
			}
			chunk.ColumnIndexOffset = f.at
			if err := f.thrift.Encode(&x.bounds); err != nil {
				return err
			}
			chunk.ColumnIndexLength = int32(f.at - chunk.ColumnIndexOffset)
		}
	}
	for g := range f.groups {
		for i := range f.columns {
			chunk := &f.groups[g].Columns[i]
			chunk.OffsetIndexOffset = f.at
			if err := f.thrift.Encode(&f.indexes[g][i].offsets); err != nil {
				return err
			}
			chunk.OffsetIndexLength = int32(f.at - chunk.OffsetIndexOffset)
		}
	}
	return nil
}
