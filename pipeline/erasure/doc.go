// Package erasure keeps the promise that a form which was lawfully erased does
// not come back: from an office that sends it again, from Kafka, or out of an
// old file.
//
// Of an erased form nothing stays but a tombstone: the first 128 bits of an
// HMAC-SHA-256 under a key of the store. Whoever has a copy of a snapshot and not
// the key can neither read a tombstone nor try out whether a person of whom he
// knows everything was erased: a plain hash would tell him, for the content of a
// form is guessed more easily than a password. Whoever has the key as well can
// try out forms, and no more. Losing the key means that tombstones cannot be
// obeyed, so a store that has some is not written without it.
//
// Laws: a form is known again by what makes it the same form anywhere in
// dusach, its id as it came and its content (a refusal: its bytes); a set of
// tombstones is one text, whatever the order in which they were set.
package erasure
