// Package intake is the door of the house: it finds the files of a run, opens
// them whatever their format, compression and encoding, and hands their rows
// on in numbered chunks (record.Chunk). It cuts files into rows and says what
// their columns are; what a row means is left to decode.
//
// Laws:
//
//   - Memory is bounded by chunks, never by a file.
//   - Rows, their order, positions and codes do not depend on the size of
//     chunks or of reads.
//   - Nothing is lost: every row that was seen is in a chunk. A row that cannot
//     be read, or the rest of a file that breaks off, is a row that carries
//     FORM_ROW_UNREADABLE or FORM_FILE_UNREADABLE and its bytes (of a file that
//     has no readable row, the first 64 KiB: the file itself is kept by whoever
//     sent it, and its hash is in Reader.Files).
//   - A file that cannot be read is an error value (FileError) that names the
//     file and says what to do; the run goes on with the next file unless
//     Options.Strict is set.
//   - How one row is read never depends on its neighbours: an encoding holds
//     for a file only if the user declared it or the file says so itself (byte
//     order mark, UTF-16).
//
// Input is hostile: sizes are limited, and a library that panics on a crafted
// file costs that file and not the run.
package intake
