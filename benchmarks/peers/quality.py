"""Pairwise quality, the same for dusach and its peers.

The forms that count are those of the truth file that are not malformed and
whose form_id belongs to one person only. A form that a system lost or refused
stands alone.
"""

import csv
import itertools

csv.field_size_limit(1 << 30)


def read_truth(path):
    """The person of every form that counts, and how it was made different."""
    person, process, ambiguous = {}, {}, set()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            form = row["form_id"]
            if row["malformed"]:
                ambiguous.add(form)
            elif person.setdefault(form, row["person_id"]) != row["person_id"]:
                ambiguous.add(form)
            else:
                process[form] = row["process"].split("+") if row["process"] else []
    for form in ambiguous:
        person.pop(form, None)
    return person, process


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def scores(true, found, right):
    precision = right / found if found else 1.0
    recall = right / true if true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 5), "recall": round(recall, 5), "f1": round(f1, 5)}


def true_pairs(truth):
    counts = {}
    for person in truth.values():
        counts[person] = counts.get(person, 0) + 1
    return pairs(counts.values())


def of_clusters(truth, cluster):
    """Quality of a cluster for every form, {form: cluster}."""
    sizes, joint = {}, {}
    for form, c in cluster.items():
        if (person := truth.get(form)) is not None:
            sizes[c] = sizes.get(c, 0) + 1
            joint[c, person] = joint.get((c, person), 0) + 1
    return scores(true_pairs(truth), pairs(sizes.values()), pairs(joint.values()))


def by_process(truth, process, cluster):
    """Recall over the true pairs of which a form went through a process."""
    people, count, found = {}, {}, {}
    for form, person in truth.items():
        people.setdefault(person, []).append(form)
    for forms in people.values():
        for a, b in itertools.combinations(forms, 2):
            for name in {*process[a], *process[b]}:
                count[name] = count.get(name, 0) + 1
                found[name] = found.get(name, 0) + (cluster.get(a, a) == cluster.get(b, b))
    return {name: {"pairs": count[name], "recall": round(found[name] / count[name], 4)} for name in sorted(count)}


class Clusters:
    """Closure that knows, after each link, how many pairs are found and right."""

    def __init__(self, truth):
        self.truth, self.parent, self.members = truth, {}, {}
        self.found = self.right = 0

    def root(self, form):
        parent = self.parent
        while (up := parent.get(form, form)) != form:
            parent[form] = parent.get(up, up)
            form = up
        return form

    def people(self, root):
        return self.members.setdefault(root, {self.truth[root]: 1})

    def join(self, a, b):
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        mine, other = self.people(a), self.people(b)
        if len(mine) < len(other):
            a, b, mine, other = b, a, other, mine
        self.found += sum(mine.values()) * sum(other.values())
        for person, n in other.items():
            self.right += n * mine.get(person, 0)
            mine[person] = mine.get(person, 0) + n
        self.parent[a] = self.parent[b] = a
        del self.members[b]


def closure(truth, links, threshold):
    """The cluster of every linked form at one threshold."""
    clusters = Clusters(truth)
    for weight, a, b in links:
        if weight >= threshold and a in truth and b in truth:
            clusters.join(a, b)
    return {form: clusters.root(form) for form in clusters.parent}


def sweep(truth, links, steps):
    """Quality at every threshold of steps, as closure and as bare links.

    links: (weight, form, form), of any order. Links to forms that do not count
    are left out, so a malformed form never glues two persons together.
    """
    true = true_pairs(truth)
    links = sorted((l for l in links if l[1] in truth and l[2] in truth and l[1] != l[2]), reverse=True)
    clusters, at, right, result, done = Clusters(truth), 0, 0, [], set()
    for threshold in sorted(steps, reverse=True):
        while at < len(links) and links[at][0] >= threshold:
            _, a, b = links[at]
            at += 1
            if (pair := (a, b) if a < b else (b, a)) in done:
                continue
            done.add(pair)
            right += truth[a] == truth[b]
            clusters.join(a, b)
        result.append({"threshold_bits": threshold,
                       "clusters": scores(true, clusters.found, clusters.right),
                       "links": scores(true, len(done), right)})
    return result


def best(table):
    """The row and the way (clusters or links) with the highest F1."""
    row, way = max(((row, way) for row in table for way in ("clusters", "links")), key=lambda x: x[0][x[1]]["f1"])
    return {"threshold_bits": row["threshold_bits"], "as": way, **row[way]}
