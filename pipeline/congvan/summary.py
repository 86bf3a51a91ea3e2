"""What a reader wants to know of a document, in Vietnamese words: for the report and the page.

Nothing here finds anything: it groups, counts and words what a :class:`Document` holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .lookups import rows
from .wording import clean, vn_date

if TYPE_CHECKING:
    from .document import Citation, Document, Due, Entity, Section, Unit

UNKNOWN = "—"

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


@cache
def _notes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["label"]) for row in rows("notes_vi"))


def vn_note(note: str) -> str:
    """Returns a warning or a repair in Vietnamese, as it is where the table does not know it.

    >>> vn_note("page 4 is broken and was left out")
    'trang 4 bị hỏng nên không đọc được'
    """
    for pattern, words in _notes():
        m = pattern.fullmatch(note)
        if m:
            return m.expand(words)
    return note


def shorten(text: str, limit: int) -> str:
    """Returns at most ``limit`` code points of ``text``, cut between words."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.-") + " …"


def due_words(due: Due) -> str:
    """Returns "trước 06/05/2021", "ngày 25 hằng tháng"; for an undated event that it is one."""
    if not due.value:
        return label("due_kind", "event") if due.kind == "event" else label("due_kind", due.kind)
    value = vn_date(due.value)
    if value[:1].isdigit() and due.bound in ("within", "at") and "/" not in due.value:
        value = f"ngày {value}" if "T" not in due.value else f"lúc {value}"
    return value if due.bound == "recurring" else f"{label('bound', due.bound)} {value}"


# Where one task of a long item ends and the next begins. Hits: "; ", " (2) ", ". B"; near misses:
# "TP. Huế", "(sau đây gọi là".
_CLAUSE_RE = re.compile(r";\s|(?<=[\s;:])(?=\(\d{1,2}\)\s)|(?<=[a-zà-ỹđ\d)”])\.\s(?=[A-ZĐÀ-Ỹ(])")
_HEAD_RE = re.compile(r"[^:;(]{3,80}:")
# A part shorter than this (code points) needs what stands before it; a head is as long.
_CONTEXT = 60


def due_clause(unit: Unit, due: Due, limit: int) -> str:
    """Returns what must be done by ``due``: the unit, or of a long one the part with the words.

    The beginning up to a colon stays, because it says who ("b) Bộ Công an: … (2) Tham mưu …").

    Args:
        unit: The unit.
        due: A due expression in it.
        limit: The length (code points) from which on only a part is given.
    """
    text = unit.text
    whole = clean(f"{unit.marker or ''} {text}")
    if len(whole) <= limit or not unit.start <= due.start < due.end <= unit.end:
        return shorten(whole, limit)
    at, end = due.start - unit.start, due.end - unit.start
    cuts = [0, *(m.end() for m in _CLAUSE_RE.finditer(text)), len(text)]
    before = [c for c in cuts if c <= at]
    last = next((c for c in cuts if c >= end), len(text))
    # "… hoàn thành trước ngày 25." alone does not say what.
    first = next((c for c in reversed(before) if end - c >= _CONTEXT), 0)
    first = max(first, end - limit)
    m = _HEAD_RE.match(text)
    head = m[0] if m and m.end() <= first else shorten(text[:_CONTEXT], _CONTEXT - 10)
    marker = unit.marker or ""
    if first <= len(head) + 2:  # the part begins where the head ends
        return shorten(whole, max(limit, len(marker) + 1 + end + 2))
    part = clean(text[first:last])
    if first not in cuts:
        part = part.partition(" ")[2]
    part = shorten(part, max(limit, end - first + 2)).rstrip(" ;")
    joint = "" if head.endswith("…") or text[len(head) : first].strip() == "" else " …"
    rest = " …" if last < len(text) and not part.endswith("…") else ""
    return clean(f"{marker} {head}{joint} {part}{rest}")


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
    number = _BLANKS_RE.sub(r"\1", text[found.start() :])
    if ref.symbol and not _LETTER_RE.search(text, found.end()):
        # Of "các Kết luận số 187, 188-KL/TW" the first number has its symbol from the last.
        number += f"{'-' if '/' in ref.symbol else '/'}{ref.symbol}"
    return f"{ref.type or ''} {number}".strip()


