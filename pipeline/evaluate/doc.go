// Package evaluate measures a snapshot against the truth: a file that says of
// each form which person it describes, whether the row was malformed on
// purpose, and by what process a further form of a person came to differ.
//
// Truth, CSV (also .gz, .zst) or Parquet, columns by name:
//
//	form_id    as in the input; "X~" stands for a form whose id X belonged to
//	           another form, so that the store calls it X~ and a hash
//	person_id  any text; only whether two are equal counts
//	malformed  empty, or "refused:CODE:kind" or "accepted:CODE:kind": the row
//	           must be refused, or carry the reason code. Another text is a kind
//	           without an expected code, caught by a refusal or by any code.
//	process    empty for the first form of a person, else names joined by "+"
//
// What is counted, is counted over the forms that stand in both the truth and
// the table of forms: a refused form is no error of matching.
//
//	pairwise    precision and recall of the pairs of forms in one citizen
//	B-cubed     the same, averaged over forms
//	wrong pairs pairs in one citizen of two persons, per million forms
//	wrong merges  persons in one citizen beyond the first, per million forms
//
// Memory: 48 bytes a form of the truth and 16 a link; ids are kept as 64-bit
// hashes. Evaluation reads and never writes.
package evaluate
