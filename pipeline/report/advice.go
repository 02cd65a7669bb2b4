package report

import "github.com/dusach/dusach/normalize/reason"

// advice says what to do about a reason code.
type advice struct{ vi, en string }

func adviceFor(c reason.Code, lang string) string {
	if lang == "en" {
		return advices[c].en
	}
	return advices[c].vi
}

// Advice that several codes share.
var (
	nothing   = advice{"Không cần làm gì.", "Nothing to do."}
	checkOnce = advice{"Xem lại một lần với giấy tờ của công dân.", "Look once at the citizen's papers."}
	fillIn    = advice{"Hỏi công dân và bổ sung bằng phiếu cập nhật.", "Ask the citizen and add it with an update form."}
	fixPaper  = advice{"Đối chiếu giấy khai sinh hoặc căn cước rồi sửa bằng phiếu cập nhật.", "Compare with the birth certificate or identity card and mend it with an update form."}
	fixNumber = advice{"Đối chiếu căn cước rồi ghi lại đủ 12 chữ số.", "Copy all 12 digits from the identity card."}
	exportRow = advice{"Xuất lại dòng này từ phần mềm gốc (UTF-8) rồi gửi lại.", "Export the row again from the source (UTF-8) and send it again."}
	saveUTF8  = advice{"Lưu tệp ở bảng mã Unicode (UTF-8) trong lần gửi sau.", "Save the file as Unicode (UTF-8) next time."}
	fixPlace  = advice{"Ghi lại địa chỉ theo danh mục từ 01/07/2025.", "Write the address by the list in force from 2025-07-01."}
	fixHead   = advice{"Bổ sung họ tên và số định danh chủ hộ theo hồ sơ cư trú.", "Add the head's name and number from the residence file."}
	register  = advice{"Đối chiếu sổ hộ tịch và cập nhật tình trạng.", "Compare with the civil register and update the status."}
)

