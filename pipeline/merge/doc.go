// Package merge makes one golden record of the forms of each citizen: which
// value survives, from which form it came, and what the life events of the
// forms changed.
//
// A field is elected. The forms that have a value stand; each preference of
// the field's rule keeps those that it likes best; the last preference of every
// rule is the latest form, and of two of one day the greater form_id.
//
//	names          fewest initials, fewest misspelt words, most words, most forms
//	               (marks aside), most marks on true syllables, most forms (as
//	               written), trust
//	head's name    latest, as the household below; then its best spelling
//	birth date     year that most forms and numbers bear out, precision, not 01/01
//	               where the year has another day, most forms, trust
//	other dates    precision, most forms, trust
//	gender         most forms and numbers, trust
//	cccd           well-formed, borne out by birth years and genders, most forms, trust
//	cmnd, head_id  well-formed, latest
//	residence      resolved to a commune, latest; text and codes from one form; the
//	               current address not from before a move of the permanent one
//	origin         most resolved, most forms (same commune), trust; all from one form
//	ethnicity, religion, nationality, blood type, other text
//	               most forms, trust
//	phone, marital status
//	               latest
//	household, relation, head
//	               latest; not from before a move of the permanent address
//
// Trust is a rank of form types and offices that the user may give; by default
// all are equal. Events come before preferences: see docs/decisions,
// merge-events.
//
// Laws: the result does not depend on the order of the rows of a citizen.
// Every chosen value stands in one of the forms, except that a new commune code
// is filled in where the former commune has a single successor. Merging a golden
// record with itself changes nothing. An origin names a form of the citizen. Not
// promised: merging golden records of parts gives what merging all forms gives,
// for votes are counted over forms.
package merge
