"""What a reader wants to know of a document, in Vietnamese words: for the report and the page.

Nothing here finds anything: it groups, counts and words what a :class:`Document` holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .lookups import rows

if TYPE_CHECKING:
    from .document import Citation, Document, Due, Section, Unit

UNKNOWN = "—"
_ISO_RE = re.compile(
    # hit: 2021, 2021-05, 2021-05-06, 2025-12-05T17:00, 2021-Q2, 2021-H1, 2021-W23; miss: 06/05/2021
    r"(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|W(?P<w>\d\d?)|(?P<m>\d\d)(?:-(?P<d>\d\d)"
    r"(?:T(?P<H>\d\d):(?P<M>\d\d)(?::\d\d)?)?)?))?"
)
_ROMAN = ("", "I", "II", "III", "IV")
_WEEKDAYS = {"MO": "thứ Hai", "TU": "thứ Ba", "WE": "thứ Tư", "TH": "thứ Năm", "FR": "thứ Sáu",
             "SA": "thứ Bảy", "SU": "Chủ nhật"}  # fmt: skip


# ---------------------------------------------------------------- words


@cache
def _labels() -> dict[tuple[str, str], str]:
    return {(row["group"], row["key"]): row["label"] for row in rows("labels_vi")}


def label(group: str, key: str) -> str:
    """Returns the Vietnamese word for a name of the data model, the name itself if there is none.

    >>> label("relation", "implements")
    'thực hiện'
    """
    return _labels().get((group, key), key)


def clean(text: str | None) -> str:
    """Returns ``text`` on one line without characters that command a terminal (ESC, bidi)."""
    line = " ".join((text or "").split())
    return line if line.isprintable() else "".join(c for c in line if c.isprintable())


def shorten(text: str, limit: int) -> str:
    """Returns at most ``limit`` code points of ``text``, cut between words."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.-") + " …"


def vn_date(iso: str | None) -> str:
    """Returns an ISO 8601 value, or an RFC 5545 rule, as a Vietnamese office writes it.

    >>> vn_date("2021-05-06"), vn_date("2021-05"), vn_date("2021-Q2"), vn_date("2021/2025")
    ('06/05/2021', 'tháng 5/2021', 'quý II/2021', 'năm 2021 – 2025')
    """
    if not iso:
        return ""
    if iso.startswith("FREQ="):
        return _vn_rule(iso)
    first, slash, last = iso.partition("/")
    a, b = _ISO_RE.fullmatch(first), _ISO_RE.fullmatch(last)
    if a is None or (slash and b is None):
        return clean(iso)
    if b is None:
        return _vn_point(a)
    halves = {("01", "06"): "đầu", ("07", "12"): "cuối"}
    if a["y"] == b["y"] and not a["d"] and (a["m"], b["m"]) in halves:
        return f"6 tháng {halves[a['m'], b['m']]} năm {a['y']}"
    if a["m"] is b["m"] is None and a["q"] is b["q"] is None:
        return f"năm {a['y']} – {b['y']}"
    return f"{_vn_point(a)} – {_vn_point(b)}"


def _vn_point(m: re.Match[str]) -> str:
    if m["d"]:
        day = f"{m['d']}/{m['m']}/{m['y']}"
        return f"{int(m['H'])} giờ {m['M']} ngày {day}" if m["H"] else day
    if m["m"]:
        return f"tháng {int(m['m'])}/{m['y']}"
    if m["q"]:
        return f"quý {_ROMAN[int(m['q'])]}/{m['y']}"
    if m["h"]:
        return f"6 tháng {'đầu' if m['h'] == '1' else 'cuối'} năm {m['y']}"
    return f"tuần {int(m['w'])}/{m['y']}" if m["w"] else f"năm {m['y']}"


def _vn_rule(rule: str) -> str:
    parts = dict(p.partition("=")[::2] for p in rule.split(";"))
    every = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
    unit = every.get(parts.get("FREQ", ""))
    if unit is None:
        return clean(rule)
    n = parts.get("INTERVAL", "1")
    often = f"hằng {unit}" if n == "1" else f"{n} {unit} một lần"
    if unit == "tháng" and n == "3":
        often = "hằng quý"
    months = [m for m in parts.get("BYMONTH", "").split(",") if m]
    days = [d for d in parts.get("BYMONTHDAY", "").split(",") if d]
    if len(days) == len(months) == 1 and days != ["-1"]:
        return f"ngày {days[0]}/{months[0]} {often}"
    weekdays = [_vn_weekday(d) for d in parts.get("BYDAY", "").split(",") if d]
    words = [", ".join(weekdays)] if weekdays else []
    if days:
        words.append("ngày " + ", ".join("cuối cùng" if d == "-1" else d for d in days))
    if len(months) == 1:
        words.append(f"tháng {months[0]}")
    elif months:  # "ngày 20 các tháng 3, 6, 9, 12" says itself how often
        return " ".join([*words, "các tháng", ", ".join(months)])
    return " ".join([*words, often])


