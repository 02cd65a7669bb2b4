package reason

// A Code says why a form was refused, or what was found in one.
type Code uint8

// The codes, in the order in which they are shown. Their names are stable:
// they stand in files that people keep.
const (
	NameEmpty Code = iota
	NameOneWord
	NameDigit
	NameInvalidSyllable
	NameNoDiacritics
	NameEncodingFixed
	NameToneStyle
	NameRemark
	NamePunct
	NameSplit
	NameRepeated
	NameSuggest
	NameForeign
	DOBMissing
	DOBPartial
	DOBInvalid
	DOBFuture
	DOBTooOld
	DOBDaymonthSwap
	DOBDefault0101
	GenderMissing
	GenderInvalid
	GenderNameConflict
	IDMissing
	IDFormat
	IDLengthPadded
	IDScientific
	IDFiller
	IDProvinceCode
	IDGenderMismatch
	IDYearMismatch
	IDProvinceMismatch
	IDDuplicateDifferentPerson
	IDOldFormat
	IDRepaired
	PhoneFormat
	PhoneOldPrefix
	AddrUnknownProvince
	AddrUnknownCommune
	AddrObsoleteUnit
	AddrSplitAmbiguous
	AddrLevelConflict
	RelHeadMissing
	RelParentAge
	RelSpouseSelf
	FormIDReused
	FormRowUnreadable
	FormNoIdentity
	FormFileUnreadable
	TextInvalidUTF8
	TextControl
	TextTooLong
	TextEncodingFixed
	TextTypingFixed
	StatusDead
	StatusEmigrated
	StatusRenounced
	StatusMoved
	DupExact
	DupSameID
	DupProbable
	DupReview
	DupTwinSuspect
	EventUnknown
	EventDateInvalid
	CollectedInvalid
	MissingPermanentAddress
	MissingHometown
	MissingEthnicity
	MissingNationality
	MissingBirthRegistrationPlace
	MissingBirthPlace
	MissingFatherName
	MissingMotherName
	MissingMaritalStatus
	DOBLunar
	NameOrder
	NumCodes
)

// Severity says what a code does to the standing of a form.
type Severity uint8

// Info is worth knowing, Warning wants a look, Error makes the form count
// against the share of true records (or refuses it).
const (
	Info Severity = iota
	Warning
	Error
)

// A Goal is one of the four words of the data goal.
type Goal uint8

// đúng, đủ, sạch, sống.
const (
	True Goal = iota
	Enough
	Clean
	Live
)

type entry struct {
	name     string
	severity Severity
	goal     Goal
	vi, en   string
}

