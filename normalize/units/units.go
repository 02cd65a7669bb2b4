package units

// Old is a commune (or an island district without communes) of the edition in
// force to 2025-06-30; 0 is none.
type Old uint16

// New is a commune of the edition in force from 2025-07-01; 0 is none.
type New uint16

// The last day of the old edition, the first of the new one, and the day on
// which Đồng Nai became a city and ten of its communes wards, as yyyymmdd.
const (
	OldUntil  = 20250630
	NewFrom   = 20250701
	KindsFrom = 20260430
)

// Kind is what a unit calls itself.
type Kind uint8

// The kinds of units, from province to commune.
const (
	NoKind   Kind = iota
	Tinh          // tỉnh
	ThanhPho      // thành phố, of a province or in the place of one
	Quan          // quận
	Huyen         // huyện
	ThiXa         // thị xã
	Phuong        // phường
	Xa            // xã
	ThiTran       // thị trấn
	DacKhu        // đặc khu
)

var kindNames = [...]string{"", "Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu"}

// String returns the Vietnamese word: "Phường".
func (k Kind) String() string { return kindNames[k] }

// Code returns the five-digit code of the statistics office ("26740"), or D and
// the district code for an island district ("D471"), or "" for none.
func (o Old) Code() string { return load().old[o].code }

// Name returns the name without its kind: "Bến Nghé".
func (o Old) Name() string { return load().old[o].name }

// Kind returns what the unit called itself in 2025.
func (o Old) Kind() Kind { return load().links[o].kind }

// District returns the district code of 2025, as a number.
func (o Old) District() uint16 { return load().links[o].district }

// Was returns the district that the unit lay in in 2023, where that was
// another than District; else 0.
func (o Old) Was() uint16 { return load().links[o].was }

// Province returns the code in the list of 63, as a number.
func (o Old) Province() uint8 { return load().links[o].province }

// Code returns the five-digit code, or "" for none.
func (n New) Code() string { return load().new[n].code }

// Name returns the name without its kind.
func (n New) Name() string { return load().new[n].name }

// Province returns the code in the list of 34, as a number.
func (n New) Province() uint8 { return load().new[n].province }

// KindOn returns what the unit calls itself on a day written as yyyymmdd.
func (n New) KindOn(day int) Kind {
	u := &load().new[n]
	if day >= KindsFrom {
		return u.kindLater
	}
	return u.kind
}

// Predecessors returns the old units of which n received a part. The slice
// belongs to the tables: do not change it.
func (n New) Predecessors() []Old { t := load(); return t.toOld[t.new[n].from:t.new[n].to] }

// NewOf returns the new units that received a part of o, the default (the one
// to take when nothing more is known) first. The slice belongs to the tables:
// do not change it.
func NewOf(o Old) []New { t := load(); return t.toNew[t.links[o].from:t.links[o].to] }

// Follows reports whether n received a part of o.
func Follows(o Old, n New) bool {
	for _, m := range NewOf(o) {
		if m == n && n != 0 {
			return true
		}
	}
	return false
}

// OldOf returns the unit of a code in the old edition, 0 when there is none.
func OldOf(code string) Old { return load().oldOf[code] }

// NewByCode returns the unit of a code in the new edition, 0 when there is none.
func NewByCode(code string) New { return load().newOf[code] }

// MaxOld and MaxNew return the greatest numbers in use.
func MaxOld() Old { return Old(len(load().old) - 1) }

// MaxNew returns the greatest New in use.
func MaxNew() New { return New(len(load().new) - 1) }

// DistrictName returns the name of a district code, "" when there is none.
func DistrictName(code uint16) string { return load().district(code).name }

// DistrictKind returns what the district called itself in 2025.
func DistrictKind(code uint16) Kind { return load().district(code).kind }

// DistrictProvince returns the province, in the list of 63, of a district
// code; 0 when there is no such district. Districts gone since 2023 count.
func DistrictProvince(code uint16) uint8 { return load().district(code).province }

// FormerProvince returns the province, in the list of 63, that a district lay
// in before it moved to its present one; 0 for nearly all.
func FormerProvince(district uint16) uint8 { return load().district(district).formerly }

// ProvinceName63 returns the name of a province in the list of 63, "" for none.
func ProvinceName63(code uint8) string { return load().p63[code%100].name }

// ProvinceName34 returns the name of a province in the list of 34, "" for none.
func ProvinceName34(code uint8) string { return load().p34[code%100].name }

// ProvinceNewOf returns the code in the list of 34 of the province that a
// province of the list of 63 became part of; 0 when there is none.
func ProvinceNewOf(code63 uint8) uint8 { return load().p63[code63%100].became }

// ProvinceKindOn returns what a province of the list of 34 calls itself on a
// day written as yyyymmdd.
func ProvinceKindOn(code34 uint8, day int) Kind {
	p := &load().p34[code34%100]
	if day >= KindsFrom {
		return p.kindLater
	}
	return p.kind
}
