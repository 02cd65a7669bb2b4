// Package decode turns rows as they arrived into forms: it splits a row into
// values, undoes what is broken about its bytes, puts every value into its
// field and composes the fields that offices write in parts (surname, middle
// and given name; years of birth under "Nam" and "Nữ"; one column for both
// identity numbers). What a value means is left to standardize.
//
// Laws:
//
//   - Conservation: every row of a chunk becomes a form or a refusal, in the
//     order of the chunk, with its origin and its bytes as received.
//   - Pure: the same chunk gives the same forms, whatever chunk came before.
//   - A row is judged by itself. Bytes that are not UTF-8 are shown as the
//     characters of Windows-1252 if the row is in a single-byte encoding, so
//     that the encoding can be found and undone later from all text of the
//     form; a UTF-8 row that lost a byte shows U+FFFD in its place. Both carry
//     TEXT_INVALID_UTF8. An encoding that was declared is undone here. Control
//     characters stay, with TEXT_CONTROL: some are letters of VISCII and VPS.
//   - Nothing is allocated for a row of separated values once buffers have
//     grown.
//
// The package also opens Parquet files for intake (OpenParquet), as columnar
// formats are read here and nowhere else.
package decode
