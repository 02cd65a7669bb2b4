package address

import "github.com/dusach/dusach/normalize/units"

// What a keyword may announce. The low bits are units.Kind-1.
const (
	kwTinh     = 1 << (units.Tinh - 1)
	kwThanhPho = 1 << (units.ThanhPho - 1)
	kwQuan     = 1 << (units.Quan - 1)
	kwHuyen    = 1 << (units.Huyen - 1)
	kwThiXa    = 1 << (units.ThiXa - 1)
	kwPhuong   = 1 << (units.Phuong - 1)
	kwXa       = 1 << (units.Xa - 1)
	kwThiTran  = 1 << (units.ThiTran - 1)
	kwDacKhu   = 1 << (units.DacKhu - 1)
	kwHamlet   = 1 << 9  // thôn, ấp, khu phố, …
	kwGroup    = 1 << 10 // tổ, đội: within a hamlet
	kwStreet   = 1 << 11
	kwAlley    = 1 << 12
	kwNumber   = 1 << 13
	kwRoom     = 1 << 14 // flat, floor, block
	kwCountry  = 1 << 15
	kwNow      = 1 << 16 // "nay là": the new name follows
	kwBefore   = 1 << 17 // "trước đây": the former name follows
	kwFormer   = 1 << 18 // "cũ": the name before it is a former one
	kwPlain    = 1 << 19 // a word without weight: thuộc, địa bàn
	kwAfter    = 1 << 20 // may stand behind the name: "Cai Lay District"

	kwProvince = kwTinh | kwThanhPho
	kwDistrict = kwThanhPho | kwQuan | kwHuyen | kwThiXa
	kwCommune  = kwPhuong | kwXa | kwThiTran | kwDacKhu
	kwUnit     = kwProvince | kwDistrict | kwCommune
	kwLocal    = kwHamlet | kwGroup | kwStreet | kwAlley | kwNumber | kwRoom
)

// A keyword is one way of writing one. Sort tells hamlets apart: "tổ 5" and
// "tổ dân phố 5" are the same sort, "thôn 3" and "xóm 3" are not.
type keyword struct {
	mask uint32
	sort uint8
	text string // forms separated by |
}

// Sorts of hamlets and streets.
const (
	sortTo = 1 + iota
	sortDoi
	sortThon
	sortXom
	sortAp
	sortKhom
	sortBan
	sortLang
	sortBuon
	sortSoc
	sortKhuPho
	sortKhu
	sortKhoi
	sortTieuKhu
	sortCum
	sortBlock
	sortQuocLo
	sortTinhLo
	sortHuongLo
)

