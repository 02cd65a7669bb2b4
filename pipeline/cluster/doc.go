// Package cluster decides which records are one citizen.
//
// Following every link would over-merge: one doubtful pair joins two families.
// So the links only bound the question. A component is a closure over the
// links at or above the link floor; within it every pair is scored, blocked or
// not, and groups grow by average linkage: the two groups that agree best on
// average join, as long as that average reaches the threshold and no pair
// across them is a cannot-link. Beyond MaxDense records a component is settled
// by the sparse variant: links in falling order of weight, each join judged by
// the first members of both groups; groups too large to be searched for a
// cannot-link between them stay apart.
//
// Laws: the result depends on the component's records alone, not on their
// numbers nor on the order of the links (ties go by form id); a cannot-link is
// never inside a cluster; without any link of positive weight nobody is merged.
package cluster
