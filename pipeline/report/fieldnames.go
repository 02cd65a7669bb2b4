package report

import "github.com/dusach/dusach/pipeline/record"

// fieldNames are the captions of the collection form's fields: Vietnamese and
// English.
var fieldNames = [record.NumFormFields][2]string{
	record.FormID:                 {"Mã phiếu", "Form id"},
	record.FormType:               {"Loại phiếu", "Form type"},
	record.OfficeCode:             {"Nơi thu thập", "Office"},
	record.CollectedAt:            {"Ngày thu thập", "Date of collection"},
	record.FullName:               {"Họ, chữ đệm và tên", "Full name"},
	record.OtherName:              {"Tên gọi khác", "Other name"},
	record.BirthDate:              {"Ngày, tháng, năm sinh", "Birth date"},
	record.Gender:                 {"Giới tính", "Gender"},
	record.BirthPlace:             {"Nơi sinh", "Place of birth"},
	record.Hometown:               {"Quê quán", "Hometown"},
	record.Ethnicity:              {"Dân tộc", "Ethnicity"},
	record.Religion:               {"Tôn giáo", "Religion"},
	record.Nationality:            {"Quốc tịch", "Nationality"},
	record.CCCD:                   {"Số định danh (CCCD)", "Personal identity number"},
	record.CMND:                   {"Số CMND", "Old identity card"},
	record.PermanentAddress:       {"Nơi thường trú", "Permanent address"},
	record.CurrentAddress:         {"Nơi ở hiện tại", "Current address"},
	record.HouseholdNo:            {"Số hồ sơ cư trú", "Residence file number"},
	record.RelationToHead:         {"Quan hệ với chủ hộ", "Relation to head"},
	record.HeadName:               {"Họ tên chủ hộ", "Head of household"},
	record.FatherName:             {"Họ tên cha", "Father's name"},
	record.MotherName:             {"Họ tên mẹ", "Mother's name"},
	record.SpouseName:             {"Họ tên vợ, chồng", "Spouse's name"},
	record.BloodType:              {"Nhóm máu", "Blood group"},
	record.MaritalStatus:          {"Tình trạng hôn nhân", "Marital status"},
	record.Phone:                  {"Số điện thoại", "Phone"},
	record.BirthRegistrationPlace: {"Nơi đăng ký khai sinh", "Place of birth registration"},
	record.HeadID:                 {"Số định danh chủ hộ", "Head's identity number"},
	record.GuardianName:           {"Người đại diện hợp pháp", "Guardian"},
	record.Note:                   {"Ghi chú", "Note"},
	record.Event:                  {"Biến động", "Event"},
	record.EventDate:              {"Ngày biến động", "Date of event"},
}

// fieldName returns the caption of a field by its name; fields of another
// record type have their name only.
func fieldName(name, lang string) string {
	f := record.FormSchema.ByName(name)
	switch {
	case f == record.None:
		return name
	case lang == "en":
		return fieldNames[f][1]
	}
	return fieldNames[f][0]
}
