// Package units holds the administrative units of Vietnam in both editions:
// 63 provinces, 696 districts and 10,035 communes (and five island districts
// without communes) to 2025-06-30, 34 provinces and 3,321 communes from
// 2025-07-01, with the way from one to the other.
//
// A code is not a stable name: thousands of codes exist in both editions, often
// with another name or extent, so a unit is always an Old or a New, never a
// bare code. Both are small numbers that index the tables; 0 means none.
//
// Laws: OldOf(o.Code()) == o and NewOf… likewise; Successors(o) is never empty
// and starts with the default; Follows(o, n) holds exactly for its members.
//
// The tables are text, embedded (about 370 KB), and read at the first call of
// any function of the package, in a few milliseconds. Every function may be
// called from many goroutines. Sources and licences: NOTICE in this folder.
package units
