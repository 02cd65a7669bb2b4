// Package offices makes addresses as offices write them, each with its truth: a
// second maker beside the first, with habits of its own, so that the parser is
// not only measured against the rules by which it was first tried.
//
// An address is a list of pieces: local part, keywords, names, separators,
// remark. A habit (habit.go) says how the pieces are put together, a noise
// (noise.go) what then happens to them.
//
// # Resolvable
//
// Whether an address can be read at all is asked of the unit tables
// (reading.go), not of the parser. A reading is a commune of either edition that
// agrees with everything the text says: its name, its kind where a keyword is
// written, its district and its province where they are named. Lost marks
// agree; other marks and letters cost one each. A reading is the less complete
// the more of these hold: its edition has districts and none is named; the
// province is named in the other edition; a district stands beside a commune of
// the new edition; no province is named; the name is a former one. The address
// is resolvable when no other reading costs as little and is as complete. A
// name without keyword that is a district of the province named, too, is not
// resolvable: either may be meant; nor is one without keyword that is an old
// commune of the province, its district left out, and a new one elsewhere.
//
// For an address of the old edition the question is put twice. Its old code is
// resolvable when no other commune may be meant, and the text is not complete
// as one of the new edition: "Phường Bến Thành, TP.HCM" lacks its district, or
// names the new ward of which the old one is a part. Its new code is resolvable
// already when all that may be meant went into one unit. Of a split commune each
// of its parts is right.
//
// What is not modelled: that names may run into each other in a text without
// separators, and that keywords or numbers may be misread. Such an address
// counts as resolvable, so the figures err against the parser.
package offices
