"""One document against what is expected of it: which item answers which, and which fields agree.

Three kinds of expectation have one form, a JSON object of which every part may be absent:

* gold of real documents: items carry the 1-based ``line`` of the file and pair on line and text;
  ``date`` and ``issuer`` of a citation say what is written there, so None accepts anything;
* golden trees of our own notices: items stand in reading order and pair by alignment; None means
  that the document never says it, so an answer there is wrong (``strict``). Only year and issuer
  may then be concluded from a number or a type ("TTg", "Luật"): such an answer is not counted;
* facts of a document that is not ours: the second form, with counts instead of sentences.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .compare_commands import compare_commands
from .document import Citation, Document, Header, Pinpoint, Section
from .scoring import Item, Tally, line_finder, norm, same_name
from .text import shadow

_HEADER_FIELDS = frozenset(Header.__dataclass_fields__) - {"spans", "addressees"}
# Hit: "ngày 29/4/2021"; near miss: "tháng 4/2021".
FULL_DATE_RE = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
# Gold gives the first 40 characters of a unit; blanks aside, this many are always there.
_UNIT_KEY = 24


def compare(
    doc: Document, expected: Mapping[str, Any], *, source: str | None = None, strict: bool = True
) -> Tally:
    """Returns the scores of ``doc`` against ``expected``.

    Args:
        expected: See the module; the name of the file stands in ``doc``.
        source: The decoded file, which lines are counted in; needed where items carry lines.
        strict: What is None in ``expected`` must be None in ``doc``; items pair in order.
    """
    tally = Tally(str(expected["doc"]))
    line = line_finder(doc, source)
    _citations(tally, doc, expected, line, strict)
    _units(tally, doc, expected, line, strict)
    _entities(tally, doc, expected, line, strict)
    _header(tally, doc, expected)
    _sections(tally, doc, expected, line)
    _facts(tally, doc, expected)
    return tally


def _key(item: Mapping[str, Any] | None, line: int, text: str, strict: bool) -> Any:
    return text if strict else (item["line"] if item else line, text)


def _item(found: Any, line: Callable[[int], int], strict: bool, *extra: Any) -> Item:
    at = line(found.start)
    return Item(at, found.text, (_key(None, at, norm(found.text), strict), *extra), found)


def _gold(item: Mapping[str, Any], strict: bool, *extra: Any) -> Item:
    key = _key(item, 0, norm(item["text"]), strict)
    return Item(item.get("line"), item["text"], (key, *extra), item, item.get("unsure") is True)


def _described(
    line: int | None, type: str | None, number: str | None, symbol: str | None, value: Any
) -> Item:
    name = f"{number}/{symbol}" if number else type or "?"
    return Item(line, name, norm(name), value)


# ---------------------------------------------------------------- citations


def _citations(
    tally: Tally,
    doc: Document,
    expected: Mapping[str, Any],
    line: Callable[[int], int],
    strict: bool,
) -> None:
    if "citations" not in expected:
        return
    # Facts describe a citation without quoting it; number, symbol and type then name it.
    quoted = all("text" in c for c in expected["citations"])
    if quoted:
        gold = [_gold(c, strict) for c in expected["citations"]]
        ours = [_item(c, line, strict) for c in doc.citations]
    else:
        gold = [
            _described(None, c["type"], c["number"], c["symbol"], c) for c in expected["citations"]
        ]
        ours = [_described(line(c.start), c.type, c.number, c.symbol, c) for c in doc.citations]
    pairs = tally.spans("citations", gold, ours, in_order=strict)
    sure = [(g, o) for g, o in pairs if not g.unsure]
    tally.identity(
        "identity", [(g.value["key"], o.value.document, o.text, o.line) for g, o in sure]
    )
    for g, o in pairs:
        for name, right, want, got in citation_fields(g.value, o.value, strict=strict):
            tally.check(name, right, g.text, want, got, o.line)
    ids = _documents((g.value["key"], o.value) for g, o in pairs)
    if "relations" in expected:
        _relations(tally, doc, expected["relations"], ids)
    for source, verb, target in expected.get("includes", ()):
        wanted = (
            ids.get(source, doc.document if source == "this" else source),
            verb,
            ids.get(target),
        )
        got = [t for t in ((r.source, r.verb, r.target) for r in doc.relations) if t[1] == verb]
        tally.check("relations", wanted in got, f"{source} {verb} {target}", wanted, got)


def citation_fields(
    gold: Mapping[str, Any], ours: Citation, *, strict: bool
) -> Iterable[tuple[str, bool, Any, Any]]:
    """Yields ``(score, right, expected, got)`` for the fields that ``gold`` speaks of."""
    unsure = gold.get("unsure") is True  # two readings are defensible: what it is, who relates it
    if "number" in gold and not unsure:
        want, got = (gold["number"], gold["symbol"]), (ours.number, ours.symbol)
        yield "number, symbol", [norm(x) for x in want] == [norm(x) for x in got], want, got
    if "type" in gold:
        yield "type", norm(gold["type"]) == norm(ours.type), gold["type"], ours.type
    if "year" in gold and not (strict and _concluded(gold["year"], ours, "year", "date")):
        any_date = gold.get("date") is None and not (strict and "date" in gold)
        right = gold["year"] == ours.year and (any_date or gold["date"] == ours.date)
        yield "year, date", right, (gold["year"], gold.get("date")), (ours.year, ours.date)
    if gold.get("issuer"):
        yield "issuer", same_name(gold["issuer"], ours.issuer), gold["issuer"], ours.issuer
    elif strict and "issuer" in gold and not _concluded(None, ours, "issuer"):
        yield "issuer", ours.issuer is None, None, ours.issuer
    if "relation" in gold and not unsure:
        yield "relation", gold["relation"] == ours.relation, gold["relation"], ours.relation
    if "agent" in gold and not unsure:
        yield "agent", _same_agent(gold["agent"], ours.agent), gold["agent"], ours.agent
    if "pinpoint" in gold:
        got_pinpoint = ", ".join(_whole_pinpoints(ours.pinpoint or ())) or None
        right = _places(gold["pinpoint"]) == _places(got_pinpoint)
        yield "pinpoint", right, gold["pinpoint"], got_pinpoint


def _concluded(want: Any, ours: Citation, *fields: str) -> bool:
    """Returns True if the document never says ``fields[0]`` and ours does not claim that it does.

    Then ours comes from what stands for it (TTg is the Prime Minister, a law is of the National
    Assembly), which the expectation has nothing to say about.
    """
    answer = getattr(ours, fields[0])
    return want is None and answer is not None and not set(fields) & set(ours.written)


def _whole_pinpoints(pinpoints: Sequence[Pinpoint]) -> list[str]:
    """Returns the texts of pinpoints; "khoản 3 Điều 6" is part of "khoản 2, khoản 3 Điều 6"."""
    out: list[str] = []
    for p in pinpoints:
        if not out or not out[-1].endswith(p.text):
            out.append(p.text)
    return out


# Words around pinpoints that say no more than the commas do. Hit: "các Điều 13, 14 và 16",
# "từ Điều 17". Near miss: "đến Điều 23", which makes a range.
_FILLER_RE = re.compile(r"(?:^|[\s,])(?:các|từ|và)(?=\s)")


def _places(pinpoint: str | Sequence[str] | None) -> list[str]:
    """Returns the single pinpoints, without filler, in the order of the text."""
    words = pinpoint if pinpoint is None or isinstance(pinpoint, str) else ", ".join(pinpoint)
    plain = _FILLER_RE.sub(",", shadow(words or ""))
    return [norm(part) for part in plain.split(",") if part.strip()]


def _same_agent(want: str, got: str) -> bool:
    # An agent that is another cited instrument is written as a key, which only relations check.
    return got not in ("this", "draft") if want not in ("this", "draft") else want == got


def _documents(mentions: Iterable[tuple[str, Citation]]) -> dict[str, str]:
    """Returns our ``document`` for each expected key: what most of its mentions were given."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, citation in mentions:
        votes[key][citation.document] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in votes.items()}


