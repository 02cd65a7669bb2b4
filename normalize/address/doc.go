// Package address reads Vietnamese addresses.
package address
