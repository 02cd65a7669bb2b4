// Package pipeline takes collection forms through the house: read, judge,
// settle, publish. It alone knows the order of the rooms; each room is a
// package below it and imports none of the others.
//
// Read pipeline.go first: its four short functions name every stage in order.
// run.go spreads them over workers; nothing that is published depends on how
// many there are.
package pipeline
