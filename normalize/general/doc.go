// Package general cleans values of any record type, without knowledge of
// Vietnam: words in any script, names in Latin letters, codes, phone numbers,
// e-mail addresses, numbers, and dates in layouts that the caller gives.
//
// The Append functions add to dst the form in which two values are compared and
// return it; what has no such form adds nothing. They do not allocate beyond
// what dst needs, except for text outside ASCII.
package general
