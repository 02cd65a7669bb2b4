// Package columnar writes Parquet files out of columns of text.
//
// A File takes the values of a row group column by column, straight from the
// slabs in which a batch holds them: no value is boxed, and a repeated value is
// kept once. When the group ends, each column chooses how it is stored: as
// numbers in a dictionary, or, where values hardly repeat, as they are. What
// is stored depends on the rows of the group alone, never on how they were
// handed over.
//
// The format itself (footer, page headers, levels, packed numbers) is
// parquet-go's; only the way from a slab to a page is ours, because that is
// where a writer for any Go type spends its time: a third of the CPU seconds
// of a run went into it.
//
// Bounds of pages are written for the column by which the rows are ordered. In
// the others a page spans what the group spans, and a reader would learn
// nothing; bounds of groups are written for all.
package columnar
