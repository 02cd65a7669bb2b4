// Package matchers says what agreement between two records is worth.
//
// Two values go in, evidence comes out. A comparison judges one field, or a few
// fields that depend on each other, and answers with a level: one degree of
// agreement, from "as written" down to "different". Level 0 is always the null
// level: one side is empty, so there is no evidence either way.
//
//	similarity  kernels: edit distances, Jaro–Winkler, q-grams, over bytes
//	library     ready-made comparisons for Vietnamese population forms
//	model       what each level weighs in bits; learning; explaining
//	quality     precision and recall of clusters against the truth
//
// Laws: a comparison is symmetric and pure; swapping the two records, or asking
// twice, never changes a level. Evidence is additive in bits: the weight of a
// pair is the prior plus the weights of its levels plus those of the pairs of
// levels that the model holds. Nothing here knows of files, stages or stores.
package matchers
