"""Write small invented data sets of other kinds than forms, with their truths.

    python make.py FOLDER [SEED]

people.csv               people of whom many live in families: names, birth dates, postcodes, towns, phones, much missing
citations-a.csv, -b.csv  two catalogues of papers; the second abbreviates, drops and misspells
papers.csv               one list of citations in which a paper stands up to twelve times
products-a.csv, -b.csv   two shops: titles in other words, prices that differ, variants that differ in the model number only
restaurants.csv          two guides in one list

Everything is made up out of the word lists below. For each set there is NAME-truth.csv
(form_id, person_id). The same seed gives the same bytes.
"""

import csv
import datetime
import pathlib
import random
import string
import sys

GIVEN = """mary john anna james elizabeth robert linda michael susan david karen thomas nancy daniel laura paul sarah mark
emma george ruth peter alice frank helen simon judith walter clara oscar irene felix martha victor ingrid hugo agnes leon
beatrice conrad dorothy edgar florence gilbert harriet isaac josephine kenneth lydia maurice""".split()
SURNAME = """smith jones miller brown wilson taylor clark hall young king wright baker carter cooper turner parker cook
morgan bell murphy bailey rivera richardson cox howard ward peterson gray ramsey watson brooks kelly sanders price bennett
wood barnes ross henderson coleman jenkins perry powell long patterson hughes flores washington butler simmons foster
gonzales bryant alexander russell griffin diaz hayes whitfield okafor lindqvist moreau szabo tanaka novak oyelaran petrov""".split()
TOWN = "ashford milton kingsbury northfield harlow redcliff stanmore westbrook eastleigh thornbury oakham felton".split()
STREET = "mill church station park victoria queen king high green bridge school orchard chapel manor north spring".split()
ADJECTIVE = """efficient scalable adaptive robust incremental distributed optimal parallel approximate dynamic probabilistic
automatic interactive secure declarative semantic temporal spatial fast hybrid""".split()
THING = """query processing|join algorithms|data streams|index structures|schema matching|data cleaning|record linkage|query
optimization|view maintenance|access control|xml documents|sensor networks|workflow systems|graph databases|spatial
indexing|concurrency control|data mining|time series|association rules|similarity search|data warehouses|web
services|text retrieval|transaction recovery|cost models|duplicate detection""".replace("\n", " ").split("|")
FOR = """large databases|mobile clients|relational systems|peer to peer networks|decision support|scientific data|the web|main
memory|object stores|digital libraries|parallel machines|sensor data|multimedia|heterogeneous sources""".replace("\n", " ").split("|")
VENUE = [("Journal of Data Systems", "J. Data Syst."), ("International Conference on Information Management", "ICIM"),
         ("Transactions on Database Engineering", "TDE"), ("Symposium on Principles of Storage", "SPS"),
         ("Very Big Data Bases", "VBDB"), ("Data Engineering Bulletin", "DE Bull.")]
MAKER = "norvik altera lumen castor helion brandt oxley pixar veltron sundial quanta marlow".split()
PRODUCT = [("digital camera", "megapixel silver zoom compact lcd"), ("laser printer", "mono duplex network usb desktop"),
           ("headphones", "wireless noise canceling black stereo"), ("office suite", "upgrade license windows full version"),
           ("lcd monitor", "widescreen inch black analog dvi"), ("router", "wireless gigabit dual band port"),
           ("vacuum cleaner", "bagless upright hepa red cord"), ("photo editor", "deluxe mac windows academic edition"),
           ("microwave oven", "stainless watt countertop sensor cubic"), ("keyboard", "ergonomic usb black multimedia wired")]
CUISINE = "american italian french chinese japanese mexican seafood indian thai delis steakhouses californian".split()
PLACE = "cafe grill house bistro kitchen garden palace room tavern corner".split()


def slip(rng, text):
    """Change, drop, add or swap a letter."""
    if len(text) < 2:
        return text
    i = rng.randrange(len(text) - 1)
    letter = rng.choice(string.ascii_lowercase)
    return rng.choice([text[:i] + letter + text[i + 1:], text[:i] + text[i + 1:], text[:i] + letter + text[i:],
                       text[:i] + text[i + 1] + text[i] + text[i + 2:]])


def zipf(rng, values):
    return rng.choices(values, [1 / (i + 3) for i in range(len(values))])[0]


