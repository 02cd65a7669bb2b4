package normalize

import (
	"bytes"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
)

// voidTexts are whole cells, folded, that say that there is no name.
var voidTexts = wordSet("khong ro|chua ro|khong|khong co|k ro|ko ro|k|ko|khong biet|chua co ten|chua dat ten|chua co|chua|" +
	"vo danh|khong ten|chua ten|null|none|na|n a|nan|nil|x|xx|xxx|test|so sinh|tre so sinh|be so sinh|moi sinh|" +
	"khong xac dinh|chua xac dinh|chua khai sinh|chua lam khai sinh|be gai|be trai|con gai|con trai|con|chau|chau be|" +
	"em be|nt|nhu tren|khong nho|khong khai|khong co ten|unknown|noname|no name|tre bo roi|tre em|chua cap nhat|de trong|bo trong|" +
	"da chet|chet|da mat|mat|mat tich|da qua doi|qua doi|da tu tran|tu tran|da hy sinh|hy sinh|da hi sinh|hi sinh|khai tu|da khai tu|" +
	"liet si|liet sy|la liet si|la liet sy|chet roi|mat roi|da chet roi|da mat roi|khong con|da ly hon|ly hon|doc than|chua ket hon|" +
	"chua co vo|chua co chong|chua vo|chua chong|co vo|co chong")

// voidHeads begin a cell that tells whose child somebody is, not the name.
var voidHeads = []string{"be gai con", "be trai con", "be con", "con ba ", "con ong ", "con chi ", "con anh ", "con cua ", "con co ",
	"tre so sinh", "be so sinh", "chau be", "con gai ba ", "con trai ba ", "con gai ong ", "con trai ong ", "con gai cua ",
	"con trai cua ", "con gai chi ", "con trai chi ", "khong ro ", "chua dat ten", "chua co ten", "chua ro ", "khong co ten", "tre bo roi",
	"da chet nam ", "chet nam ", "da mat nam ", "mat nam ", "da mat tu ", "da chet tu "}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq(list, "|") {
		m[w] = true
	}
	return m
}

// babyWord is what a child is called that has no name yet, and the whole name of
// some grown people.
var babyWord = ParseWord([]byte("bé"))

// calledBaby reports whether the name is Bé and nothing else.
func (n *Name) calledBaby() bool {
	s := &n.state
	return s.n == 1 && s.words[0].w.Base == babyWord.Base && (s.words[0].w.Bare() || SameSyllable(s.words[0].w, babyWord))
}

// void reports whether a text says that there is no name.
func (n *Name) void(text []byte) bool {
	if len(text) > 120 {
		return false
	}
	var buf [160]byte
	f := AppendFold(buf[:0], text)
	if len(f) == 0 || voidTexts[string(f)] || IsVoid(text) {
		return true
	}
	for _, head := range voidHeads {
		if bytes.HasPrefix(f, []byte(head)) {
			return true
		}
	}
	for _, c := range f {
		if c >= 'a' && c <= 'z' {
			return false
		}
	}
	return true
}

// remark is what a remark tells.
type remark uint8

const (
	remarkNone remark = iota
	remarkOther
	remarkDead
	remarkAlias
	remarkEmigrated
	remarkRenounced
	remarkMoved
)

// remarkHeads gives how a remark of each kind may begin, folded. What follows
// an alias head is the alias.
var remarkHeads = [...]struct {
	kind  remark
	heads []string
}{
	{remarkDead, []string{"da chet", "chet", "da mat", "mat nam", "mat ngay", "mat", "da qua doi", "qua doi", "tu tran", "da tu tran",
		"da khai tu", "khai tu", "bao tu", "da bao tu", "hy sinh", "hi sinh", "da hy sinh"}},
	{remarkAlias, []string{"bi danh", "tuc danh", "tuc goi la", "tuc goi", "tuc la", "tuc", "ten khac", "ten goi khac", "ten thuong goi la",
		"ten thuong goi", "thuong goi la", "thuong goi", "con goi la", "con goi", "con ten la", "con ten", "hay goi la", "hay goi", "ten cu", "ho ten khac",
		"biet danh", "bd", "hay con goi la", "hay con goi", "thuong duoc goi la", "phap danh", "ten thanh", "ten o nha", "ten that", "ho va ten khac", "aka"}},
	{remarkEmigrated, []string{"xuat canh", "da xuat canh", "di nuoc ngoai", "ra nuoc ngoai", "o nuoc ngoai", "dinh cu nuoc ngoai", "dinh cu o",
		"dinh cu tai", "da dinh cu", "viet kieu"}},
	{remarkRenounced, []string{"thoi quoc tich", "da thoi quoc tich"}},
	{remarkMoved, []string{"chuyen di", "da chuyen", "chuyen khau", "chuyen ho khau", "cat khau", "da cat khau", "cat ho khau", "xoa dktt",
		"xoa ho khau", "xoa khau", "xoa thuong tru"}},
	{remarkOther, []string{"con ong", "con ba", "vo ong", "chong ba", "chu ho", "ch", "nguoi giam ho", "giam ho", "tam tru", "tam vang",
		"khuyet tat", "thuong binh", "dang vien", "ho ngheo", "ho can ngheo", "kt1", "kt2", "kt3", "kt4", "nt", "ghi chu", "con nuoi",
		"con rieng", "con de", "con ruot", "vo hai", "nguoi nuoi duong", "o nho", "o thue", "dua vao", "moi nhap", "nhap khau"}},
}