var advices = [reason.NumCodes]advice{
	reason.NameEmpty:           {"Ghi họ tên rồi gửi lại phiếu.", "Write the name and send the form again."},
	reason.NameOneWord:         fixPaper,
	reason.NameDigit:           fixPaper,
	reason.NameInvalidSyllable: fixPaper,
	reason.NameNoDiacritics:    {"Ghi lại họ tên có dấu theo giấy khai sinh.", "Write the name with its marks, as on the birth certificate."},
	reason.NameEncodingFixed:   saveUTF8,
	reason.NameToneStyle:       nothing,
	reason.NameRemark:          {"Ghi chú nên đặt ở ô ghi chú.", "Put remarks in the note field."},
	reason.NamePunct:           nothing,
	reason.NameSplit:           checkOnce,
	reason.NameRepeated:        nothing,
	reason.NameSuggest:         checkOnce,
	reason.NameForeign:         nothing,
	reason.NameOrder:           checkOnce,
	reason.DOBMissing:          fillIn,
	reason.DOBPartial:          {"Bổ sung ngày, tháng sinh nếu giấy khai sinh có ghi.", "Add day and month if the birth certificate has them."},
	reason.DOBInvalid:          fixPaper,
	reason.DOBFuture:           fixPaper,
	reason.DOBTooOld:           register,
	reason.DOBDaymonthSwap:     checkOnce,
	reason.DOBDefault0101:      {"Xác minh ngày, tháng sinh; nếu chỉ biết năm thì chỉ ghi năm.", "Verify day and month; if only the year is known, write the year alone."},
	reason.DOBLunar:            {"Ghi ngày sinh dương lịch theo giấy khai sinh.", "Write the solar date, as on the birth certificate."},
	reason.GenderMissing:       fillIn,
	reason.GenderInvalid:       {"Ghi Nam hoặc Nữ.", "Write male or female."},
	reason.GenderNameConflict:  checkOnce,
	reason.IDMissing:           {"Bổ sung số định danh; chưa có thì lập hồ sơ cấp.", "Add the number; if there is none, file for one."},
	reason.IDFormat:            fixNumber,
	reason.IDLengthPadded:      {"Định dạng cột là văn bản khi nhập bằng bảng tính.", "Format the column as text in the spreadsheet."},
	reason.IDScientific:        {"Số gốc không khôi phục được: định dạng cột là văn bản, nhập lại từ căn cước.", "The number is lost: format the column as text and copy it from the identity card."},
	reason.IDFiller:            {"Ghi số thật, hoặc để trống nếu chưa có.", "Write the true number, or leave it empty."},
	reason.IDProvinceCode:      fixNumber,
	reason.IDGenderMismatch:    fixPaper,
	reason.IDYearMismatch:      fixPaper,
	reason.IDProvinceMismatch:  {"Xem nơi đăng ký khai sinh có bị ghi theo quê quán không.", "See whether the hometown was written as place of birth registration."},
	reason.IDDuplicateDifferentPerson: {"Xác minh cả hai người; người mang sai số phải được sửa hoặc cấp lại.",
		"Verify both persons; the wrong number must be corrected or issued anew."},
	reason.IDOldFormat:         {"Bổ sung số định danh 12 số.", "Add the 12-digit number."},
	reason.IDRepaired:          checkOnce,
	reason.PhoneFormat:         {"Hỏi lại số điện thoại.", "Ask for the phone number again."},
	reason.PhoneOldPrefix:      nothing,
	reason.AddrUnknownProvince: fixPlace,
	reason.AddrUnknownCommune:  fixPlace,
	reason.AddrObsoleteUnit:    {"Không phải làm gì nếu xã, phường mới đã rõ; lần sau ghi theo danh mục mới.", "Nothing where the new commune is known; use the new list next time."},
	reason.AddrSplitAmbiguous:  {"Xác định xã, phường mới theo thôn, tổ hoặc đường.", "Settle the new commune by hamlet or street."},
	reason.AddrLevelConflict:   fixPlace,
	reason.RelHeadMissing:      fixHead,
	reason.RelParentAge:        {"Kiểm tra ngày sinh của cha mẹ và con.", "Check the birth dates of parent and child."},
	reason.RelSpouseSelf:       {"Ghi lại họ tên vợ hoặc chồng.", "Write the name of the spouse."},
	reason.FormIDReused:        {"Cấp mã phiếu riêng cho từng phiếu ở phần mềm gốc.", "Give each form its own id in the source system."},
	reason.FormRowUnreadable:   exportRow,
	reason.FormNoIdentity:      {"Bổ sung ngày sinh hoặc số định danh rồi gửi lại.", "Add a birth date or an identity number and send it again."},
	reason.FormFileUnreadable:  {"Mở tệp bằng phần mềm gốc, lưu lại dạng .xlsx hoặc .csv rồi gửi lại.", "Open the file in its program, save it as .xlsx or .csv and send it again."},
	reason.TextInvalidUTF8:     exportRow,
	reason.TextControl:         nothing,
	reason.TextTooLong:         {"Xem ô có bị dán nhầm nội dung không.", "See whether something was pasted into the cell by mistake."},
	reason.TextEncodingFixed:   saveUTF8,
	reason.TextTypingFixed:     checkOnce,
	reason.StatusDead:          nothing,
	reason.StatusEmigrated:     nothing,
	reason.StatusRenounced:     nothing,
	reason.StatusMoved:         {"Chờ phiếu của nơi đăng ký mới.", "Wait for the form of the new residence."},
	reason.DupExact:            nothing,
	reason.DupSameID:           nothing,
	reason.DupProbable:         nothing,
	reason.DupReview:           {"Mở danh sách duyệt và quyết định: một người hay hai người.", "Open the review list and decide: one person or two."},
	reason.DupTwinSuspect:      nothing,
	reason.EventUnknown:        {"Dùng đúng loại biến động trong danh mục.", "Use a kind of event from the list."},
	reason.EventDateInvalid:    {"Ghi lại ngày biến động.", "Write the date of the event again."},
	reason.CollectedInvalid:    {"Ghi ngày thu thập dạng ngày/tháng/năm.", "Write the date of collection as day/month/year."},

	reason.MissingPermanentAddress:       fillIn,
	reason.MissingHometown:               fillIn,
	reason.MissingEthnicity:              fillIn,
	reason.MissingNationality:            fillIn,
	reason.MissingBirthRegistrationPlace: fillIn,
	reason.MissingBirthPlace:             fillIn,
	reason.MissingFatherName:             fillIn,
	reason.MissingMotherName:             fillIn,
	reason.MissingMaritalStatus:          fillIn,
}
