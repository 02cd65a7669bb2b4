// Package compare turns candidate pairs into evidence: for each pair the level
// of agreement of every comparison, and how rare the name is that both bear.
//
// A Set binds the comparisons of the matchers library to fields of a packed
// record. It is a pure function of the two records; the order of the two does
// not matter.
package compare
