// Package standardize turns decoded forms into clean records: it undoes legacy
// encodings and typing residue, cleans every field by its kind, checks the
// fields of a form against each other, packs what comparing needs, and refuses
// what cannot be a usable record.
//
// The stage is pure: a record depends on its form and on the epoch's date, on
// no other row, on no clock. A form is refused only if, after impossible values
// were emptied, it has no name, or neither a birth date nor an identifier.
// Everything else is accepted with its reason codes, and the text as received
// is kept wherever the clean value differs from it, so every form can be had
// back as it came.
package standardize
