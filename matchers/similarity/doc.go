// Package similarity holds the kernels: how near two texts, numbers or dates are.
//
// Texts are bytes; fold them first (normalize.AppendFold), so that one byte is
// one letter. Kernels know nothing of Vietnamese.
//
// Laws: a distance is 0 exactly for equal texts, is symmetric, and never larger
// than the longer text; a similarity is 1 for equal texts, is symmetric and lies
// in 0..1. Levenshtein distance and the Damerau distance without restriction are
// metrics; optimal string alignment (OSA) is not (it may break the triangle
// inequality), but costs less and differs only where a swapped pair is edited again.
//
// A Batch compares one text with many at once, in the lanes of vector registers
// where the machine has AVX2 (gen writes those kernels), else in those of words. Bags
// do the same for what texts share regardless of order: two-byte grams, words, numbers.
// Functions named …Of take sequences of numbers (of syllables, say) instead of bytes.
//
// Nothing allocates for texts up to 4096 bytes. Functions named …Within stop
// early and answer limit+1 once the distance must exceed the limit; those named
// …AtLeast answer 0 for what is below it. A Pattern
// prepares one text for comparing with many. Packed… functions work on words of
// at most 12 letters packed 5 bits a letter (normalize.Word.Base) without
// unpacking them.
//
// The bit-parallel forms follow Myers (1999) and Hyyrö (2003, 2004).
package similarity