// remarkOf says what a remark tells and how many words its head has.
func remarkOf(text []byte) (remark, int) {
	if len(text) > 200 {
		return remarkNone, 0
	}
	var buf [260]byte
	f := AppendFold(buf[:0], text)
	for _, group := range remarkHeads {
		for _, head := range group.heads {
			if len(f) >= len(head) && string(f[:len(head)]) == head && (len(f) == len(head) || f[len(head)] == ' ') {
				return group.kind, 1 + strings.Count(head, " ")
			}
		}
	}
	if relationTable.find(text) != nil {
		return remarkOther, 0
	}
	return remarkNone, 0
}

// takeRemarks appends clean text without its remarks, and notes what they say.
func (n *Name) takeRemarks(dst, text []byte) []byte {
	start := len(dst)
	dst = append(dst, text...)
	for {
		body := dst[start:]
		at, inside, end := findRemark(body)
		if at < 0 {
			return dst
		}
		n.note(body[inside:min(end, len(body))])
		n.Codes.Add(reason.NameRemark)
		rest := end
		if rest < len(body) && closes(body[rest]) {
			rest++
		}
		dst = append(dst[:start+at], body[rest:]...)
		if at == 0 && len(dst) == start {
			return dst
		}
	}
}

// dropLabel drops the name of the field itself, as in "Họ và tên: …".
func dropLabel(text []byte) []byte {
	i := bytes.IndexByte(text, ':')
	if i < 0 || i > 32 {
		return text
	}
	var buf [48]byte
	switch string(AppendFold(buf[:0], text[:i])) {
	case "ho va ten", "ho ten", "ten", "ho ten khai sinh", "ho chu dem va ten", "ho chu dem va ten khai sinh":
		return text[i+1:]
	}
	return text
}

func opens(c byte) bool  { return c == '(' || c == '[' || c == '{' || c == '"' || c == '<' }
func closes(c byte) bool { return c == ')' || c == ']' || c == '}' || c == '"' || c == '>' }

// findRemark finds the first remark: where it begins, where its text lies. at
// is -1 if there is none.
func findRemark(text []byte) (at, inside, end int) {
	quoted := 0
	for i, c := range text {
		switch {
		case i < quoted:
		case c == '"' && needsGiven(text[:i]) && bytes.IndexByte(text[i+1:], '"') > 0:
			quoted = i + 2 + bytes.IndexByte(text[i+1:], '"') // the given name itself
		case opens(c):
			if c == '(' && i > 0 && (text[i-1]|0x20) == 'a' && bytes.IndexByte(text[i:], ')') < 0 {
				continue // a( is ă in VIQR
			}
			end = i + 1
			for end < len(text) && !closes(text[end]) {
				end++
			}
			return i, i + 1, end
		case c == '-' || c == ',' || c == ';' || c == '/' || c == ':' || c == '.':
			if i > 0 && remarkAfter(text, i) {
				return i, i + 1, len(text)
			}
			if (c == '/' || c == ';') && i > 0 && !bytes.ContainsRune(text[:i], '/') && twoNames(text[:i], text[i+1:]) {
				return i, i + 1, len(text)
			}
		}
	}
	return -1, 0, 0
}

// needsGiven reports whether what stands before a quotation is a name without its
// end: one word, or words that end in Thị or Văn.
func needsGiven(text []byte) bool {
	words := bytes.Fields(text)
	if len(words) < 2 {
		return len(words) == 1
	}
	w := ParseWord(words[len(words)-1])
	return w.Base == thiBase || w.Base == vanBase
}

// remarkAfter reports whether what follows the character at text[i] is a
// remark. A relation needs more than a hyphen without spaces or a full stop
// before it: Lan-Anh and V. Anh are names.
func remarkAfter(text []byte, i int) bool {
	kind, _ := remarkOf(text[i+1:])
	switch {
	case kind != remarkOther:
		return kind != remarkNone
	case text[i] == '.', text[i] == '-' && text[i-1] != ' ' && i+1 < len(text) && text[i+1] != ' ':
		return false
	}
	return !bytes.HasSuffix(text, []byte(" Anh")) && !bytes.HasSuffix(text, []byte(" ANH"))
}

// twoNames reports whether both sides of a slash are words and not the same
// words: a name and another name. One word on either side is a part of a name.
func twoNames(a, b []byte) bool {
	if len(a) > 100 || len(b) > 100 || len(bytes.Fields(a)) < 2 || bytes.IndexByte(b, '/') >= 0 {
		return false
	}
	var x, y [140]byte
	fa, fb := AppendFold(x[:0], a), AppendFold(y[:0], b)
	return len(fa) > 0 && len(fb) > 0 && !bytes.Equal(fa, fb) && fb[0] > '9'
}