# Blanks inside a number. Hits: "188- KL/TW", "2279 / BKHĐT"; near miss: "15/UBND ngày".
_BLANKS_RE = re.compile(r"\s{0,3}([-/])\s{0,3}")
_LETTER_RE = re.compile(r"[^\W\d_]{2}")


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
        relations=tuple(
            (a, r, tuple(w))
            for (a, r), w in sorted(relations.items(), key=lambda item: item[0][0] != "this")
        ),
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


# Keys of places that are no section.
_START, _END, _NOTE, _TABLE = None, "@end", "@note", "@table"
_ANNEX_RE = re.compile(r"phụ lục(?:\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,5}|[A-Z])\b)?", re.I)


def section_paths(doc: Document) -> dict[str | None, str]:
    """Returns "II › 1 › a" for every section id, and a name for what stands in no section."""
    start = "phần mở đầu" if doc.sections else "nội dung"
    paths: dict[str | None, str] = {
        _START: start, _END: "phần cuối", _NOTE: "chú thích", _TABLE: "bảng"
    }  # fmt: skip
    for annex in doc.annexes:
        m = _ANNEX_RE.match(clean(annex.title))
        name = m[0] if m else "phụ lục"
        paths[f"@{annex.id}"] = name[:1].lower() + name[1:].replace("HỤ LỤC", "hụ lục")
    for section in doc.sections:
        own = mark(section.marker) or shorten(clean(section.heading), 24)
        above = paths.get(section.parent, "") if section.parent else ""
        annexed = next((a for a in doc.annexes if a.start <= section.start < a.end), None)
        if annexed is not None and not above:
            above = paths[f"@{annexed.id}"]
        paths[section.id] = f"{above} › {own}" if above else own
    return paths


def spot(doc: Document, section: str | None, start: int) -> str | None:
    """Returns the key in :func:`section_paths` of what stands at ``start``."""
    if section is not None:
        return section
    for annex in doc.annexes:
        if annex.start <= start < annex.end:
            return f"@{annex.id}"
    if any(note.start <= start < note.end for note in doc.footnotes):
        return _NOTE
    if any(table.start <= start < table.end for table in doc.tables):
        return _TABLE
    return _END if doc.sections and start >= doc.sections[-1].end else _START


def places(sections: Iterable[str | None], paths: dict[str | None, str]) -> str:
    """Returns "mục 1, 2 › a; phụ lục I", "Điều 5": where something stands, each place once."""
    numbered: list[str] = []
    named: list[str] = []
    for key in dict.fromkeys(sections):
        path = paths.get(key, "?")
        # "Điều 5", "phụ lục I › 2" say themselves what they are; "II" and "1 › a" do not.
        says = key is None or key.startswith("@") or " " in path.split(" › ")[0]
        (named if says else numbered).append(path)
    first = [f"mục {', '.join(dict.fromkeys(numbered))}"] if numbered else []
    return "; ".join([*first, *dict.fromkeys(named)])


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


def annex_titles(doc: Document) -> dict[str, str]:
    """Returns the title of an annex by the id of the first section that stands in it."""
    out = {}
    for annex in doc.annexes:
        first = next((s for s in doc.sections if annex.start <= s.start < annex.end), None)
        if first is not None:
            out[first.id] = shorten(clean(annex.title), 100)
    return out


