package library

import "github.com/dusach/dusach/matchers"

// Levels of the residence.
const (
	ResidenceHouse          matchers.Level = iota + 1 // same house number and street of one commune, permanent against permanent
	ResidenceHouseCrossed                             // same house, permanent of one against current of the other
	ResidenceStreet                                   // same street or hamlet of one commune
	ResidenceCommune                                  // same commune in one edition
	ResidenceReform                                   // communes that the 2025 reform joined
	ResidenceDistrict                                 // same old district
	ResidenceProvince                                 // same province
	ResidenceProvinceMerged                           // provinces that the reform joined
	ResidenceElse
)

// ResidenceComparison describes the levels of Residence.
var ResidenceComparison = matchers.Comparison{
	Name: "residence", VI: "Nơi ở (thường trú, hiện tại)", EN: "Residence (permanent, current)", Shared: true,
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "house", VI: "cùng nhà", EN: "same house"},
		{Name: "house_crossed", VI: "cùng nhà, thường trú với hiện tại", EN: "same house, permanent against current"},
		{Name: "street", VI: "cùng đường hoặc thôn", EN: "same street or hamlet"},
		{Name: "commune", VI: "cùng xã", EN: "same commune"},
		{Name: "reform", VI: "cùng xã sau sắp xếp 2025", EN: "one commune since the 2025 reform"},
		{Name: "district", VI: "cùng huyện cũ", EN: "same old district"},
		{Name: "province", VI: "cùng tỉnh", EN: "same province"},
		{Name: "province_merged", VI: "cùng tỉnh sau sắp xếp 2025", EN: "one province since the 2025 reform"},
		{Name: "else", VI: "khác tỉnh", EN: "another province"},
	},
	Order: [][]matchers.Level{
		{ResidenceHouse, ResidenceStreet, ResidenceCommune, ResidenceDistrict, ResidenceProvince, ResidenceElse},
		{ResidenceHouse, ResidenceHouseCrossed, ResidenceStreet}, {ResidenceCommune, ResidenceReform, ResidenceProvince},
		{ResidenceProvince, ResidenceProvinceMerged}, {matchers.Null, ResidenceElse},
	},
}

// Levels of the origin: hometown, birth place, place of birth registration.
const (
	OriginSame     matchers.Level = iota + 1 // the commune agrees
	OriginDistrict                           // the old district agrees
	OriginProvince                           // the province agrees
	OriginMixed                              // one place agrees, another does not
	OriginElse                               // other provinces
)

// OriginComparison describes the levels of Origin.
var OriginComparison = matchers.Comparison{
	Name: "origin", VI: "Quê quán, nơi sinh", EN: "Hometown and birth place", Shared: true,
	Levels: []matchers.LevelInfo{
		{Name: "null", VI: "thiếu", EN: "missing"},
		{Name: "same", VI: "cùng xã", EN: "same commune"},
		{Name: "district", VI: "cùng huyện", EN: "same district"},
		{Name: "province", VI: "cùng tỉnh", EN: "same province"},
		{Name: "mixed", VI: "nơi giống, nơi khác", EN: "one place agrees, another differs"},
		{Name: "else", VI: "khác tỉnh", EN: "another province"},
	},
	Order: [][]matchers.Level{{OriginSame, OriginDistrict, OriginProvince, OriginElse}, {OriginSame, OriginMixed, OriginElse}, {OriginSame, matchers.Null, OriginElse}},
}
