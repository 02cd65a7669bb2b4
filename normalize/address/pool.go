package address

import "sync"

// pooled serves the functions that have no Parser of their own.
type pooled struct {
	parser  Parser
	address Address
}

var parsers = sync.Pool{New: func() any { return new(pooled) }}