// Single letters carry every meaning that they may have; context decides.
var keywords = [...]keyword{
	1: {mask: kwTinh, text: "tỉnh"},
	{mask: kwThanhPho, text: "tp|thành phố|thànhphố|t p|t ph|tph"},
	{mask: kwQuan, text: "quận|q|qu"},
	{mask: kwHuyen, text: "huyện|huyện đảo"},
	{mask: kwThiXa, text: "thị xã|tx|t x|thịxã"},
	{mask: kwPhuong, text: "phường|f|phg"},
	{mask: kwXa, text: "xã"},
	{mask: kwThiTran, text: "thị trấn|thịtrấn|ttr|t trấn"},
	{mask: kwThiTran | kwRoom, text: "tt|t t"},
	{mask: kwDacKhu, text: "đặc khu|đk|đ k"},
	{mask: kwPhuong | kwStreet | kwRoom, text: "p|ph"},
	{mask: kwXa | kwHamlet, sort: sortXom, text: "x"},
	{mask: kwHuyen | kwAlley, text: "h"},
	{mask: kwTinh | kwGroup | kwHamlet, sort: sortTo, text: "t"},
	{mask: kwHamlet | kwAlley, sort: sortKhom, text: "k"},
	{mask: kwStreet, text: "đ|đường|đường số|phố|đại lộ|đl|đg|ngã tư|ngã ba|xa lộ|xl|phố số"},
	{mask: kwStreet, sort: sortQuocLo, text: "quốc lộ|ql"},
	{mask: kwStreet, sort: sortTinhLo, text: "tỉnh lộ|tl|đt"},
	{mask: kwStreet, sort: sortHuongLo, text: "hương lộ|hl|huyện lộ|đh"},
	{mask: kwGroup, sort: sortTo, text: "tổ|tổ dân phố|tdp|t d p|tổ số|tổ dân phố số|tdp số|tổ dp|tổ dân cư|tổ nhân dân|tổ dân"},
	{mask: kwGroup, sort: sortDoi, text: "đội|đội số"},
	{mask: kwHamlet, sort: sortThon, text: "thôn|th|thôn số"},
	{mask: kwHamlet, sort: sortXom, text: "xóm|xm|xóm số"},
	{mask: kwHamlet, sort: sortAp, text: "ấp|a|ấp số"},
	{mask: kwHamlet, sort: sortKhom, text: "khóm|khóm số"},
	{mask: kwHamlet, sort: sortBan, text: "bản"},
	{mask: kwHamlet, sort: sortLang, text: "làng|plei|pley|plây|plơi"},
	{mask: kwHamlet, sort: sortBuon, text: "buôn|bon"},
	{mask: kwHamlet, sort: sortSoc, text: "sóc|srok|phum"},
	{mask: kwHamlet, sort: sortKhuPho, text: "khu phố|kp|k p|k phố|khu phố số"},
	{mask: kwHamlet, sort: sortKhu, text: "khu|khu vực|kv|khu dân cư|kdc"},
	{mask: kwHamlet, sort: sortKhoi, text: "khối|khối phố"},
	{mask: kwHamlet, sort: sortTieuKhu, text: "tiểu khu|tk"},
	{mask: kwHamlet, sort: sortCum, text: "cụm|cụm dân cư"},
	{mask: kwRoom, sort: sortBlock, text: "chung cư|cc|khu tập thể|ktt|khu đô thị|kđt|tập thể|toà nhà|tòa|block|lô|tầng|lầu|phòng|căn hộ|ch|cao ốc|căn"},
	{mask: kwAlley, text: "ngõ|ngách|hẻm|kiệt|hèm|ngỏ|ngẻm"},
	{mask: kwNumber, text: "số nhà|sn|số|nhà số|nhà|no"},
	{mask: kwCountry, text: "việt nam|vn|vietnam|viet nam|chxhcn việt nam|nước việt nam"},
	{mask: kwNow, text: "nay là|nay thuộc|hiện nay là|hiện là|nay|mới là|đổi thành|nay đổi thành|hiện nay|hiện nay thuộc|tên mới"},
	{mask: kwBefore, text: "trước đây|trước đây là|trước là|trước kia|trước đây thuộc|nguyên là|cũ là|tên cũ|trước|trước kia là|tên cũ là|trước sáp nhập|trước khi sáp nhập|địa chỉ cũ"},
	{mask: kwFormer, text: "cũ"},
	{mask: kwPlain, text: "thuộc|địa chỉ|đ/c|ubnd|mới"},
	{mask: kwTinh | kwAfter, text: "province|prov"},
	{mask: kwThanhPho | kwAfter, text: "city"},
	{mask: kwQuan | kwHuyen | kwAfter, text: "district|dist"},
	{mask: kwThiXa | kwThiTran | kwAfter, text: "town|township"},
	{mask: kwPhuong | kwAfter, text: "ward"},
	{mask: kwXa | kwAfter, text: "commune"},
	{mask: kwDacKhu | kwAfter, text: "special zone"},
	{mask: kwStreet | kwAfter, text: "street|st|road"},
	{mask: kwHamlet | kwAfter, text: "hamlet|village"},
	// What labels of printed forms are read as, see joinLabel.
	labelProvince: {mask: kwProvince},
	labelDistrict: {mask: kwDistrict},
	labelCommune:  {mask: kwCommune},
	labelHamlet:   {mask: kwHamlet},
	labelEmpty:    {mask: kwPlain},
}

// Numbers of the keywords that have no form of their own.
const (
	labelProvince = 60 + iota
	labelDistrict
	labelCommune
	labelHamlet
	labelEmpty
)
