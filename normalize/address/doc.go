// Package address reads Vietnamese addresses as people and offices write them:
//
//	Số 12/3A ngõ 45 Trần Phú, tổ 5, KP 3, P. Văn Quán, Q. Hà Đông, TP Hà Nội
//	24/7A Kp3 F.Tan Tien TP.Bien Hoa D.Nai
//	Phường Dĩ An, TP.HCM (trước đây: P. Dĩ An, TP Dĩ An, Bình Dương)
//
// into the commune of either edition (see package units), the district and
// province, and the house number, street and hamlet that are left. Levels may
// be missing, abbreviated, unmarked, misspelt, reversed, of both editions.
//
// How: the text is cut into words; every run of words that spells a unit's name
// is looked up at once; every commune so named is a reading, rated by what else
// in the text speaks for it and by the words that it leaves unexplained between
// the units. The best reading counts when it is well ahead of every other; else
// the address stays unresolved, with candidates and a reason code, for a wrong
// commune is worse than none. Only when nothing fits are misspelt names sought,
// among the units of the places that are named.
//
// Laws: Parse never fails or panics; case, the form of Unicode and outer spaces
// do not matter; parsing the cleaned text gives the same units; nothing of one
// address is kept for the next; New follows Old wherever both are set; nothing
// is allocated in steady state. A full address takes one to two microseconds, a
// misspelt one about ten. The first Parse builds the index (about 15 ms).
package address
