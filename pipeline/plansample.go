package pipeline

import (
	"context"
	"errors"
	"iter"

	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
)

// A sampler reads whole inputs and keeps a sample of their rows: those whose
// content hashes to a number that begins with level zero bits. So each distinct
// row is kept with the probability 2^-level, whatever stands around it, equal
// rows share their fate, and neither the order of rows nor the names of files
// changes the choice. level grows whenever more than most rows are held: each
// sample lies within the one before.
type sampler struct {
	reader *intake.Reader
	most   int // rows to keep; 0: all, which are not held but passed on
	batch  int // rows of a chunk
	level  uint
	seen   int64
	held   int64
	bytes  int64 // of the rows held, while they are
	chunks []*record.Chunk
}

// sampleBytes is when a chunk of held rows is closed, whatever their number.
const sampleBytes = 8 << 20

// share is the probability with which a row was kept.
func (s *sampler) share() float64 { return 1 / float64(uint64(1)<<s.level) }

// Chunks yields the sample as an intake.Reader does, and its errors.
func (s *sampler) Chunks(ctx context.Context) iter.Seq2[*record.Chunk, error] {
	return func(yield func(*record.Chunk, error) bool) {
		for chunk, err := range s.reader.Chunks(ctx) {
			if err == nil {
				s.seen += int64(len(chunk.Rows))
			}
			if err == nil && s.most > 0 {
				s.chunks = s.take(s.chunks, chunk)
				chunk.Release()
				s.thin()
				continue
			}
			if !yield(chunk, err) {
				return
			}
			if file := (*intake.FileError)(nil); err != nil && !errors.As(err, &file) {
				return
			}
		}
		chunks := s.chunks
		for _, c := range chunks {
			s.bytes += int64(len(c.Data) + len(c.Cells.Slab))
		}
		s.chunks = nil
		if s.most == 0 {
			s.held = s.seen
		}
		for i, held := range chunks {
			chunks[i] = nil // so that what was decoded is not held on
			if !yield(held, nil) {
				return
			}
		}
	}
}

// thin raises the level until no more rows are held than wanted.
func (s *sampler) thin() {
	for s.held > int64(s.most) && s.level < 63 {
		s.level++
		s.held = 0
		var left []*record.Chunk
		for i, c := range s.chunks {
			left = s.take(left, c)
			s.chunks[i] = nil
		}
		s.chunks = left
	}
}

// take appends the rows of a chunk that the level lets through.
func (s *sampler) take(to []*record.Chunk, from *record.Chunk) []*record.Chunk {
	for i := range from.Rows {
		if s.level > 0 && rowHash(from, i)>>(64-s.level) != 0 {
			continue
		}
		to = s.room(to, from)
		appendRow(to[len(to)-1], from, i)
		s.held++
	}
	return to
}

// room makes the last of the chunks one that a row of from may be added to.
func (s *sampler) room(to []*record.Chunk, from *record.Chunk) []*record.Chunk {
	if n := len(to); n > 0 {
		c := to[n-1]
		if c.Source == from.Source && c.Header == from.Header && c.Format == from.Format && c.Declared == from.Declared &&
			c.Encoding == from.Encoding && len(c.Rows) < s.batch && len(c.Data)+len(c.Cells.Slab) < sampleBytes {
			return to
		}
	}
	return append(to, &record.Chunk{Source: from.Source, Header: from.Header, Format: from.Format, Declared: from.Declared, Encoding: from.Encoding})
}

// appendRow copies row i of a chunk to the end of another of its source.
func appendRow(to, from *record.Chunk, i int) {
	row := &from.Rows[i]
	to.AddRow(row.Position, from.Bytes(i), row.Codes)
	to.Rows[len(to.Rows)-1].Quoted = row.Quoted
	if from.Format == record.Cells {
		w := len(from.Header.Names)
		for c := i * w; c < (i+1)*w; c++ {
			to.Cells.Append(from.Cells.At(c))
		}
	}
}

// rowHash is the hash of what a row says, not of where it stands.
func rowHash(c *record.Chunk, i int) uint64 {
	h := record.Mix(1, record.HashText(c.Bytes(i)))
	if c.Format == record.Cells {
		w := len(c.Header.Names)
		for cell := i * w; cell < (i+1)*w; cell++ {
			h = record.Mix(h, record.HashText(c.Cells.At(cell)))
		}
	}
	return record.Mix(h, 2)
}
