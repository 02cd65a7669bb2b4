package stagetest

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/dusach/dusach/pipeline/record"
)

// Dump writes out all that v holds, down to the last byte of its columns, so
// that two values with the same text are equal. What lies beyond the length of
// a slice does not count, nor whether a slice is nil. What all batches of a run
// share (schema, packing, header) stands there by its address.
func Dump(v any) string { return string(appendValue(nil, reflect.ValueOf(v))) }

// shared are types of which all batches of a run point to one value.
var shared = []reflect.Type{
	reflect.TypeFor[*record.Schema](), reflect.TypeFor[*record.Packing](), reflect.TypeFor[*record.Header](),
}

func appendValue(dst []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return append(dst, "nil"...)
		}
		if slices.Contains(shared, v.Type()) {
			return fmt.Appendf(dst, "%#x", v.Pointer())
		}
		return appendValue(append(dst, '&'), v.Elem())
	case reflect.Struct:
		return appendStruct(dst, v)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 && (v.Kind() == reflect.Slice || v.CanAddr()) {
			return strconv.AppendQuote(dst, string(v.Bytes()))
		}
		dst = append(dst, '[')
		for i := range v.Len() {
			dst = append(appendValue(dst, v.Index(i)), ' ')
		}
		return append(dst, ']')
	case reflect.String:
		return strconv.AppendQuote(dst, v.String())
	case reflect.Bool:
		return strconv.AppendBool(dst, v.Bool())
	case reflect.Float32, reflect.Float64:
		return strconv.AppendFloat(dst, v.Float(), 'g', -1, 64)
	}
	switch {
	case v.CanInt():
		return strconv.AppendInt(dst, v.Int(), 10)
	case v.CanUint():
		return strconv.AppendUint(dst, v.Uint(), 10)
	}
	panic("BUG: a batch holds a " + v.Type().String() + ", which Dump cannot show")
}

func appendStruct(dst []byte, v reflect.Value) []byte {
	dst = append(dst, '{')
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type.Kind() == reflect.Pointer && !f.IsExported() {
			continue // where the value goes back to, not what it holds
		}
		dst = append(append(dst, f.Name...), ':')
		dst = append(appendValue(dst, v.Field(i)), '\n')
	}
	return append(dst, '}')
}

// Scribble overwrites the numbers and bytes of a batch that is no longer
// wanted, up to the capacity of its slices. It leaves alone what all batches
// share.
func Scribble(v any) { scribble(reflect.ValueOf(v)) }

func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && !slices.Contains(shared, v.Type()) {
			scribble(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	case reflect.Slice:
		v = v.Slice(0, v.Cap())
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			scribble(v.Index(i))
		}
	}
	switch {
	case !v.CanSet():
	case v.CanInt():
		v.SetInt(-86)
	case v.CanUint():
		v.SetUint(0xaa)
	case v.CanFloat():
		v.SetFloat(-1e9)
	}
}

// difference shows where two dumps part.
func difference(got, want string) string {
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	around := func(s string) string { return s[max(0, at-60):min(len(s), at+60)] }
	return fmt.Sprintf("at byte %d of %d\n got …%s…\nwant …%s…", at, len(want), around(got), around(want))
}
