// Command addresses measures the address parser on addresses made from the
// unit tables: how many get the right commune, a wrong one, or none.
//
//	go run ./benchmarks/addresses -n 200000 -seed 1 [-list 20] [-only slip] [-all]
//	go run ./benchmarks/addresses -maker offices -n 200000 -seed 1 [-list 20] [-only "no commas"] [-told]
//
// There are two makers. That of package offices writes as offices do, in forty
// habits with sixteen kinds of damage, asks the tables whether a text can be
// read at all, and counts old and new codes apart; its package comment defines
// what counts. Its texts go through AppendUntyped first, as those of a form do.
// With -told the parser knows the edition. The rest of this page is about the
// first maker, which was made together with the parser.
//
// Every address has its truth and the process that disfigured it. An address
// counts as resolvable when no other commune fits what is still written: with
// the district left out, a commune whose name occurs twice in the province is
// not. A slip that makes the name of another commune of it ("Ia O" of "Ia Ko")
// still counts as resolvable here, and is most of what is read wrong.
package main
