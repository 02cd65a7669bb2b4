// Package lookup finds single forms and citizens in a published snapshot, and
// tells what changed between two.
//
// The tables are sorted, so little is read: a citizen's forms stand next to
// each other in the one part whose range of person_ids holds them, and a golden
// record in one part of its province; parts are found by a binary search over
// their first rows, and reading ends as soon as the rows sought lie behind. A
// form is found by its id in a pass over two columns, as forms lie in the order
// of their persons.
//
// Laws: nothing is written; whatever person_id a snapshot ever published leads
// to the citizens who have its forms now (Resolve); a lookup in a snapshot sees
// that snapshot alone.
package lookup
