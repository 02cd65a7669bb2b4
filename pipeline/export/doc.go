// Package export gives any table of a store to people and programs that do not
// read Parquet: as CSV, as XLSX for a spreadsheet, as JSON Lines.
//
// Laws, each a test:
//
//   - Complete: every row of the table (or of the province or office asked for)
//     is written, in the order of the store.
//   - Formula-safe: no cell of a CSV or XLSX file begins, after trimming, with
//     a character that a spreadsheet takes for a formula. Such text is written
//     after an apostrophe, which spreadsheets do not show. JSON Lines are as
//     they are: no spreadsheet opens them.
//   - Readable: what is written is valid UTF-8; bytes of a refused form that
//     are not appear as \xNN, and JSON Lines carry them in base64 as well.
//
// Beside the tables of the store there is the table "clusters": the forms of
// every citizen who has more than one, next to each other, with the names of
// the columns in which they differ.
package export
