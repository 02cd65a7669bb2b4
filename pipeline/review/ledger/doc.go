// Package ledger is the book of what people decided: which pairs of forms are one
// citizen and which are not, line after line, each with the hash of the line before.
// Lines are never changed, but for one reason: a decision on a form that was
// lawfully erased loses all that it said, and keeps its place in the chain.
//
// It knows nothing of snapshots, so that erasing can reach it.
package ledger