def rare(rng):
    """A surname that few bear."""
    return "".join(rng.choice(("b", "d", "gr", "k", "l", "m", "n", "r", "st", "t", "v")) + rng.choice("aeiou") for _ in range(3))


def maybe(rng, value, missing):
    return "" if rng.random() < missing else value


class Sheet:
    """Rows of one set, and who they are."""

    def __init__(self, folder, name, *parts):
        self.folder, self.name, self.parts = folder, name, parts or ("",)
        self.rows = {p: [] for p in self.parts}
        self.truth = []

    def add(self, person, row, part=""):
        number = f"{part or 'r'}{len(self.rows[part])}"
        self.rows[part].append({"id": number, **row})
        self.truth.append((number, person))

    def write(self, rng):
        for part, rows in self.rows.items():
            rng.shuffle(rows)
            name = f"{self.name}-{part}.csv" if part else f"{self.name}.csv"
            with open(self.folder / name, "w", newline="") as file:
                out = csv.DictWriter(file, rows[0], lineterminator="\n")
                out.writeheader()
                out.writerows(rows)
        with open(self.folder / f"{self.name}-truth.csv", "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("form_id", "person_id"), *self.truth])


def people(folder, rng, families=1500):
    sheet, person = Sheet(folder, "people"), 0
    for _ in range(families):
        surname = zipf(rng, SURNAME) if rng.random() < .7 else rare(rng)
        town, postcode = zipf(rng, TOWN), f"{rng.choice('ABCDE')}{rng.randrange(10, 40)} {rng.randrange(1, 9)}{rng.choice('ABDE')}{rng.choice('XYZ')}"
        street, phone = f"{rng.randrange(1, 120)} {zipf(rng, STREET)} street", f"0{rng.randrange(10**8, 10**9)}"
        born = datetime.date(1940, 1, 1) + datetime.timedelta(rng.randrange(24000))
        for member in range(rng.choice([1, 1, 2, 3, 4])):
            if member and rng.random() < .92:  # else a twin
                born = datetime.date(1940, 1, 1) + datetime.timedelta(rng.randrange(24000))
            person += 1
            full = {"first_name": zipf(rng, GIVEN), "surname": surname, "dob": born, "street": street, "town": town, "postcode": postcode,
                    "phone": phone if rng.random() < .5 else f"0{rng.randrange(10**8, 10**9)}"}
            for copy in range(1 + (rng.random() < .3) + (rng.random() < .1)):
                sheet.add(person, damaged(rng, full) if copy else write_out(rng, full))
    sheet.write(rng)


def write_out(rng, full):
    return {**full, "dob": maybe(rng, full["dob"].isoformat(), .05), "phone": maybe(rng, full["phone"], .4), "street": maybe(rng, full["street"], .1)}


def damaged(rng, full):
    row = dict(full)
    for _ in range(rng.choice([1, 1, 2, 3])):
        what = rng.randrange(6)
        if what == 0:
            row["first_name"] = rng.choice([slip(rng, row["first_name"]), row["first_name"][0]])
        elif what == 1:
            row["surname"] = slip(rng, row["surname"])
        elif what == 2:
            d = row["dob"]
            row["dob"] = d.replace(month=d.day, day=d.month) if d.day <= 12 else d + datetime.timedelta(rng.choice([-1, 1, 10]))
        elif what == 3:
            row["street"], row["town"] = f"{rng.randrange(1, 120)} {zipf(rng, STREET)} street", zipf(rng, TOWN)
            row["postcode"] = f"{rng.choice('ABCDE')}{rng.randrange(10, 40)} {rng.randrange(1, 9)}{rng.choice('ABDE')}{rng.choice('XYZ')}"
        elif what == 4:
            row["phone"] = f"0{rng.randrange(10**8, 10**9)}"
        else:
            row["postcode"] = slip(rng, row["postcode"]).upper()
    return write_out(rng, row)


def paper(rng):
    title = f"{rng.choice(ADJECTIVE)} {rng.choice(THING)} for {rng.choice(FOR)}"
    if rng.random() < .4:
        title = f"{rng.choice(ADJECTIVE)} and {title}"
    if rng.random() < .3:
        title += f": {rng.choice(['a survey', 'an overview', 'experiences', 'a new approach', 'the ' + rare(rng) + ' system'])}"
    authors = [(zipf(rng, GIVEN), zipf(rng, SURNAME) if rng.random() < .6 else rare(rng)) for _ in range(rng.choice([1, 2, 2, 3, 4]))]
    return title, authors, rng.choice(VENUE), rng.randrange(1990, 2010)


def tidy(title, authors, venue, year):
    return {"title": title.title(), "authors": ", ".join(f"{g.title()} {s.title()}" for g, s in authors), "venue": venue[0], "year": year}


def untidy(rng, title, authors, venue, year):
    words = title.split()
    if rng.random() < .15 and len(words) > 4:
        del words[rng.randrange(len(words))]
    title = " ".join(slip(rng, w) if rng.random() < .04 else w for w in words)
    shown = authors[:1 + rng.randrange(len(authors))] if rng.random() < .2 else authors
    short = rng.random() < .7
    names = ", ".join(f"{g[0].upper() if short else g.title()} {slip(rng, s).title() if rng.random() < .05 else s.title()}" for g, s in shown)
    return {"title": title, "authors": names, "venue": maybe(rng, venue[1] if rng.random() < .7 else venue[0], .25),
            "year": maybe(rng, year + (rng.random() < .08), .35)}


def citations(folder, rng, papers=2500):
    sheet = Sheet(folder, "citations", "a", "b")
    for person in range(papers):
        work = paper(rng)
        where = rng.random()
        if where < .75:
            sheet.add(person, tidy(*work), "a")
        if where > .4:
            sheet.add(person, untidy(rng, *work), "b")
    sheet.write(rng)


def papers(folder, rng, number=180):
    sheet = Sheet(folder, "papers")
    for person in range(number):
        work = paper(rng)
        for _ in range(rng.choice([1, 2, 4, 8, 12])):
            sheet.add(person, untidy(rng, *work))
    sheet.write(rng)


def products(folder, rng, number=1300):
    sheet, person = Sheet(folder, "products", "a", "b"), 0
    while person < number:
        maker, (thing, words) = zipf(rng, MAKER), rng.choice(PRODUCT)
        series, price = "".join(rng.choice(string.ascii_uppercase) for _ in range(2)), round(rng.lognormvariate(4.5, 1), 2)
        for _ in range(rng.choice([1, 1, 2, 4])):  # variants
            person += 1
            model = f"{series}{rng.randrange(100, 999)}"
            extra = rng.sample(words.split(), 2)
            where = rng.random()
            if where < .8:
                sheet.add(person, {"title": f"{maker} {model} {' '.join(extra)} {thing}", "manufacturer": maker, "price": price}, "a")
            if where > .4:
                more = rng.sample(words.split(), rng.choice([1, 2, 3]))
                shown = maybe(rng, model if rng.random() < .8 else model[:2] + "-" + model[2:], .12)
                title = " ".join(w for w in [maker if rng.random() < .9 else "", thing, *more, shown] if w)
                sheet.add(person, {"title": title, "manufacturer": maybe(rng, maker, .5),
                                   "price": maybe(rng, round(price * rng.uniform(.85, 1.1), 2), .3)}, "b")
    sheet.write(rng)


def restaurants(folder, rng, number=700):
    sheet = Sheet(folder, "restaurants")
    for person in range(number):
        owner = rng.choice(SURNAME) if rng.random() < .5 else rare(rng)
        name, street, town = f"{owner}'s {rng.choice(PLACE)}", f"{rng.randrange(1, 9000)} {rng.choice(STREET)} st.", zipf(rng, TOWN)
        phone, kind = f"{rng.randrange(200, 220)}-{rng.randrange(200, 999)}-{rng.randrange(1000, 9999)}", rng.choice(CUISINE)
        sheet.add(person, {"name": name, "address": street, "city": town, "phone": phone, "type": kind})
        if rng.random() < .16:
            name = rng.choice([name, f"{owner}'s", slip(rng, name), "the " + name])
            street = street.replace("st.", rng.choice(["street", "st.", "st. between main and 3rd"]))
            sheet.add(person, {"name": name, "address": street, "city": zipf(rng, TOWN) if rng.random() < .1 else town,
                               "phone": phone.replace("-", "/", 1) if rng.random() < .9 else phone[:-1] + "0",
                               "type": kind if rng.random() < .5 else rng.choice(CUISINE)})
    sheet.write(rng)


def main():
    folder, seed = pathlib.Path(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])
    folder.mkdir(parents=True, exist_ok=True)
    for make in (people, citations, papers, products, restaurants):
        make(folder, random.Random(f"{make.__name__} {seed}"))


main()
