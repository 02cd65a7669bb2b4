package record

// Text is a column of byte strings: value i is Slab[Off[i]:Off[i+1]].
// The zero value is an empty column. A slab holds at most 4 GiB; batches stay
// far below.
type Text struct {
	Off  []uint32
	Slab []byte
}

// Len returns the number of values.
func (t *Text) Len() int {
	if len(t.Off) == 0 {
		return 0
	}
	return len(t.Off) - 1
}

// At returns value i. It is valid until the column changes.
func (t *Text) At(i int) []byte { return t.Slab[t.Off[i]:t.Off[i+1]:t.Off[i+1]] }

// Append adds one value.
func (t *Text) Append(v []byte) {
	t.Slab = append(t.Slab, v...)
	t.Close()
}

// AppendString adds one value.
func (t *Text) AppendString(v string) {
	t.Slab = append(t.Slab, v...)
	t.Close()
}

// Close ends the value that was appended to Slab directly: append-style
// functions write into the column without a copy.
func (t *Text) Close() {
	if len(t.Off) == 0 {
		t.Off = append(t.Off, 0)
	}
	t.Off = append(t.Off, uint32(len(t.Slab)))
}

// Cancel takes back what was appended to Slab since the last Close.
func (t *Text) Cancel() {
	if len(t.Off) == 0 {
		t.Slab = t.Slab[:0]
		return
	}
	t.Slab = t.Slab[:t.Off[len(t.Off)-1]]
}

// Reset empties the column and keeps its memory.
func (t *Text) Reset() {
	t.Off, t.Slab = t.Off[:0], t.Slab[:0]
}

// Truncate keeps the first n values.
func (t *Text) Truncate(n int) {
	if n >= t.Len() {
		return
	}
	t.Off = t.Off[:n+1]
	t.Slab = t.Slab[:t.Off[n]]
}

// Bytes returns the memory that the column holds on to.
func (t *Text) Bytes() int { return cap(t.Slab) + 4*cap(t.Off) }
