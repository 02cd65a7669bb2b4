package record

import (
	"context"
	"sync"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
)

// RowFormat says how the rows of a chunk are written.
type RowFormat uint8

// The three formats. Messages of a queue are JSONLines too: one object each.
const (
	Delimited RowFormat = iota // each row is a line of separated values in Data
	JSONLines                  // each row is a JSON object in Data
	Cells                      // row i has the values Cells.At(i*w) … of w columns
)

// A Chunk is a numbered bite of one source: whole rows, not yet decoded. It is
// made at the door and read by decode; neither keeps it after Release.
type Chunk struct {
	Number int     // 0, 1, 2 … over all sources of a run, without gaps
	Source uint32  // number in Sources
	Header *Header // shared by all chunks of the source, never changed
	Format RowFormat
	Data   []byte // bytes that rows point into
	Cells  Text   // values row by row, len(Header.Names) each; format Cells only
	Rows   []Row

	// Declared is set where somebody said in which encoding the text is:
	// Encoding then holds for every row, whatever its bytes look like.
	Declared bool
	Encoding normalize.Encoding

	pool *ChunkPool
}

// A Row is one row of a chunk.
type Row struct {
	Position int64 // line, row of the sheet or table, or offset: see Origin
	// Data[Start:End] is the row as received, without its line end. For the
	// format Cells it is empty unless the row is refused.
	Start, End uint32
	// Quoted is set where a separated row holds a quote: it may span lines.
	Quoted bool
	// Codes is what the door found. FORM_ROW_UNREADABLE or
	// FORM_FILE_UNREADABLE among them means that the row is to be refused.
	Codes reason.Set
}

// Bytes returns the row as received.
func (c *Chunk) Bytes(i int) []byte {
	r := &c.Rows[i]
	return c.Data[r.Start:r.End:r.End]
}

// AddRow adds a row whose bytes are copied into Data.
func (c *Chunk) AddRow(position int64, raw []byte, codes reason.Set) {
	start := uint32(len(c.Data))
	c.Data = append(c.Data, raw...)
	c.Rows = append(c.Rows, Row{Position: position, Start: start, End: uint32(len(c.Data)), Codes: codes})
}

// Release gives the memory of the chunk back for a next one. The chunk and all
// that points into it may not be used afterwards.
func (c *Chunk) Release() {
	if p := c.pool; p != nil {
		p.put(c)
	}
}

// Role says what a column of a source is for. Most hold a field as it is; the
// others are put together by decode.
type Role uint8

// The roles of a column.
const (
	RoleIgnored         Role = iota // known and not needed, or unknown
	RoleField                       // the text of a field
	RoleSurname                     // parts of the full name …
	RoleMiddle                      //
	RoleGiven                       // … in this order
	RoleBirthDay                    // parts of the birth date …
	RoleBirthMonth                  //
	RoleBirthYear                   // … of which the year may stand alone
	RoleBirthYearMale               // the year, or a mark, under "Nam"
	RoleBirthYearFemale             // the year, or a mark, under "Nữ"
	RoleFemaleMark                  // a mark for women, nothing for men
	RoleIdentity                    // cccd or cmnd, by its number of digits
	RoleJoined                      // a part of a field, joined with commas: the levels of an address
	NumRoles
)

// A Target is where the values of a column go; Field counts for RoleField and
// RoleJoined.
type Target struct {
	Role  Role
	Field Field
}

// A Header says what the columns of a source are.
type Header struct {
	Names     []string // as received; their number is the width of every row
	Targets   []Target // one for each name
	Delimiter byte     // format Delimited only
	// Resolve returns where the values of a name go, for sources in which
	// every row brings its own names. It is safe for concurrent use.
	Resolve func(name []byte) Target
}

// A Table is a file that holds values and not lines, read from its beginning
// to its end.
type Table interface {
	// Names returns the names of the columns.
	Names() []string
	// Next appends at most rows rows to c (Cells and Rows, Position counted
	// from 1) and returns io.EOF after the last.
	Next(ctx context.Context, c *Chunk, rows int) error
	// Close frees all memory of the table.
	Close() error
}

// A ChunkPool lends chunks and keeps those that come back, as many as were ever
// in use at once. The zero value is ready; it is safe for concurrent use.
type ChunkPool struct {
	mu   sync.Mutex
	free []*Chunk
}

// Get returns an empty chunk.
func (p *ChunkPool) Get() *Chunk {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return &Chunk{pool: p}
	}
	c := p.free[n-1]
	p.free = p.free[:n-1]
	return c
}

func (p *ChunkPool) put(c *Chunk) {
	c.Cells.Reset()
	*c = Chunk{Data: c.Data[:0], Cells: c.Cells, Rows: c.Rows[:0], pool: p}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, c)
}
