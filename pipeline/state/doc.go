// Package state is the cellar: what a run keeps on disk between its rooms.
//
// A Shelf is a scratch file of rows in buckets. Rows go in by bucket in any
// order and come out bucket by bucket, so that a run that holds far more forms
// than memory can group them by person with two sequential passes. Blocks are
// compressed; nothing is synced, since scratch is worth nothing after a crash.
//
// A Row is one accepted form as bytes: its place in the run, its codes, its clean and
// raw values. AppendRow and ReadRow are each other's inverse.
package state