def dated(doc: Document) -> list[tuple[Unit, Due, str]]:
    """Returns ``(unit, due, who)`` for each due expression, the earliest first, undated last.

    Who must act is what the directive says. Where it says nothing, it is the body that the part
    of the unit with the due expression begins with ("…; Sở Xây dựng thẩm định trước ngày 20"),
    then the one that presented the item.
    """
    units = {unit.id: unit for unit in doc.units}
    sections = {section.id: section for section in doc.sections}
    bodies = {e.start: e for e in doc.entities if e.type == "AGENCY"}
    found = []
    for directive in doc.directives:
        unit = units.get(directive.unit)
        if unit is None:
            continue
        said = "; ".join(map(clean, directive.assignees_text or directive.assignees))
        at = sections.get(unit.section or "")
        presenter = ""
        while not presenter and at is not None:
            presenter = clean(at.presenter or at.presenter_value)
            at = sections.get(at.parent or "")
        found += [
            (unit, due, said or _subject(doc, unit, due, bodies) or presenter)
            for due in directive.due
        ]
    return sorted(found, key=lambda x: (_last(x[1]), x[1].start))


# What may stand before the body that must act. Hits: "(2) ", "Giao ", "- Đề nghị ".
_BEFORE_WHO_RE = re.compile(r"(?:\(\d{1,2}\)\s|[-–+•]\s)?(?:(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu)\s)?")
# What the issuer itself does, who then is not the one that must act.
# Hit: "UBND tỉnh giao Sở Y tế"; near miss: "UBND tỉnh trình HĐND tỉnh".
_ISSUER_ACTS_RE = re.compile(
    r"\s{1,3}(?:cơ bản |đã |cũng )?"
    r"(?:giao|yêu cầu|đề nghị|đồng ý|thống nhất|chấp thuận|ghi nhận|nhận)\b"
)


# A group that no name stands for. Hits: "các bộ, ngành, địa phương", "Các đơn vị liên quan";
# near miss: "các nội dung".
_GROUP_RE = re.compile(
    r"[Cc]ác (?:bộ|sở|ban|ngành|cơ quan|đơn vị|địa phương|phòng|huyện|xã)\b"
    r"(?:,? (?:và )?(?:sở|ban|ngành|cơ quan|đơn vị|đoàn thể|địa phương|huyện|thị xã|thành phố|xã|"
    r"phường|có liên quan|liên quan)\b){0,6}"
)


def _subject(doc: Document, unit: Unit, due: Due, bodies: Mapping[int, Entity]) -> str:
    """Returns the body, or the group, that the nearest part before ``due`` begins with."""
    starts = [0, *(m.end() for m in _CLAUSE_RE.finditer(unit.text))]
    for start in reversed([s for s in starts if unit.start + s < due.start]):
        m = _BEFORE_WHO_RE.match(unit.text, start)
        at = m.end() if m else start
        body = bodies.get(unit.start + at)
        if body is not None and not _ISSUER_ACTS_RE.match(doc.text, body.end):
            return clean(body.text)
        group = _GROUP_RE.match(unit.text, at) if body is None else None
        if group is not None:
            return clean(group[0])
    return ""


def _last(due: Due) -> str:
    # The end of a period counts; "2021-05" sorts after its days, an undated event after all.
    value = due.value or ""
    return value.rpartition("/")[2] + "~" if value[:1].isdigit() else "~" if value else "~~"


def header_fields(doc: Document, *, folder: bool = True) -> list[tuple[str, str]]:
    """Returns ``(title, value)`` of what the letterhead and the end of the document say.

    ``folder`` is False where the file's name must do: a page that is passed on.
    """
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
        "source": clean(source.path if folder else re.split(r"[/\\]", source.path)[-1])
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
    out = [vn_note(note) for note in doc.warnings]
    out += [f"đã sửa: {vn_note(note)}" for note in doc.source.repairs]
    for ref in doc.citations:
        out += [f"{instrument_name(ref)}: {vn_note(note)}" for note in ref.repairs]
    return list(dict.fromkeys(map(clean, out)))


def label_counts(doc: Document) -> str:
    """Returns "bổ sung 12, rà soát 5", or "" where no unit has a label."""
    counts: dict[str, int] = {}
    for unit in doc.units:
        for name in unit.labels:
            counts[name] = counts.get(name, 0) + 1
    return ", ".join(f"{label('label', name)} {n}" for name, n in counts.items())