// note takes in what a remark says.
func (n *Name) note(text []byte) {
	kind, head := remarkOf(text)
	switch kind {
	case remarkDead:
		n.Dead = true
		n.Codes.Add(reason.StatusDead)
	case remarkEmigrated:
		n.Codes.Add(reason.StatusEmigrated)
	case remarkRenounced:
		n.Codes.Add(reason.StatusRenounced)
	case remarkMoved:
		n.Codes.Add(reason.StatusMoved)
	case remarkAlias:
		n.setAlias(skipWords(text, head))
	case remarkNone:
		if allKnown(text) {
			n.setAlias(text)
		}
	}
}

// allKnown reports whether a text is nothing but words that occur in names.
func allKnown(text []byte) bool {
	some := false
	for i := 0; i < len(text); {
		k := wordLen(text[i:])
		if k == 0 {
			if text[i] != ' ' {
				return false
			}
			i++
			continue
		}
		if !known(ParseWord(text[i : i+k])) {
			return false
		}
		some = true
		i += k
	}
	return some
}

// setAlias keeps another name, in title case.
func (n *Name) setAlias(text []byte) {
	if len(n.Alias) > 0 || len(text) > 120 {
		return
	}
	head := true
	for i, c := range string(text) {
		l := letterOf(c)
		switch {
		case l == 0 && c != ' ' && c != '\'' && c != '-' && !foreignLetter(c):
			if c != ':' && c != '.' && c != '"' {
				continue
			}
			fallthrough
		case c == ' ':
			head = true
			if len(n.Alias) == 0 || n.Alias[len(n.Alias)-1] == ' ' || i == len(text)-1 {
				continue
			}
			n.Alias = append(n.Alias, ' ')
		default:
			n.Alias = appendCased(n.Alias, c, head)
			head = c == '-'
		}
	}
	n.Alias = bytes.TrimRight(n.Alias, " ")
	n.clean = AppendTonePlaced(n.clean[:0], n.Alias)
	n.Alias = append(n.Alias[:0], n.clean...)
}

// skipWords returns text after its first k words.
func skipWords(text []byte, k int) []byte {
	i := 0
	for ; k > 0; k-- {
		for i < len(text) && (text[i] == ' ' || text[i] == ':') {
			i++
		}
		for i < len(text) && text[i] != ' ' && text[i] != ':' {
			i++
		}
	}
	return text[i:]
}

// bareRemark reports whether a word that may begin a remark is written without marks
// anyway.
func bareRemark(word []byte) bool {
	return len(word) == 3 && (word[2] == 'n' || word[2] == 'y') // con, hay
}

// plainRemarks begin remarks that need no bracket before them to be told from a name.
var plainRemarks = []string{"con ong ", "con ba ", "con anh ", "con chi ", "con co ", "con cu ", "vo ong ", "vo anh ", "chong ba ", "chong chi ",
	"tam tru", "tam vang", "chu ho", "con nuoi", "con rieng", "con ruot", "nguoi giam ho", "ho ngheo", "ho can ngheo"}

// surelyRemark reports whether the last words of a name, text, are a remark although
// no bracket says so.
func surelyRemark(text []byte, words int) bool {
	kind, head := remarkOf(text)
	switch kind {
	case remarkNone:
		return false
	case remarkAlias:
		return words > head
	case remarkOther:
		var buf [260]byte
		f := AppendFold(buf[:0], text)
		for _, r := range plainRemarks {
			if bytes.HasPrefix(f, []byte(r)) {
				return true
			}
		}
		return words == 1 && (string(f) == "vo" || string(f) == "chong")
	case remarkDead:
		return head > 1 || ParseWord(text[:wordLen(text)]).Base == chetBase
	}
	return head > 1
}

var chetBase = ParseWord([]byte("chết")).Base

// remarkWords returns how many words at the end of the name are a remark
// without brackets. A name of two words at least must remain.
func (n *Name) remarkWords() int {
	s := &n.state
	if s.n < 3 {
		return 0
	}
	for i := 2; i < s.n; i++ {
		if s.words[i].facts.role&roleAlias == 0 || s.words[i-1].facts.role&(roleThi|roleVan) != 0 || s.marked && s.words[i].w.Bare() && !bareRemark(n.text(i, i+1)) {
			continue
		}
		if tail := n.text(i, s.n); surelyRemark(tail, s.n-i) {
			n.note(tail)
			n.Codes.Add(reason.NameRemark)
			return s.n - i
		}
	}
	for k := min(2, s.n-2); k > 0; k-- {
		var buf [32]byte
		tail := n.text(s.n-k, s.n)
		if len(tail) > 24 {
			continue
		}
		switch string(AppendFold(buf[:0], tail)) {
		case "chu ho", "da chet", "da mat", "qua doi", "tu tran", "chet":
			if k == 1 && s.marked && s.words[s.n-1].w.Bare() {
				continue
			}
			n.note(tail)
			n.Codes.Add(reason.NameRemark)
			return k
		}
	}
	return 0
}
