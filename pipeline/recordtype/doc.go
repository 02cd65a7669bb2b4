// Package recordtype reads the file that describes a record type: its fields and
// their kinds, how they are compared, which records may meet, and from which
// probability on two of them are one. docs/config.md explains every key.
//
// What is read here is the text of the file with its places; what fields,
// measures and rules mean is known to the rooms, and pipeline.ReadConfig asks
// them. Errors name file, line and column and say what to do.
package recordtype
