// Package snapshot writes, publishes, reads and proves the store: the folder
// of Parquet files that dusach hands to everybody else.
//
// A writer calls Begin, which takes the store's lease and opens a draft that
// nobody can see; writes the parts of each table, several at once from several
// goroutines; and calls Publish. A reader calls Open and sees the snapshot
// that CURRENT names, whole. Files never change once a manifest names them.
//
// Laws, each a test:
//
//   - Atomic: whatever fails, and whenever the power goes, the store opens as
//     it was before or as it is after, never between.
//   - Deterministic: where a page, a row group or a file ends depends on the
//     rows alone. The same rows give the same bytes, however they were batched.
//   - One writer: a second Begin says who holds the lease.
//   - Conserving: Verify proves that no form was lost, counted twice, or given
//     to a citizen who is not there.
//
// Package columnar writes, Arrow scans. Text columns hold valid UTF-8; bytes of a
// raw value that are not are kept as the private characters U+F700 + byte.
package snapshot