def _vn_weekday(day: str) -> str:
    # RFC 5545: "FR", the first Monday "1MO", the last Friday "-1FR".
    name = _WEEKDAYS.get(day[-2:], day)
    place = {"": "", "1": " đầu tiên", "-1": " cuối cùng"}.get(day[:-2], f" thứ {day[:-2]}")
    return name + place


def due_words(due: Due) -> str:
    """Returns "trước 06/05/2021", "ngày 25 hằng tháng"; for an undated event that it is one."""
    if not due.value:
        return label("due_kind", "event") if due.kind == "event" else label("due_kind", due.kind)
    value = vn_date(due.value)
    return value if due.bound == "recurring" else f"{label('bound', due.bound)} {value}"


# ---------------------------------------------------------------- summaries


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited instrument: its name, what is known of it, its mentions in reading order.

    ``date`` is the year where that is all that is known and the name does not say it.
    ``relations`` holds ``(agent, relation, words)``, each pair once, "mentions" only alone.
    """

    document: str
    name: str
    date: str | None
    issuer: str | None
    complete: bool
    mentions: tuple[Citation, ...]
    relations: tuple[tuple[str, str, tuple[str, ...]], ...]


def instrument_name(ref: Citation) -> str:
    """Returns the short name: "Nghị định 107/2020/NĐ-CP", "Luật Đất đai năm 2013"."""
    text = clean(ref.text)
    if not ref.number:
        return text
    # From the number on, which the writer may have padded: "05/2019/TT-BTC" for number 5.
    found = re.search(rf"(?<![\w/-])0{{0,4}}{re.escape(ref.number)}(?!\d)", text)
    if found is None:
        return text
    return f"{ref.type or ''} {text[found.start() :]}".strip()


def cited(doc: Document) -> tuple[Cited, ...]:
    """Returns the cited instruments in the order of their first mention."""
    groups: dict[str, list[Citation]] = {}
    for ref in doc.citations:
        groups.setdefault(ref.document, []).append(ref)
    return tuple(_cited(document, refs) for document, refs in groups.items())


def _cited(document: str, refs: list[Citation]) -> Cited:
    relations: dict[tuple[str, str], list[str]] = {}
    for ref in refs:
        words = relations.setdefault((ref.agent, ref.relation), [])
        if ref.evidence is not None and clean(ref.evidence.text).lower() not in words:
            words.append(clean(ref.evidence.text).lower())
    if len(relations) > 1:
        relations = {k: v for k, v in relations.items() if k[1] != "mentions"} or relations
    return Cited(
        document=document,
        name=instrument_name(next((r for r in refs if r.type), refs[0])),
        date=next((r.date for r in refs if r.date), None)
        or next((str(r.year) for r in refs if r.year and str(r.year) not in r.text), None),
        issuer=next((clean(r.issuer) for r in refs if r.issuer), None),
        complete=any(r.complete for r in refs),
        mentions=tuple(refs),
        relations=tuple((a, r, tuple(w)) for (a, r), w in relations.items()),
    )


def agent_name(agent: str, names: dict[str, str]) -> str:
    """Returns who stands in a relation: "" for this document, "dự thảo", or an instrument."""
    return "" if agent == "this" else names.get(agent) or label("agent", agent)


def relation_words(item: Cited, names: dict[str, str]) -> str:
    """Returns "thực hiện “cụ thể hóa”; dự thảo: thay thế": words are quoted where they differ."""
    out = []
    for agent, relation, words in item.relations:
        who = agent_name(agent, names)
        name = label("relation", relation)
        quoted = " ".join(f"“{w}”" for w in words if w != name)
        out.append(f"{who + ': ' if who else ''}{name} {quoted}".strip())
    return "; ".join(out)


def edges(doc: Document, names: dict[str, str]) -> list[str]:
    """Returns the relations of which this document is no part, one sentence each."""
    out: dict[str, None] = {}
    for edge in doc.relations:
        if edge.source in ("this", doc.document) or edge.source not in (*names, "draft"):
            continue
        target = names.get(edge.target, edge.target)
        out[f"{agent_name(edge.source, names)} {label('relation', edge.verb)} {target}"] = None
    return list(out)


def mark(marker: str | None) -> str:
    """Returns a marker without what closes it: "1." -> "1", "a)" -> "a"."""
    return clean(marker).rstrip(".):").strip()


def section_paths(doc: Document) -> dict[str | None, str]:
    """Returns "II › 1 › a" for every section id; None stands for what is in no section."""
    paths: dict[str | None, str] = {None: "mở đầu"}
    for section in doc.sections:
        own = mark(section.marker) or shorten(clean(section.heading), 24)
        above = paths.get(section.parent, "") if section.parent else ""
        paths[section.id] = f"{above} › {own}" if above else own
    return paths


def places(sections: Iterable[str | None], paths: dict[str | None, str]) -> str:
    """Returns "mục 1, 2 › a", "Điều 5", "phần mở đầu": where something stands."""
    found = list(dict.fromkeys(paths.get(section, "?") for section in sections))
    if found == [paths[None]]:
        return f"phần {paths[None]}"
    # "Điều 5" says itself what it is; "II" and "1 › a" do not.
    return ("" if found and " " in found[0].split(" › ")[0] else "mục ") + ", ".join(found)


def outline(doc: Document) -> list[tuple[int, Section, int]]:
    """Returns ``(depth from 0, section, units in it and below it)`` in reading order."""
    depth: dict[str, int] = {}
    for section in doc.sections:
        depth[section.id] = depth.get(section.parent or "", -1) + 1
    total = dict.fromkeys(depth, 0)
    for unit in doc.units:
        if unit.section in total:
            total[unit.section] += 1
    for section in reversed(doc.sections):
        if section.parent in total:
            total[section.parent] += total[section.id]
    return [(depth[s.id], s, total[s.id]) for s in doc.sections]


def dated(doc: Document) -> list[tuple[Unit, Due, str]]:
    """Returns ``(unit, due, who)`` for each due expression, the earliest first, undated last."""
    units = {unit.id: unit for unit in doc.units}
    sections = {section.id: section for section in doc.sections}
    found = []
    for directive in doc.directives:
        unit = units.get(directive.unit)
        if unit is None:
            continue
        who = "; ".join(map(clean, directive.assignees_text or directive.assignees))
        at = sections.get(unit.section or "")
        while not who and at is not None:
            who = clean(at.presenter or at.presenter_value)
            at = sections.get(at.parent or "")
        found += [(unit, due, who) for due in directive.due]
    return sorted(found, key=lambda x: (_last(x[1]), x[1].start))


def _last(due: Due) -> str:
    # The end of a period counts; "2021-05" sorts after its days, an undated event after all.
    value = due.value or ""
    return value.rpartition("/")[2] + "~" if value[:1].isdigit() else "~" if value else "~~"


def header_fields(doc: Document) -> list[tuple[str, str]]:
    """Returns ``(title, value)`` of what the letterhead and the end of the document say."""
    h, sign, source = doc.header, doc.signature, doc.source
    place = f", {clean(h.place)}" if h.place and h.date else clean(h.place)
    signer = (sign.name, sign.authority, sign.position) if sign else ()
    fields = {
        "issuer": clean(h.issuer_value or h.issuer)
        + (f" ({clean(h.parent_issuer)})" if h.parent_issuer else ""),
        "date": vn_date(h.date) + place,
        "urgency": clean(h.urgency),
        "secrecy": clean(h.secrecy),
        "addressees": "; ".join(map(clean, h.addressees)),
        "recipients": f"{len(doc.recipients)} nơi" if doc.recipients else "",
        "signature": ", ".join(filter(None, map(clean, signer))),
        "source": clean(source.path)
        + (f", {source.pages} trang" if source.pages else "")
        + (", đọc từ ảnh (OCR)" if source.ocr else ""),
    }
    return [(label("column", key), value) for key, value in fields.items() if value]


def title(doc: Document) -> str:
    """Returns "THÔNG BÁO số …/TB-UBND"; a number left blank on the paper is "…"."""
    h = doc.header
    name = clean(h.doc_type) or "Văn bản"
    if not (h.number or h.symbol):
        return name.upper()
    # State papers "15/TB-UBND", Party papers "15-KL/TW": the symbol's slash tells them apart.
    party = h.form == "party" or (h.form is None and "/" in (h.symbol or ""))
    number = _number_as_written(doc) or f"{h.number or '…'}{'-' if party else '/'}{h.symbol or '…'}"
    return f"{name.upper()} số {number}"


def _number_as_written(doc: Document) -> str:
    span = doc.header.spans.get("symbol")
    first = doc.header.spans.get("number", span)
    if span is None or first is None or not doc.header.number:
        return ""
    written = clean(doc.text[first[0] : span[1]])
    return written if len(written) <= 40 else ""


def notes(doc: Document) -> list[str]:
    """Returns the warnings and what was repaired on the way, each once."""
    out = [*doc.warnings, *(f"đã sửa: {r}" for r in doc.source.repairs)]
    for ref in doc.citations:
        out += [f"{instrument_name(ref)}: {r}" for r in ref.repairs]
    return list(dict.fromkeys(map(clean, out)))


def label_counts(doc: Document) -> str:
    """Returns "bổ sung 12, rà soát 5", or "" where no unit has a label."""
    counts: dict[str, int] = {}
    for unit in doc.units:
        for name in unit.labels:
            counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{label('label', name)} {n}" for name, n in counts.items())
