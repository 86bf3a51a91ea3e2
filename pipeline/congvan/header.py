"""The letterhead of a document: State form (Decree 30/2020, annex I) and Party form.

The header block is walked from the top: letterhead lines in any order, type and subject,
the authority line above "Căn cứ", *Kính gửi*. Nothing is a header without evidence
(motto, number, place with date, type on its own line), and nothing in it is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import header_issuer as issuers
from . import header_parts as parts
from .document import Header
from .header_address import addressees, is_addressing
from .header_state import State, take
from .header_subject import authority, cut_authority, read_subject
from .layout import Line

# A letterhead is over after this many lines; evidence must appear in the first LOOK.
_LIMIT = 60
_LOOK = 25
# Lines between two parts of one letterhead (recipients of a stamp, addresses, a broken subject).
_HOLE = 5
# Lines that no letterhead has: the body has begun.
BODY_RE = re.compile(
    r"[\W_]*(?:Căn cứ|Kính thưa|Điều \d|Chương [IVX1]|Phần [IVX1]|Nơi nhận)|(?:[IVX]{1,4}"
    r"|\d{1,2})\.\s"
)
# A line of nothing but motto, number and date is not longer (characters).
_WIDEST = 160


def parse_header(lines: Sequence[Line], text: str) -> tuple[Header, int]:
    """Returns the header and the index of the first line of the body.

    Args:
        lines: The non-blank lines of the document, in order.
        text: The canonical text that the lines lie in.
    """
    lines = [*parts.cells(lines[: _LIMIT + 45], text), *lines[_LIMIT + 45 :]]
    cut = parts.Cut(lines[:_LIMIT])
    first = _first_evidence(cut)
    if first is None:
        return Header(), 0
    if _in_a_sentence(cut, first):
        return Header(), 0
    state = State()
    at = _letterhead(cut, lines, first, text, state)
    body = _title(cut, lines, at, text, state)
    people: list[tuple[int, int]] = []
    while body < len(lines) and body < _LIMIT + 40:
        line = lines[body]
        if parts.is_rule(line.text):
            body += 1
        elif is_addressing(line.text):
            found, after = addressees(lines, body)
            people += found
            if after == body:
                break
            body = after
        else:
            after = authority(lines, body)
            if after == body:
                break
            if not state.issuer:
                # No issuer in the letterhead: the authority line above "Căn cứ" names it.
                state.issuer = [parts.Piece("other", line.start, line.end, line.text)]
            body = after
    if _prose_before(cut, first):
        # The evidence stands under running text, which must not vanish in the header.
        body = 0
    return _finish(lines, text, state, people, body), body


def _first_evidence(cut: parts.Cut) -> int | None:
    """Returns the index of the first line that shows a letterhead."""
    for i in range(min(_LOOK, len(cut))):
        line = cut[i]
        kinds = {p.kind for p in line}
        dated = not _bare(line) and not _running(line)
        if kinds & ({"motto", "party", "number"} | ({"date"} if dated else set())):
            if _long(cut, i) > 3:
                return None
            return i
        if len(line) == 1 and i < 9 and parts.type_line(line[0].text, prefix=False):
            return i
        if "lone" in kinds and i + 1 < len(cut) and _bare_number(cut[i + 1]):
            return i
    return None


def _in_a_sentence(cut: parts.Cut, first: int) -> bool:
    """True if all that looks like a letterhead is a number inside running text."""
    # Most papers have the motto near the top: no line below it needs to be cut then.
    if any(p.kind in ("motto", "party") for i in range(min(_LOOK, len(cut))) for p in cut[i]):
        return False
    if any(not _bare(cut[i]) for i in range(min(_LOOK, len(cut)))):
        return False
    line = cut[first]
    number = next((p for p in line if p.kind == "number"), None)
    if number is None:
        return False
    alone = number.text.lstrip("( ").startswith(("Số", "SỐ", "Luật số", "LUẬT SỐ", "Số:"))
    return not alone and not any(
        len(cut[i]) == 1 and parts.type_line(cut[i][0].text, prefix=False)
        for i in range(min(9, len(cut)))
    )


def _running(line: Sequence[parts.Piece]) -> bool:
    """True if words stand before a date on its line: "b) Quyết định số … ngày 03/3/2020"."""
    before = line[0]
    return before.kind == "other" and not parts.is_caps(before.text) and len(before.text) > 12


def _bare(line: Sequence[parts.Piece]) -> bool:
    return all(
        p.match is None or "place" not in p.match.groupdict() for p in line if p.kind == "date"
    )


def _bare_number(line: Sequence[parts.Piece]) -> bool:
    return bool(line) and parts.BARE_NUMBER_RE.fullmatch(line[0].text) is not None


def _long(cut: parts.Cut, stop: int) -> int:
    lengths = (sum(len(p.text) for p in cut[i] if p.kind == "other") for i in range(stop))
    return sum(1 for n in lengths if n > 160)


def _prose_before(cut: parts.Cut, stop: int) -> bool:
    return any(
        len(line) == 1
        and not parts.is_caps(line[0].text)
        and not parts.NOISE_RE.match(line[0].text)
        and (len(line[0].text) > 110 or (len(line[0].text) > 60 and line[0].text[-1] in ".:;"))
        for line in (cut[i] for i in range(stop))
    )


def _letterhead(
    cut: parts.Cut,
    lines: Sequence[Line],
    first: int,
    text: str,
    state: State,
) -> int:
    """Fills ``state`` from the lines above type and addressees; returns the index after them."""
    last = first
    i = 0
    while i < len(cut):
        raw = lines[i].text
        if i > first and (is_addressing(raw) or BODY_RE.match(raw)):
            return i
        if (
            i > first
            and {"number", "date"} <= state.seen
            and state.issuer
            and authority(lines, i) > i
        ):
            return i
        if i - last > _HOLE:
            return last + 1
        known = False
        for p in cut[i]:
            done = take(p, cut[i], text, state, strong=i >= first)
            known = known or done
            if state.doc_type is not None:
                return i + 1
        if not cut[i] or known or i <= first:
            last = i
        elif not _more(cut, lines, i + 1):
            return last + 1 if last >= first else i
        i += 1
    return min(last + 1, len(cut))


def _more(cut: parts.Cut, lines: Sequence[Line], at: int) -> bool:
    """Returns True if more of the letterhead follows within a few lines."""
    for i in range(at, min(at + _HOLE, len(cut))):
        if BODY_RE.match(lines[i].text) or len(lines[i].text) > 300:
            return False
        if any(p.kind in ("motto", "party", "number", "date") for p in cut[i]):
            return True
        if len(cut[i]) == 1 and parts.type_line(cut[i][0].text, prefix=False):
            return True
    return False


def _title(cut: parts.Cut, lines: Sequence[Line], at: int, text: str, state: State) -> int:
    """Reads the subject from line ``at`` on; returns the index after it."""
    if state.doc_type is None and state.subject.spans and not state.subject.vv:
        return at
    titled = state.doc_type is not None
    after = at
    # Number, date and motto may stand under the type (minutes, copies from web pages).
    while titled and after < len(cut) and after - at < 8:
        todo = [p for p in cut[after] if p.kind in ("motto", "party", "number", "date", "lone")]
        if not todo or any(p.kind == "other" and len(p.text) > 60 for p in cut[after]):
            break
        for p in todo:
            take(p, cut[after], text, state, strong=True)
        after += 1
    near = range(after, min(after + 20, len(cut)))
    stops = frozenset(i for i in near if len(lines[i].text) <= _WIDEST and _anchor(cut[i]))
    after = read_subject(lines, after, text, state.subject, titled=titled, stops=stops)
    if titled and after in stops:
        while after < len(cut) and (after in stops or not cut[after]):
            for p in cut[after]:
                if p.kind != "other":
                    take(p, cut[after], text, state, strong=True)
            after += 1
        if not state.subject.spans:
            after = read_subject(lines, after, text, state.subject, titled=True)
    return after


def _anchor(line: Sequence[parts.Piece]) -> bool:
    """Returns True for a line of nothing but number, date or motto."""
    return bool(line) and all(p.kind != "other" for p in line)


def _finish(
    lines: Sequence[Line], text: str, state: State, people: list[tuple[int, int]], body: int
) -> Header:
    spans = state.spans
    subject = None
    bodies = issuers.bodies(state.issuer)
    if body < len(lines):
        name = bodies[-1].name(text) if bodies else None
        cut_authority(lines[body].text, text, state.subject, name)
    if state.subject.spans:
        subject = state.subject.value(text)
        spans["subject"] = (state.subject.spans[0][0], state.subject.spans[-1][1])
    issuer = parent = None
    if bodies:
        joint = (state.symbol or "").startswith(("TTLT", "NQLT", "KHLT", "QCPH", "CTPH", "HDLN"))
        if joint and len(bodies) > 1:
            issuer = " - ".join(b.name(text) for b in bodies)
            spans["issuer"] = (bodies[0].span[0], bodies[-1].span[1])
        else:
            issuer = bodies[-1].name(text)
            spans["issuer"] = bodies[-1].span
            if len(bodies) > 1:
                parent = bodies[-2].name(text)
                spans["parent_issuer"] = bodies[-2].span
    elif state.symbol and state.place:
        near = " ".join([subject or "", *(text[x.start : x.end] for x in lines[body : body + 2])])
        issuer = issuers.concluded(state.symbol, state.place, near[:2000])
    party = "party" in state.seen or ("party number" in state.seen and "motto" not in state.seen)
    form = "party" if party else "state" if state.seen & {"motto", "state number"} else None
    doc_type = _consolidated(state) or state.doc_type or _concluded_type(state, form, bool(people))
    if people:
        spans["addressees"] = (people[0][0], people[-1][1])
    return Header(
        issuer=issuer,
        parent_issuer=parent,
        number=state.number,
        symbol=state.symbol,
        # A number without a year belongs to the year of the date (Decree 30: one run a year).
        year=state.year or (int(state.date[:4]) if state.date else None),
        doc_type=doc_type,
        place=state.place,
        date=state.date,
        subject=subject,
        urgency=state.urgency,
        secrecy=state.secrecy,
        form=form,
        addressees=tuple(" ".join(text[s:e].split()) for s, e in people),
        spans=spans,
    )


def _consolidated(state: State) -> str | None:
    # A consolidated text (VBHN) shows the type of what it consolidates.
    return "Văn bản hợp nhất" if (state.symbol or "").startswith("VBHN") else None


def _concluded_type(state: State, form: str | None, addressed: bool) -> str | None:
    """Returns the type that the symbol says where no line names it."""
    if not state.symbol:
        return None
    head = re.split(r"[-/]", state.symbol)[0]
    known = parts.abbreviations()[1 if form == "party" else 0].get(head)
    if known:
        return known
    # A công văn has no type line; its symbol begins with the issuer: "VPCP-CN" (Decree 30).
    if state.subject.vv or addressed:
        return "Công văn"
    return None
