// Package report counts what a snapshot holds and shows it: the scorecard, with
// every number, and the page that people read.
//
// A Tally is fed the rows on their way out, in any order, by any number of
// workers with a Tally each; merged in any order they give the same Scorecard.
// Counting a row allocates nothing once the places are known. Quantiles come
// from exact counts by day, never from a sketch.
//
// Write makes a self-contained page of a Scorecard, Vietnamese or English: no
// script, no font or picture from elsewhere, no clock. The same scorecard gives
// the same bytes. Text that came from outside (offices, files) is escaped.
//
// What each measure means stands once in the code, at the fields of
// record.Measures, and once for readers, in the page's last section.
package report
