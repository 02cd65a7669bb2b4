// Package library holds ready-made comparisons for Vietnamese population forms:
// names, birth dates, identity numbers, families, households, places.
//
// Each comparison is a pure function of two values and a description of its
// levels with captions in Vietnamese and English. What belongs together is
// judged together (father and mother; household number and head; permanent and
// current address), so that one fact is not counted several times.
//
// Laws: symmetric (the order of the two records never matters); reflexive (a
// value compared with itself gives the first, strongest level or Null);
// an empty side gives Null; no allocation; the cheap tests come first.
//
// What the levels of a name tell apart is what decides between one person and a
// sibling: a mark that is lost (Nguyen, Nguyễn) is compatible; another valid
// syllable (Hương, Hường) is another name; a word that is in no dictionary and
// near its counterpart (Khánj, Khánh) is a slip of the pen.
package library
