// Package block decides which records may meet.
//
// A blocking rule is an expression over packed fields:
//
//	given(full_name) + birth_date
//	folded(full_name) + year(birth_date) / province(permanent_address)
//
// Records whose atoms before the slash are all present and equal share a key.
// Where the epoch's frozen frequencies say that a key is hot (more records of
// the size class are expected to share it than the rule's limit), the atoms
// after the slash must be equal too. Heat is a function of the two records and
// of the model, never of counts observed in the run: a stranger's form cannot
// change whether two other forms meet.
//
// An atom may have several values: those of several fields, given(full_name |
// other_name), or a word and what is left of it without one letter,
// near_given(full_name). A record then has several keys, and two records meet if
// they share one. Such a rule cannot be refined.
//
// Laws: a pair is made exactly once, by the first rule under which both
// records share a key; the set of pairs does not depend on the order of the
// records, on the number of ranges or on the size of the chunks.
package block
