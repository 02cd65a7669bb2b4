// Package record declares what passes from room to room: batches of forms and
// of cleaned records by column, refusals, candidate pairs, links, citizens and
// the scorecard. It holds data and no decisions.
//
// Columns, not structs: a batch holds its rows by column, and a text column is
// offsets plus one slab of bytes (the layout of Arrow, so that a column can be
// handed over without copying). Columns are reused: Reset keeps the memory.
//
// Ownership: a stage fills the out value it is given and may overwrite all of
// it; what it returns is valid until the next call with the same out. Whoever
// wants to keep a value copies it.
package record
