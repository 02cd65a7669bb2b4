// Package model weighs evidence: it turns the levels of a pair of records into
// bits, bits into a probability, and both into a table that a person can check.
//
// A Model is Fellegi and Sunter's, made log-linear so that fields may depend on
// each other:
//
//	bits = prior + Σ weight[comparison, level]
//	             + Σ weight[level of one comparison, level of another]
//	             + slope[level] · (rarity of the agreed name − reference)
//
// With no interactions and weights log2(m/u) it is the classical model. Weights
// estimated together (Fit, and EM with its kinds of non-matches) do not count
// one fact several times, as independence does for siblings, who share parents,
// house, surname and often the birth date.
//
// Laws: the null level weighs nothing. The same counts give the same model, byte
// for byte, on any machine run of the same build. A model is one JSON file with
// its history; what is saved is what is scored (Save, Load and NewScorer agree on
// every bit). A Model and a Scorer may be used by any number of goroutines once
// built.
package model
