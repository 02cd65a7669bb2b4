"""The hand of an office, read by somebody else: what the column written_as of the
table forms gives back of the clean values. See pipeline/record/hand.go.
"""

FIELDS = {
    "names": ["full_name", "other_name", "head_name", "father_name", "mother_name", "spouse_name", "guardian_name"],
    "dates": ["birth_date"],
    "stamps": ["collected_at", "event_date"],
    "phones": ["phone"],
}


def cased(text, turn):
    return "".join(turn(c) if ord(c) < 0x1F00 and len(turn(c)) == 1 else c for c in text)


def dated(text, style):
    sign = next(c for c in style if c in "/-.")
    day, _, year = style.split(sign)
    parts = text.split("-")
    if len(day) == 1:
        parts[1:] = [part.removeprefix("0") for part in parts[1:]]
    if len(year) == 2 and len(parts) > 1:
        parts[0] = parts[0][2:]
    return sign.join(reversed(parts))


def phoned(text, style):
    if len(text) != 10 or text[0] != "0":
        return text
    match style:
        case "without_0":
            return text[1:]
        case "+84" | "84":
            return style + text[1:]
    return style[1].replace("_", " ").join([text[:4], text[4:7], text[7:]])


def write(group, style, text):
    if group == "names":
        return cased(text, str.upper if style == "UPPER" else str.lower)
    if group == "phones":
        return phoned(text, style)
    return dated(text, style)


def restore(row):
    """Takes written_as out of a row of forms and puts what it says into raw_values."""
    raw = {entry["field"]: entry["value"] for entry in row["raw_values"]}
    for word in (row.pop("written_as") or "").split():
        group, style = word.split("=")
        for field in FIELDS[group]:
            clean = row[field]
            if clean and field not in raw and (came := write(group, style, clean)) != clean:
                raw[field] = came
    row["raw_values"] = in_order(raw)
    return row


def in_order(raw):
    return [{"field": field, "value": raw[field]} for field in sorted(raw)]