def _relations(
    tally: Tally, doc: Document, gold: Sequence[Sequence[str]], ids: Mapping[str, str]
) -> None:
    ids = {**ids, "this": doc.document, "draft": "draft"}
    triples = [
        Item(None, " ".join(t), (ids.get(t[0], t[0]), t[1], ids.get(t[2], t[2])), t) for t in gold
    ]
    # Edges from this document and from drafts repeat the citations' own relations; they count
    # here only where the expectation lists some of that kind.
    own = {"this": doc.document, "draft": "draft"}
    silent = {node for name, node in own.items() if all(t[0] != name for t in gold)}
    ours = [
        Item(None, f"{r.source} {r.verb} {r.target}", (r.source, r.verb, r.target), r)
        for r in doc.relations
        if r.source not in silent and not (r.source == "this" and doc.document in silent)
    ]
    tally.spans("relations", triples, ours, in_order=False)


# ---------------------------------------------------------------- units and entities


def _units(
    tally: Tally,
    doc: Document,
    expected: Mapping[str, Any],
    line: Callable[[int], int],
    strict: bool,
) -> None:
    if "units" not in expected:
        return
    gold = []
    for u in expected["units"]:
        key = _key(u, 0, norm(u["starts"])[:_UNIT_KEY], strict)
        gold.append(Item(u.get("line"), u["starts"], key, u, u.get("unsure") is True))
    ours = []
    for unit in doc.units:
        at = line(unit.start)
        ours.append(
            Item(at, unit.text[:40], _key(None, at, norm(unit.text[:80])[:_UNIT_KEY], strict), unit)
        )
    pairs = tally.spans("units", gold, ours, in_order=strict)
    parents = {s.id: i for i, s in enumerate(doc.sections)}
    for g, o in pairs:
        kind, got_kind = g.value["kind"], o.value.kind
        tally.check("unit kind", kind == got_kind, g.text, kind, got_kind, o.line)
        if "marker" in g.value:
            want, got = g.value["marker"], o.value.marker
            tally.check("unit marker", norm(want) == norm(got), g.text, want, got, o.line)
        if "end_line" in g.value:
            end, got_end = g.value["end_line"], line(o.value.end - 1)
            tally.check("unit end", end == got_end, g.text, end, got_end, o.line)
        if "section" in g.value:
            want_heading = _heading_at(expected["sections"], g.value["section"])
            section = doc.sections[parents[o.value.section]] if o.value.section else None
            got_heading = _heading(section)
            right = _heading_key(want_heading) == _heading_key(got_heading)
            tally.check("unit section", right, g.text, want_heading, got_heading, o.line)
    compare_commands(tally, doc, pairs)


