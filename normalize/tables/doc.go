// Package tables embeds the facts that package normalize stands on: onsets and
// rimes of Vietnamese, attested syllables and names, the bytes of the legacy
// encodings, the values of closed fields. Each table is a text file with a
// record a line and its cells parted by tabs; Rows walks one.
//
// The files are made from the project's source tables by
//
//	go run gen/main.go -data DIR
//
// and are not edited by hand. NOTICE names the sources and licences.
package tables
