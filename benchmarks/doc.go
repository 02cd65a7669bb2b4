// Package benchmarks measures dusach from end to end.
//
//	go test -bench . ./benchmarks
//	go test -bench . ./benchmarks -args -forms 1000000
//
// BenchmarkClean generates a corpus once for each size, cleans it into a new
// store and reports forms a second, megabytes of input a second, the peak of
// Go's memory for each form, and what each stage spent on a form, summed over
// its workers. Times of stages include waiting for a processor: compare them
// between runs on an idle machine only.
//
// Beside it stand runners that compare dusach with others: peers (Splink on
// the same forms), addresses (address parsers), readback (DuckDB, pyarrow and
// Go read one store), scaling (how time, memory and disk grow from 1 to 104
// million forms, and how far each part is from what the machine could move). Their dated raw results are in results, whose README says
// how each was made.
package benchmarks
