package block

import "github.com/dusach/dusach/normalize"

// flat are frequencies under which every name is equally rare, in bits.
type flat float32

func (f flat) SurnameBits(*normalize.NameKey) float32 { return float32(f) }
func (f flat) GivenBits(*normalize.NameKey) float32   { return float32(f) }
func (f flat) NameBits(*normalize.NameKey) float32    { return float32(f) }