var registry = [NumCodes]entry{
	NameEmpty:                     {"NAME_EMPTY", Error, Enough, "Không có họ tên", "No name"},
	NameOneWord:                   {"NAME_ONE_WORD", Warning, True, "Họ tên chỉ có một chữ", "The name is a single word"},
	NameDigit:                     {"NAME_DIGIT", Warning, True, "Họ tên có chữ số", "The name contained digits"},
	NameInvalidSyllable:           {"NAME_INVALID_SYLLABLE", Warning, True, "Họ tên có âm tiết không đúng chính tả", "The name has a syllable that does not exist"},
	NameNoDiacritics:              {"NAME_NO_DIACRITICS", Warning, True, "Họ tên viết không dấu", "The name is written without marks"},
	NameEncodingFixed:             {"NAME_ENCODING_FIXED", Info, Clean, "Họ tên đã được chuyển từ bảng mã cũ", "The name was converted from a legacy encoding"},
	NameToneStyle:                 {"NAME_TONE_STYLE", Info, Clean, "Đã thống nhất cách đặt dấu thanh", "Tone placement was made uniform"},
	NameRemark:                    {"NAME_REMARK", Info, Clean, "Ghi chú lẫn trong họ tên đã được tách ra", "A remark was taken out of the name"},
	NamePunct:                     {"NAME_PUNCT", Info, Clean, "Dấu câu trong họ tên đã được bỏ", "Punctuation was taken out of the name"},
	NameSplit:                     {"NAME_SPLIT", Info, Clean, "Chữ dính nhau trong họ tên đã được tách", "Words glued together were separated"},
	NameRepeated:                  {"NAME_REPEATED", Info, Clean, "Họ tên bị ghi lặp trong ô", "The name stood twice in its cell"},
	NameSuggest:                   {"NAME_SUGGEST", Info, True, "Họ tên có thể sai chính tả, cần xem lại", "The name may be misspelt: look at it"},
	NameForeign:                   {"NAME_FOREIGN", Info, True, "Họ tên có chữ nước ngoài", "The name has a foreign word"},
	DOBMissing:                    {"DOB_MISSING", Warning, Enough, "Thiếu ngày, tháng, năm sinh", "No date of birth"},
	DOBPartial:                    {"DOB_PARTIAL", Info, Enough, "Ngày sinh không đủ ngày, tháng", "The date of birth has no day or month"},
	DOBInvalid:                    {"DOB_INVALID", Error, True, "Sai ngày, tháng, năm sinh", "The date of birth does not exist"},
	DOBFuture:                     {"DOB_FUTURE", Error, True, "Ngày sinh sau ngày thu thập", "The date of birth lies after the collection date"},
	DOBTooOld:                     {"DOB_TOO_OLD", Error, True, "Tuổi trên 120", "Older than 120 years"},
	DOBDaymonthSwap:               {"DOB_DAYMONTH_SWAP", Warning, True, "Ngày và tháng sinh bị đổi chỗ", "Day and month of birth were swapped"},
	DOBDefault0101:                {"DOB_DEFAULT_0101", Info, True, "Ngày sinh 01/01 có thể là giá trị mặc định", "Born on 01/01: may be a default"},
	GenderMissing:                 {"GENDER_MISSING", Warning, Enough, "Thiếu giới tính", "No gender"},
	GenderInvalid:                 {"GENDER_INVALID", Warning, True, "Giới tính ghi không đọc được", "The gender could not be read"},
	GenderNameConflict:            {"GENDER_NAME_CONFLICT", Warning, True, "Giới tính không hợp với họ tên", "The gender does not fit the name"},
	IDMissing:                     {"ID_MISSING", Warning, Enough, "Không có số định danh", "No personal identity number"},
	IDFormat:                      {"ID_FORMAT", Error, True, "Sai định dạng số CMND/CCCD", "The identity number is badly formed"},
	IDLengthPadded:                {"ID_LENGTH_PADDED", Warning, Clean, "Đã thêm lại số 0 ở đầu số định danh", "Leading zeros of the identity number were restored"},
	IDScientific:                  {"ID_SCIENTIFIC", Error, True, "Số định danh bị Excel đổi sang dạng 1,23E+11", "The identity number was destroyed by a spreadsheet (1.23E+11)"},
	IDFiller:                      {"ID_FILLER", Error, True, "Số định danh là số điền cho đủ", "The identity number is a filler"},
	IDProvinceCode:                {"ID_PROVINCE_CODE", Error, True, "Mã tỉnh trong số định danh không tồn tại", "The province code of the identity number does not exist"},
	IDGenderMismatch:              {"ID_GENDER_MISMATCH", Warning, True, "Giới tính không khớp số định danh", "The gender does not fit the identity number"},
	IDYearMismatch:                {"ID_YEAR_MISMATCH", Warning, True, "Năm sinh không khớp số định danh", "The birth year does not fit the identity number"},
	IDProvinceMismatch:            {"ID_PROVINCE_MISMATCH", Info, True, "Nơi đăng ký khai sinh không khớp số định danh", "The place of birth registration does not fit the identity number"},
	IDDuplicateDifferentPerson:    {"ID_DUPLICATE_DIFFERENT_PERSON", Error, Clean, "Trùng số định danh với người khác", "The identity number belongs to another person too"},
	IDOldFormat:                   {"ID_OLD_FORMAT", Info, Live, "Số CMND 9 số đã hết hiệu lực", "A nine-digit identity card, no longer valid"},
	IDRepaired:                    {"ID_REPAIRED", Info, Clean, "Số định danh đã được sửa ký tự lẫn", "Stray characters of the identity number were repaired"},
	PhoneFormat:                   {"PHONE_FORMAT", Warning, True, "Số điện thoại sai định dạng", "The phone number is badly formed"},
	PhoneOldPrefix:                {"PHONE_OLD_PREFIX", Info, Live, "Số điện thoại đầu số cũ đã được đổi", "An old mobile prefix was replaced"},
	AddrUnknownProvince:           {"ADDR_UNKNOWN_PROVINCE", Warning, True, "Không nhận ra tỉnh, thành phố", "The province is not recognized"},
	AddrUnknownCommune:            {"ADDR_UNKNOWN_COMMUNE", Warning, True, "Không nhận ra xã, phường", "The commune is not recognized"},
	AddrObsoleteUnit:              {"ADDR_OBSOLETE_UNIT", Info, Live, "Địa chỉ ghi theo đơn vị hành chính đã bãi bỏ", "The address names an abolished unit"},
	AddrSplitAmbiguous:            {"ADDR_SPLIT_AMBIGUOUS", Info, Live, "Xã, phường cũ nay thuộc nhiều đơn vị mới", "The former commune now lies in several new ones"},
	AddrLevelConflict:             {"ADDR_LEVEL_CONFLICT", Warning, True, "Các cấp trong địa chỉ mâu thuẫn", "The levels of the address contradict each other"},
	RelHeadMissing:                {"REL_HEAD_MISSING", Warning, Enough, "Thiếu thông tin chủ hộ", "No household head"},
	RelParentAge:                  {"REL_PARENT_AGE", Warning, True, "Tuổi cha mẹ và con không hợp lý", "The ages of parent and child do not fit"},
	RelSpouseSelf:                 {"REL_SPOUSE_SELF", Warning, True, "Vợ hoặc chồng trùng với chính người khai", "The spouse is the person himself or herself"},
	FormIDReused:                  {"FORM_ID_REUSED", Error, Clean, "Một mã phiếu dùng cho nhiều phiếu khác nhau", "One form id was used for different forms"},
	FormRowUnreadable:             {"FORM_ROW_UNREADABLE", Error, True, "Dòng dữ liệu không đọc được", "The row could not be read"},
	FormNoIdentity:                {"FORM_NO_IDENTITY", Error, Enough, "Không có ngày sinh lẫn số định danh", "Neither a date of birth nor an identity number"},
	FormFileUnreadable:            {"FORM_FILE_UNREADABLE", Error, True, "Tệp không đọc được", "The file could not be read"},
	TextInvalidUTF8:               {"TEXT_INVALID_UTF8", Warning, True, "Có ký tự hỏng (không phải UTF-8)", "Broken characters (not UTF-8)"},
	TextControl:                   {"TEXT_CONTROL", Info, Clean, "Ký tự điều khiển đã được bỏ", "Control characters were taken out"},
	TextTooLong:                   {"TEXT_TOO_LONG", Warning, True, "Nội dung ô dài bất thường", "A cell is unusually long"},
	TextEncodingFixed:             {"TEXT_ENCODING_FIXED", Info, Clean, "Đã chuyển từ bảng mã cũ sang Unicode", "The text was converted from a legacy encoding"},
	TextTypingFixed:               {"TEXT_TYPING_FIXED", Info, Clean, "Đã sửa chữ gõ dở kiểu Telex, VNI, VIQR", "Left-overs of typing (Telex, VNI, VIQR) were repaired"},
	StatusDead:                    {"STATUS_DEAD", Info, Live, "Đã chết", "Deceased"},
	StatusEmigrated:               {"STATUS_EMIGRATED", Info, Live, "Ra nước ngoài", "Gone abroad"},
	StatusRenounced:               {"STATUS_RENOUNCED", Info, Live, "Thôi quốc tịch", "Nationality given up"},
	StatusMoved:                   {"STATUS_MOVED", Info, Live, "Xóa đăng ký thường trú", "Residence registration ended"},
	DupExact:                      {"DUP_EXACT", Info, Clean, "Trùng thông tin hoàn toàn", "An exact duplicate"},
	DupSameID:                     {"DUP_SAME_ID", Info, Clean, "Trùng số định danh", "Same identity number"},
	DupProbable:                   {"DUP_PROBABLE", Info, Clean, "Trùng thông tin", "Probable duplicate"},
	DupReview:                     {"DUP_REVIEW", Warning, Clean, "Nghi trùng, cần xem", "Possible duplicate: to be looked at"},
	DupTwinSuspect:                {"DUP_TWIN_SUSPECT", Info, Clean, "Có thể là sinh đôi", "May be twins"},
	EventUnknown:                  {"EVENT_UNKNOWN", Warning, Live, "Loại biến động không có trong danh mục", "The kind of event is not known"},
	EventDateInvalid:              {"EVENT_DATE_INVALID", Warning, Live, "Ngày biến động sai", "The date of the event does not exist"},
	CollectedInvalid:              {"COLLECTED_INVALID", Warning, Live, "Ngày thu thập sai", "The date of collection does not exist"},
	MissingPermanentAddress:       {"MISSING_PERMANENT_ADDRESS", Warning, Enough, "Thiếu nơi thường trú", "No permanent address"},
	MissingHometown:               {"MISSING_HOMETOWN", Info, Enough, "Thiếu quê quán", "No hometown"},
	MissingEthnicity:              {"MISSING_ETHNICITY", Info, Enough, "Thiếu dân tộc", "No ethnicity"},
	MissingNationality:            {"MISSING_NATIONALITY", Info, Enough, "Thiếu quốc tịch", "No nationality"},
	MissingBirthRegistrationPlace: {"MISSING_BIRTH_REGISTRATION_PLACE", Info, Enough, "Thiếu nơi đăng ký khai sinh", "No place of birth registration"},
	MissingBirthPlace:             {"MISSING_BIRTH_PLACE", Info, Enough, "Thiếu nơi sinh", "No place of birth"},
	MissingFatherName:             {"MISSING_FATHER_NAME", Info, Enough, "Thiếu họ tên cha", "No father's name"},
	MissingMotherName:             {"MISSING_MOTHER_NAME", Info, Enough, "Thiếu họ tên mẹ", "No mother's name"},
	MissingMaritalStatus:          {"MISSING_MARITAL_STATUS", Info, Enough, "Thiếu tình trạng hôn nhân", "No marital status"},
	DOBLunar:                      {"DOB_LUNAR", Info, True, "Ngày sinh ghi theo âm lịch", "The date of birth is given by the lunar calendar"},
	NameOrder:                     {"NAME_ORDER", Info, Clean, "Họ và tên đã được đặt lại đúng thứ tự", "Surname and given name were put in order"},
}

// String returns the stable name, as "NAME_EMPTY".
func (c Code) String() string { return registry[c].name }

// Severity returns how much the code weighs.
func (c Code) Severity() Severity { return registry[c].severity }

// Goal returns the word of the data goal that the code counts for.
func (c Code) Goal() Goal { return registry[c].goal }

// Caption returns the sentence shown to people: Vietnamese for "vi", else
// English.
func (c Code) Caption(lang string) string {
	if lang == "vi" {
		return registry[c].vi
	}
	return registry[c].en
}

// Parse returns the code of a name, and whether there is one.
func Parse(name string) (Code, bool) {
	for c := range registry {
		if registry[c].name == name {
			return Code(c), true
		}
	}
	return 0, false
}
