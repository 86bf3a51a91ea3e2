"""What a walk down a letterhead has found, and how one piece of a line adds to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import header_issuer as issuers
from . import header_parts as parts
from .header_subject import Subject

# "V/v", "V/v:", "Về việc"; not "V.V.".
VV_RE = re.compile(r"V\s?/\s?[vV]\s*[:.]?\s*|(?=V[ềỀ]\s)")


@dataclass(slots=True)
class State:
    """What the walk has found so far."""

    issuer: list[parts.Piece] = field(default_factory=list)
    number: str | None = None
    symbol: str | None = None
    year: int | None = None
    date: str | None = None
    place: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    doc_type: str | None = None
    seen: set[str] = field(default_factory=set)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    subject: Subject = field(default_factory=Subject)
    lone: bool = False


def take(
    p: parts.Piece, line: Sequence[parts.Piece], text: str, state: State, *, strong: bool
) -> bool:
    """Takes one piece into ``state``; returns True if it belongs to a letterhead."""
    if state.lone and state.symbol is None and p.kind == "other":
        m = parts.BARE_NUMBER_RE.fullmatch(p.text)
        if m:
            _number(m, p.start, state)
            return True
    if p.kind in ("motto", "party"):
        state.seen.add(p.kind)
        return True
    if p.kind == "number" and p.match is not None:
        if "number" not in state.seen:
            _number(p.match, p.base, state)
        return True
    if p.kind == "lone" and p.match is not None:
        state.lone = True
        if p.match["num"] and state.number is None:
            state.number = p.match["num"]
            s, e = p.match.span("num")
            state.spans["number"] = (p.base + s, p.base + e)
        return True
    if p.kind == "date" and p.match is not None:
        _date(p, text, state)
        return True
    mark = parts.mark(p.text)
    if mark:
        kind, s, e = mark
        if kind in ("urgency", "secrecy") and getattr(state, kind) is None:
            setattr(state, kind, " ".join(text[p.start + s : p.start + e].split()))
            state.spans[kind] = (p.start + s, p.start + e)
        return True
    if parts.NOISE_RE.match(p.text):
        return strong
    anchored = bool(state.seen & {"number", "date", "motto", "party"}) or state.lone
    kind_ = parts.type_line(p.text, prefix=anchored and strong) if _alone(p, line) else None
    if kind_ and strong and not (state.subject.spans and not parts.is_caps(p.text)):
        name, s, e = kind_
        state.doc_type = name
        state.spans["doc_type"] = (p.start + s, p.start + e)
        a, b = parts.trim(text, p.start + e, p.end, " :*_-.")
        if a < b and not parts.is_note(text[a:b]) and not _type_mark(text[a:b], a, state):
            state.subject.seed(a, b, text)
        return True
    vv = VV_RE.match(p.text) if strong and not state.subject.spans else None
    if vv and (vv.end() or anchored):
        state.subject.seed(p.start + vv.end(), p.end, text)
        state.subject.vv = True
        return True
    if state.subject.spans and not (
        issuers.HEAD_RE.match(p.text) and parts.is_caps(p.text) and not state.issuer
    ):
        return state.subject.extend(p, text)
    complete = {"number", "date"} <= state.seen and state.issuer
    if issuers.may_be_issuer(p.text) and not complete:
        state.issuer.append(p)
        return True
    return False


def _alone(p: parts.Piece, line: Sequence[parts.Piece]) -> bool:
    return all(q is p or q.kind != "other" or parts.mark(q.text) is not None for q in line)


def _type_mark(value: str, at: int, state: State) -> bool:
    mark = parts.mark(value)
    if mark and mark[0] == "urgency":
        state.urgency = state.urgency or value
        state.spans.setdefault("urgency", (at + mark[1], at + mark[2]))
    return mark is not None


def _number(match: re.Match[str], base: int, state: State) -> None:
    state.seen.add("number")
    if match["num"]:
        state.number = match["num"]
        state.spans["number"] = (base + match.start("num"), base + match.end("num"))
    state.symbol = re.sub(r"\s+", "", match["sym"]).rstrip(".")
    s = match.start("sym")
    state.spans["symbol"] = (base + s, base + s + len(match["sym"].rstrip(".")))
    if match["year"]:
        state.year = int(match["year"])
        state.spans["year"] = (base + match.start("year"), base + match.end("year"))
    # Party form is number hyphen type slash issuer, State form number slash type hyphen issuer.
    before = match.string[max(match.start(), match.end("num")) : s]
    party = "/" not in before and "/" in match["sym"]
    state.seen.add("party number" if party else "state number")


def _date(p: parts.Piece, text: str, state: State) -> None:
    assert p.match is not None
    if "date" in state.seen:
        return
    state.seen.add("date")
    value = parts.iso(p.match)
    if value:
        state.date = value
        if "place" in p.match.groupdict():
            rest = re.search(r"ngày", p.match.string[p.match.end("place") :], re.IGNORECASE)
            begin = p.match.end("place") + (rest.start() if rest else 0)
        else:
            begin = p.match.start()
        a, b = parts.trim(text, p.base + begin, p.base + p.match.end(), " _.,")
        state.spans["date"] = (a, b)
    if "place" in p.match.groupdict():
        s, e = parts.place_span(p.match)
        a, b = parts.trim(text, p.base + s, p.base + e)
        state.place = " ".join(text[a:b].split())
        state.spans["place"] = (a, b)