def _heading(section: Section | None) -> str | None:
    return None if section is None else f"{section.marker} {section.heading}"


def _heading_key(heading: str | None) -> str:
    """Returns what decides if two headings are one: not the mark at their end."""
    return norm(heading).rstrip(":.")


def _heading_at(sections: Sequence[Mapping[str, Any]], index: int | None) -> str | None:
    if index is None:
        return None
    return f"{sections[index]['marker'] or ''} {sections[index]['heading']}"


def _entities(
    tally: Tally,
    doc: Document,
    expected: Mapping[str, Any],
    line: Callable[[int], int],
    strict: bool,
) -> None:
    body = [(u.start, u.end) for u in doc.units]
    body += [(s.heading_start, s.heading_end) for s in doc.sections]
    title = [span for name, span in doc.header.spans.items() if name == "subject"]
    if "dates" in expected:
        # Dates of the title count too, those of letterhead, signature and footnotes do not.
        inside = _within(sorted({*body, *title}))
        gold = [_gold(d, strict, d["value"]) for d in expected["dates"]]
        ours = [_item(e, line, strict, e.value) for e in doc.entities_of("DATE") if inside(e)]
        tally.spans("dates", gold, ours, in_order=strict)
    if "agencies" in expected:
        inside = _within(sorted(set(body)))
        unsure = set(expected.get("agencies_unsure", ()))
        names = [
            a if isinstance(a, dict) else {"text": a, "unsure": i in unsure}
            for i, a in enumerate(expected["agencies"])
        ]
        gold = [_gold(a, strict) for a in names]
        ours = [_item(e, line, strict) for e in doc.entities_of("AGENCY") if inside(e)]
        tally.spans("agencies", gold, ours, in_order=strict)


