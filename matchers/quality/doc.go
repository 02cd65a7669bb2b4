// Package quality measures clusters against the truth.
//
// Both are labelings: cluster[i] is what the system put form i in, person[i] who
// it really describes. A pair of forms is right when both labelings join it. All
// counts are exact and come from the contingency of the two labelings, never from
// going through pairs, so a million forms take a fraction of a second.
//
// Laws: labels are names only (renaming them changes nothing), the order of forms
// never matters, identical labelings score 1, and a rate whose denominator is 0
// (no pair found, none to find) is 1: nothing was done wrong.
package quality
