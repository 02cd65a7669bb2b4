// Package stagetest holds the contract that every room of the house passes.
//
// Run proves of a stage, on batches that its package brings:
//
//   - an empty batch is a batch: it gives an empty result, not an error;
//   - the same in, on the same memory, gives the same out, whatever the stage
//     did before;
//   - an out that was used before holds nothing of its former life;
//   - in is left as it was (unless Do is meant to move it along);
//   - neither is kept: overwriting what was read changes no result, and a
//     result stays as it is while the stage works on;
//   - a cancelled context stops the stage, which is as good as new afterwards;
//   - in steady state nothing is allocated.
//
// Forms and Known make invented forms in the shape that a room wants, for
// those tests and for others.
package stagetest
