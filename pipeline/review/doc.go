// Package review keeps what people decide: in STORE/reviews, which pairs of forms
// are one citizen and which are not, who said so and why, line after line and
// never changed. It also draws the pairs that people are asked to judge, and says
// from their answers how many merges are wrong at most.
//
// A decision is about two forms, by the ids that they are published under, and
// about nothing else: it outlives every snapshot, whoever the forms are merged
// with by then. The latest decision on a pair counts. Two forms that are decided to
// be one citizen hold their whole clusters together unless a decision keeps
// any two of them apart; then the older one gives way and is reported.
package review
