package decode

import (
	"math"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/parquet/pqarrow"
)

// A column reads one column of a Parquet file as text, value by value.
type column struct {
	reader *pqarrow.ColumnReader
	batch  *arrow.Chunked
	chunk  int                             // next array of batch
	array  arrow.Array                     // at hand
	at     int                             // next value in it
	write  func(dst []byte, at int) []byte // writes value at of array
}

// load reads at most rows further values and returns their number.
func (c *column) load(rows int) (int, error) {
	c.release()
	batch, err := c.reader.NextBatch(int64(rows))
	if err != nil {
		return 0, err
	}
	c.batch = batch
	return batch.Len(), nil
}

// append appends the next value.
func (c *column) append(dst []byte) []byte {
	for c.array == nil || c.at == c.array.Len() {
		c.array, c.at = c.batch.Chunk(c.chunk), 0
		c.write = writer(c.array)
		c.chunk++
	}
	at := c.at
	c.at++
	if c.array.IsNull(at) {
		return dst
	}
	return c.write(dst, at)
}

func (c *column) release() {
	if c.batch != nil {
		c.batch.Release()
	}
	c.batch, c.array, c.chunk, c.at, c.write = nil, nil, 0, 0, nil
}

func (c *column) close() {
	c.release()
	c.reader.Release()
}

// writer returns how a value of an array is written: numbers in digits without
// an exponent, dates as dd/mm/yyyy, as people write them on forms.
func writer(a arrow.Array) func(dst []byte, at int) []byte {
	switch a := a.(type) {
	case *array.String:
		return func(dst []byte, at int) []byte { return append(dst, a.Value(at)...) }
	case *array.LargeString:
		return func(dst []byte, at int) []byte { return append(dst, a.Value(at)...) }
	case *array.Binary:
		return func(dst []byte, at int) []byte { return append(dst, a.Value(at)...) }
	case *array.LargeBinary:
		return func(dst []byte, at int) []byte { return append(dst, a.Value(at)...) }
	case *array.FixedSizeBinary:
		return func(dst []byte, at int) []byte { return append(dst, a.Value(at)...) }
	case *array.Dictionary:
		return dictionaryWriter(a)
	case *array.Int64:
		return func(dst []byte, at int) []byte { return strconv.AppendInt(dst, a.Value(at), 10) }
	case *array.Int32:
		return func(dst []byte, at int) []byte { return strconv.AppendInt(dst, int64(a.Value(at)), 10) }
	case *array.Float64:
		return func(dst []byte, at int) []byte { return appendFloat(dst, a.Value(at), 64) }
	case *array.Float32:
		return func(dst []byte, at int) []byte { return appendFloat(dst, float64(a.Value(at)), 32) }
	case *array.Date32:
		return func(dst []byte, at int) []byte { return appendTime(dst, a.Value(at).ToTime()) }
	case *array.Date64:
		return func(dst []byte, at int) []byte { return appendTime(dst, a.Value(at).ToTime()) }
	case *array.Timestamp:
		unit := a.DataType().(*arrow.TimestampType).Unit
		return func(dst []byte, at int) []byte { return appendTime(dst, a.Value(at).ToTime(unit)) }
	}
	return func(dst []byte, at int) []byte { return append(dst, a.ValueStr(at)...) }
}

// dictionaryWriter writes the value that an index stands for.
func dictionaryWriter(a *array.Dictionary) func(dst []byte, at int) []byte {
	values := a.Dictionary()
	write := writer(values)
	return func(dst []byte, at int) []byte {
		v := a.GetValueIndex(at)
		if values.IsNull(v) {
			return dst
		}
		return write(dst, v)
	}
}

func appendFloat(dst []byte, v float64, bits int) []byte {
	if math.IsNaN(v) {
		return dst
	}
	return strconv.AppendFloat(dst, v, 'f', -1, bits)
}

// appendTime writes a day, and the time of day if it is not midnight.
func appendTime(dst []byte, t time.Time) []byte {
	dst = t.AppendFormat(dst, "02/01/2006")
	if h, m, s := t.Clock(); h|m|s != 0 {
		dst = t.AppendFormat(dst, " 15:04:05")
	}
	return dst
}
