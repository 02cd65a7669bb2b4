package normalize

import "github.com/dusach/dusach/normalize/tables"

// The values of closed fields. Each of the Parse functions below returns the
// code and the official text of what a cell says; a cell that is not known is
// code 0 and the cell as it was written.
var (
	ethnicTable      = namedTable(tables.Ethnic)
	religionTable    = namedTable(tables.Religions)
	maritalTable     = fieldTable("marital_status")
	bloodTable       = fieldTable("blood_type")
	nationalityTable = nationalities()
	relationTable    = fieldTable("relation_to_head")
)

func nationalities() *aliasTable {
	t := fieldTable("nationality")
	t.values[0].code = 1
	return t
}

func parseValue(t *aliasTable, raw []byte) (uint8, []byte) {
	if v := t.find(raw); v != nil {
		return v.code, v.text
	}
	return 0, raw
}

// ParseEthnicity reads a people by its name or one of its other names
// (decision 121-TCTK/PPCD of 1979): code 1…54, 55 for a foreigner; 0 unknown.
func ParseEthnicity(raw []byte) (code uint8, text []byte) {
	if string(raw) == "Kinh" {
		return 1, raw
	}
	code, text = parseValue(ethnicTable, raw)
	if code > 55 {
		code = 0 // "Không rõ"
	}
	return code, text
}

// ParseReligion reads a religion (decision 1019/QD-TCTK of 2008): code 1…14, 99
// for none; 0 unknown.
func ParseReligion(raw []byte) (code uint8, text []byte) {
	if string(raw) == "Không" {
		return 99, raw
	}
	if v := religionTable.find(raw); v != nil {
		return v.code, v.text
	}
	var buf [maxVoid * 3]byte
	if len(raw) <= maxVoid && saysNone(AppendFold(buf[:0], raw)) {
		return 99, noReligion
	}
	return 0, raw
}

var noReligion = []byte("Không")

// ParseMarital reads a marital status as in QCVN 109: 1 single, 2 married,
// 3 divorced or widowed; 0 unknown.
func ParseMarital(raw []byte) (code uint8, text []byte) { return parseValue(maritalTable, raw) }

// ParseBlood reads a blood group: 1 A, 2 B, 3 AB, 4 O; 0 unknown. The Rhesus
// factor is dropped.
func ParseBlood(raw []byte) (code uint8, text []byte) {
	group := uint8(0)
	for _, c := range raw {
		switch c {
		case 'A', 'a':
			group |= 1
		case 'B', 'b':
			group |= 2
		case 'O', 'o', '0':
			if group == 4 {
				return 0, raw // 00 stands for unknown
			}
			group |= 4
		case '+', '-', ' ', 'R', 'r', 'h', 'H', '(', ')':
		default:
			return parseValue(bloodTable, raw)
		}
	}
	if group == 0 || group > 4 {
		return 0, raw
	}
	return group, bloodTexts[group]
}

var bloodTexts = [5][]byte{1: []byte("A"), 2: []byte("B"), 3: []byte("AB"), 4: []byte("O")}

// ParseNationality returns 1 for Việt Nam, 0 for anything else.
func ParseNationality(raw []byte) (code uint8, text []byte) {
	if string(raw) == "Việt Nam" {
		return 1, raw
	}
	return parseValue(nationalityTable, raw)
}

// ParseRelation reads a relation to the head of household: 1 Chủ hộ, 2 Vợ,
// 3 Chồng, 4 Con and so on in the order of the value table; 0 unknown.
func ParseRelation(raw []byte) (code uint8, text []byte) { return parseValue(relationTable, raw) }
