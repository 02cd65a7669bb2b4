package library

import "github.com/dusach/dusach/matchers"

// A circumstance is what name, birth date and residence say together. A common
// name with a date that is not the same to the day finds a namesake in any
// district, though name, year and district each agree; with the same street, or
// a rare name, it does not. Like the situation it is a function of other levels
// and of how rare the name is.

// CommonName is how many bits of rarity (Terms.Rarity) make a name rare enough
// to have no namesake of one year in a province of a million: 1 in 32,768.
const CommonName = 15

// Classes of a residence.
const (
	placeNear    = iota // house, street, hamlet
	placeCommune        // commune
	placeArea           // district or province
	placeFar            // another province, or not known
)

var placeClass = [...]uint8{
	matchers.Null: placeFar, ResidenceHouse: placeNear, ResidenceHouseCrossed: placeNear, ResidenceStreet: placeNear,
	ResidenceCommune: placeCommune, ResidenceReform: placeCommune, ResidenceDistrict: placeArea,
	ResidenceProvince: placeArea, ResidenceProvinceMerged: placeFar, ResidenceElse: placeFar,
}

// Levels of a circumstance: twelve of a common name and twelve of a rare one,
// each date with each place, then six of names that are not the same, where the
// date is the same or not and the place as near as the commune or not.
const (
	rareFrom   = 1 + 3*4
	unlikeFrom = rareFrom + 3*4
)

// Circumstance derives the joint level; FullName, BirthDate and Residence must
// have been set. rarity is that of the name in bits, 0 where it is not known.
// Null when there is no name to compare or it is another one.
func Circumstance(l *matchers.Levels, rarity float32) matchers.Level {
	if l[AtFullName] == matchers.Null {
		return matchers.Null
	}
	name, date, place := nameClass[l[AtFullName]], dateClass[l[AtBirthDate]], placeClass[l[AtResidence]]
	switch {
	case name == nameOther:
		return matchers.Null
	case name != nameSame:
		return matchers.Level(unlikeFrom + min(date, 1)*3 + min(place, placeArea))
	case rarity != 0 && rarity < CommonName:
		return matchers.Level(1 + date*4 + place)
	}
	return matchers.Level(rareFrom + date*4 + place)
}

// CircumstanceComparison describes the levels of Circumstance, named name, date,
// place.
var CircumstanceComparison = matchers.Comparison{
	Name: "circumstance", VI: "Xét chung tên, ngày sinh, nơi ở", EN: "Name, birth date and residence together",
	Levels: circumstanceLevels(), Derived: true,
}

func circumstanceLevels() []matchers.LevelInfo {
	names := [2][3]string{
		{"common", "tên phổ biến", "a common name"},
		{"rare", "tên ít gặp", "an uncommon name"},
	}
	dates := [3][3]string{
		{"day", "cùng ngày sinh", "same birth date"},
		{"weak", "ngày sinh gần khớp hoặc thiếu", "birth date close or missing"},
		{"other", "khác ngày sinh", "another birth date"},
	}
	places := [4][3]string{
		{"near", "cùng nhà, đường hoặc thôn", "same house, street or hamlet"},
		{"commune", "cùng xã", "same commune"},
		{"area", "chỉ cùng huyện hoặc tỉnh", "only the district or province agrees"},
		{"far", "khác hoặc không rõ nơi ở", "another or unknown residence"},
	}
	levels := []matchers.LevelInfo{{Name: "null", VI: "thiếu", EN: "missing"}}
	add := func(name, date, place [3]string) {
		levels = append(levels, matchers.LevelInfo{
			Name: name[0] + "_" + date[0] + "_" + place[0],
			VI:   name[1] + ", " + date[1] + ", " + place[1],
			EN:   name[2] + ", " + date[2] + ", " + place[2],
		})
	}
	for _, name := range names {
		for _, date := range dates {
			for _, place := range places {
				add(name, date, place)
			}
		}
	}
	unlike := [3]string{"unlike", "tên có sai sót hoặc gần giống", "a name with slips or a near name"}
	notSame := [3]string{"other", "không cùng ngày sinh", "birth date not the same"}
	wider := [3]string{"wider", "không cùng xã", "not the same commune"}
	for _, date := range [][3]string{dates[0], notSame} {
		for _, place := range [][3]string{places[0], places[1], wider} {
			add(unlike, date, place)
		}
	}
	return levels
}
