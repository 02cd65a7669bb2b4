package main

import "github.com/dusach/dusach/pipeline/record"

// fieldCaptions are short captions of the form's fields, Vietnamese and
// English, as they stand at the head of a line.
var fieldCaptions = [record.NumFormFields][2]string{
	record.FormID:                 {"Mã phiếu", "Form"},
	record.FormType:               {"Loại phiếu", "Form type"},
	record.OfficeCode:             {"Nơi thu thập", "Office"},
	record.CollectedAt:            {"Ngày thu thập", "Collected"},
	record.FullName:               {"Họ và tên", "Full name"},
	record.OtherName:              {"Tên khác", "Other name"},
	record.BirthDate:              {"Ngày sinh", "Birth date"},
	record.Gender:                 {"Giới tính", "Gender"},
	record.BirthPlace:             {"Nơi sinh", "Birth place"},
	record.Hometown:               {"Quê quán", "Hometown"},
	record.Ethnicity:              {"Dân tộc", "Ethnicity"},
	record.Religion:               {"Tôn giáo", "Religion"},
	record.Nationality:            {"Quốc tịch", "Nationality"},
	record.CCCD:                   {"Số định danh", "Personal number"},
	record.CMND:                   {"Số CMND", "Old card number"},
	record.PermanentAddress:       {"Thường trú", "Permanent address"},
	record.CurrentAddress:         {"Nơi ở hiện tại", "Current address"},
	record.HouseholdNo:            {"Số hồ sơ cư trú", "Household number"},
	record.RelationToHead:         {"Quan hệ chủ hộ", "Relation to head"},
	record.HeadName:               {"Chủ hộ", "Head"},
	record.FatherName:             {"Cha", "Father"},
	record.MotherName:             {"Mẹ", "Mother"},
	record.SpouseName:             {"Vợ, chồng", "Spouse"},
	record.BloodType:              {"Nhóm máu", "Blood group"},
	record.MaritalStatus:          {"Hôn nhân", "Marital status"},
	record.Phone:                  {"Điện thoại", "Phone"},
	record.BirthRegistrationPlace: {"Nơi ĐKKS", "Birth registered"},
	record.HeadID:                 {"Số định danh chủ hộ", "Head's number"},
	record.GuardianName:           {"Người đại diện", "Guardian"},
	record.Note:                   {"Ghi chú", "Note"},
	record.Event:                  {"Biến động", "Event"},
	record.EventDate:              {"Ngày biến động", "Event date"},
}
