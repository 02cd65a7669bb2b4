package address

type nearScratch struct{ canon []byte }

func (p *Parser) wantsNear(v verdict, clause uint64) bool         { return false }
func (p *Parser) addNear(clause uint64) bool                      { return false }
func (p *Parser) suggest(out *Address, r *reading, clause uint64) {}
func appendCanon(dst, let []byte) []byte                          { return append(dst, let...) }
