// Package normalize reads Vietnamese administrative text the way it is really
// written (names, dates, identity numbers, phones, values of closed fields, and
// text in any encoding that offices ever used) and says what it means.
//
// Bytes in, bytes out, append style: a function named AppendX appends to dst
// and returns it; nothing is allocated in steady state. Nothing here knows of
// forms or stages, so a web form can use the package alone.
//
// Laws, all tested:
//
//   - AppendClean, AppendFold, AppendTonePlaced, AppendUntyped and the written
//     form of a Name are idempotent.
//   - After folding, NFC, NFD, upper and lower case of a text are equal.
//   - A valid syllable typed in Telex, VNI or VIQR, or encoded in TCVN3, VNI,
//     VISCII, VPS or CP1258, comes back as it was.
//   - No input makes a function panic or emit invalid UTF-8.
//   - What is not certain is a reason code or a hint, never a silent change.
package normalize
