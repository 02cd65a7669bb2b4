package cluster

import (
	"bytes"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// Components returns the closures over links, each with its records in the
// order of their form ids, in the order of their first record. parent is
// scratch of four bytes a record and is reused if large enough.
func Components(known *record.Known, links []record.Link, parent []uint32) ([]record.Component, []uint32) {
	parent = slices.Grow(parent[:0], known.Len())[:known.Len()]
	for i := range parent {
		parent[i] = uint32(i)
	}
	for i := range links {
		union(parent, links[i].A, links[i].B)
	}
	return gather(known, links, parent), parent
}

func find(parent []uint32, i uint32) uint32 {
	for parent[i] != i {
		parent[i] = parent[parent[i]]
		i = parent[i]
	}
	return i
}

func union(parent []uint32, a, b uint32) {
	a, b = find(parent, a), find(parent, b)
	if a < b {
		parent[b] = a
	} else {
		parent[a] = b
	}
}

// gather sorts linked records and links by their root and cuts them into
// components.
func gather(known *record.Known, links []record.Link, parent []uint32) []record.Component {
	members := make([]uint32, 0, 2*len(links))
	for i := range links {
		members = append(members, links[i].A, links[i].B)
	}
	slices.Sort(members)
	members = slices.Compact(members)
	slices.SortFunc(members, func(a, b uint32) int {
		if ra, rb := find(parent, a), find(parent, b); ra != rb {
			return int(int64(ra) - int64(rb))
		}
		return bytes.Compare(known.ID(a), known.ID(b))
	})
	slices.SortFunc(links, func(x, y record.Link) int {
		return int(int64(find(parent, x.A)) - int64(find(parent, y.A)))
	})
	var all []record.Component
	for m, l := 0, 0; m < len(members); {
		root := find(parent, members[m])
		from, first := m, l
		for m < len(members) && find(parent, members[m]) == root {
			m++
		}
		for l < len(links) && find(parent, links[l].A) == root {
			l++
		}
		all = append(all, record.Component{Records: members[from:m], Links: links[first:l]})
	}
	return all
}