def _within(spans: Sequence[tuple[int, int]]) -> Callable[[Any], bool]:
    def inside(item: Any) -> bool:
        return any(start <= item.start and item.end <= end for start, end in spans)

    return inside


# ---------------------------------------------------------------- frame


def _header(tally: Tally, doc: Document, expected: Mapping[str, Any]) -> None:
    def check(name: str, want: Any, got: Any) -> None:
        right = same(want, got)
        tally.check("header", right, name, want, got)

    def same(want: Any, got: Any) -> bool:
        if isinstance(want, list):
            return [norm(w) for w in want] == [norm(g) for g in got]
        return norm(want) == norm(got) if isinstance(want, str) else bool(want == got)

    header = expected.get("header", {})
    for name, want in header.items():
        if name in _HEADER_FIELDS or name == "addressees":
            got = getattr(doc.header, name)
            check(name, want, list(got) if name == "addressees" else got)
    signature = {"name": header["signer"]} if "signer" in header else {}
    signature |= {"position": header["position"]} if "position" in header else {}
    for name, want in {**signature, **(expected.get("signature") or {})}.items():
        check(f"signature.{name}", want, getattr(doc.signature, name) if doc.signature else None)
    if "recipients" in header:
        check("recipients", header["recipients"], len(doc.recipients))
    if "recipients" in expected:
        check("recipients", expected["recipients"], list(doc.recipients))


def _sections(
    tally: Tally, doc: Document, expected: Mapping[str, Any], line: Callable[[int], int]
) -> None:
    if "sections" not in expected:
        return
    gold_sections = expected["sections"]
    # Facts name top sections by their marker alone, golden trees by marker and heading.
    named = all("heading" in s for s in gold_sections)
    gold = [
        Item(None, f"{s['marker'] or ''} {s.get('heading', '')}", _section_key(s, named), s)
        for s in gold_sections
    ]
    ours = [
        Item(
            line(s.start),
            f"{s.marker} {s.heading}"[:60],
            _section_key({"marker": s.marker, "heading": s.heading}, named),
            s,
        )
        for s in doc.sections
        if named or s.parent is None
    ]
    by_id = {s.id: s for s in doc.sections}
    for g, o in tally.spans("sections", gold, ours, in_order=True):
        if "presenter" in g.value:
            want, got = g.value["presenter"], o.value.presenter
            tally.check("presenter", norm(want) == norm(got), o.text, want, got, o.line)
        if "parent" in g.value:
            want = _heading_at(gold_sections, g.value["parent"])
            got = _heading(by_id[o.value.parent]) if o.value.parent else None
            right = _heading_key(want) == _heading_key(got)
            tally.check("parent", right, o.text, want, got, o.line)


def _section_key(section: Mapping[str, Any], named: bool) -> str:
    return _heading_key((section["marker"] or "") + (section["heading"] if named else ""))


def _facts(tally: Tally, doc: Document, expected: Mapping[str, Any]) -> None:
    for trap in expected.get("not_citations", ()):
        hit = next((c.text for c in doc.citations if norm(trap) in norm(c.text)), None)
        tally.check("traps", hit is None, trap, None, hit)
    for join in expected.get("joins", ()):
        words = join if isinstance(join, str) else "".join(join)
        right = any(norm(words) in norm(u.text) for u in doc.units)
        tally.check("joins", right, words, True, right)
    if "full_dates" in expected:
        gold = [Item(None, d, d, d) for d in expected["full_dates"]]
        dates = [e for e in doc.entities_of("DATE") if FULL_DATE_RE.search(e.text)]
        ours = [Item(None, e.text, e.value, e) for e in dates]
        tally.spans("full dates", gold, ours, in_order=True)
    counted = {
        "bullets": lambda: sum(u.kind == "bullet" for u in doc.units),
        "recipients": lambda: len(doc.recipients),
        "instruments": lambda: len({c.document for c in doc.citations}),
        "numbered mentions": lambda: sum(c.number is not None for c in doc.citations),
        "numbered instruments": lambda: len(
            {c.document for c in doc.citations if c.number is not None}
        ),
    }
    for name, want in expected.get("counts", {}).items():
        got = counted[name]()
        tally.check("counts", want == got, name, want, got)
