"""Resolving: which mentions are of one instrument, and what each lacks that another says.

Mentions are pooled in both directions: an early short mention is completed by a later full one
just as a later one by an earlier. A partial id joins a full one only if exactly one fits; if
several fit, the mention keeps them as candidates and stays partial.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ..text import fold
from .bodies import proper_case
from .keys import UNKNOWN, Locality, key_of, render
from .mention import Mention
from .symbols import issuers

Key = tuple[str, str, str, str]


def resolve(mentions: Sequence[Mention], place: Locality) -> list[str]:
    """Sets ``document``, ``complete``, pooled fields and candidates; returns warnings.

    Args:
        mentions: In reading order, tails read.
        place: Whose paper this is.
    """
    keys = [key_of(m, place) for m in mentions]
    for m, key in zip(mentions, keys, strict=True):
        m.complete = UNKNOWN not in "".join(key)
    _prefer_said_places(mentions, keys)
    _join_laws(mentions, keys)
    _join_partial(mentions, keys)
    _join_aliases(mentions, keys)
    groups: dict[Key, list[Mention]] = defaultdict(list)
    for m, key in zip(mentions, keys, strict=True):
        m.document = render(key)
        m.complete = UNKNOWN not in "".join(key) and not m.candidates
        groups[key].append(m)
    warnings: list[str] = []
    for key, group in groups.items():
        _pool(key, group, warnings)
    return list(dict.fromkeys(warnings))


def _prefer_said_places(mentions: Sequence[Mention], keys: list[Key]) -> None:
    """A place that one mention names beats the place that the letterhead suggests for others."""
    said: dict[Key, set[str]] = defaultdict(set)
    for m, (kind, issuer, period, number) in zip(mentions, keys, strict=True):
        if "." in issuer and m.place_said:
            said[kind, issuer.split(".")[0], period, number].add(issuer)
    for i, (m, (kind, issuer, period, number)) in enumerate(zip(mentions, keys, strict=True)):
        found = said.get((kind, issuer.split(".")[0], period, number))
        if "." in issuer and not m.place_said and found and len(found) == 1:
            keys[i] = (kind, next(iter(found)), period, number)
            if keys[i][1] != issuer:
                m.reasons.append("place of the issuer from another mention")


def _fits(partial: Key, full: Key) -> bool:
    """True if ``full`` says nothing against ``partial`` and both name the same number."""
    if partial[3] == UNKNOWN or partial[3] != full[3]:
        return False
    if any(
        UNKNOWN not in a and a != b
        for a, b in zip(partial[:1] + partial[2:3], full[:1] + full[2:3], strict=True)
    ):
        return False
    return _issuer_fits(partial[1], full[1])


def _issuer_fits(a: str, b: str) -> bool:
    if a in (b, UNKNOWN):
        return True
    if UNKNOWN in a:
        return a.split(".")[0] == b.split(".")[0]
    return False


def _join_partial(mentions: Sequence[Mention], keys: list[Key]) -> None:
    # Distinct keys are compared, not mentions, so that a text that cites one decree a thousand
    # times costs no more. Twice: a key without symbol may be completed by one that is itself
    # completed first.
    for _ in range(2):
        first: dict[Key, int] = {}
        for i, key in enumerate(keys):
            first.setdefault(key, i)
        by_number: dict[str, list[Key]] = defaultdict(list)
        for key in first:
            by_number[key[3]].append(key)
        joined: dict[Key, Key] = {}
        open_: dict[Key, tuple[str, ...]] = {}
        for key in first:
            if UNKNOWN not in "".join(key) or key[3] == UNKNOWN:
                continue
            fits = [
                other
                for other in by_number[key[3]]
                if other != key and _fits(key, other) and not _fits(other, key)
            ]
            # A key that is itself a partial form of another one that fits says nothing new.
            best = [k for k in fits if not any(o != k and _fits(k, o) for o in fits)]
            if len(best) == 1:
                joined[key] = best[0]
            elif best:
                open_[key] = tuple(sorted(map(render, best)))
        if not joined and not open_:
            return
        for i, m in enumerate(mentions):
            key = keys[i]
            if key in joined:
                keys[i] = joined[key]
                m.candidates = ()
                m.reasons.append(f"completed by the mention '{_shown(mentions[first[keys[i]]])}'")
            elif key in open_ and not m.candidates:
                m.candidates = open_[key]
                m.score = 0.5
                m.reasons.append(f"{len(m.candidates)} instruments of this document fit; left open")


def _shown(m: Mention) -> str:
    number = (
        f"{m.number}/{m.year}" if m.year and m.symbol and m.symbol.form == "state" else m.number
    )
    sign = "-" if m.symbol and m.symbol.form == "party" else "/"
    return (
        f"{m.type or ''} {number}{sign}{m.symbol.text}".strip()
        if m.symbol
        else (m.name or f"{m.type} {m.number}")
    )


def _join_laws(mentions: Sequence[Mention], keys: list[Key]) -> None:
    """Joins "Luật Xây dựng" to the "Luật Xây dựng số 50/2014/QH13" of the text, if one fits."""
    full: dict[str, set[Key]] = defaultdict(set)
    days: dict[Key, set[str]] = defaultdict(set)
    for m, key in zip(mentions, keys, strict=True):
        if m.date:
            days[key].add(m.date)
        if m.kind == "named" and m.name and (key[2] != UNKNOWN or not key[3].startswith("ten.")):
            full[_plain(m.name)].add(key)
    grounds = {
        key
        for m, key in zip(mentions, keys, strict=True)
        if m.relation == "based_on"
        and m.agent == "this"
        and m.evidence is not None
        and m.evidence.text.lower() == "căn cứ"
    }
    # "Luật số 62/2020/QH14 sửa đổi, bổ sung một số điều của Luật Xây dựng" has its name behind it,
    # "Luật Xây dựng … được sửa đổi, bổ sung tại Luật số 62/2020/QH14" before it.
    for i, m in enumerate(mentions):
        pairs = [(i, target) for verb, target, _ in m.passive if verb == "amends"]
        if m.agent == "other" and m.relation == "amends" and m.agent_of is not None:
            pairs.append((m.agent_of, i))
        for head, target in pairs:
            amending, amended = mentions[head], mentions[target]
            if amending.symbol and amending.symbol.term and not amending.name and amended.name:
                name = f"{amending.type} sửa đổi, bổ sung một số điều của {amended.name}"
                full[_plain(name)].add(keys[head])
    for i, m in enumerate(mentions):
        key = keys[i]
        if m.kind != "named" or not m.name or not key[3].startswith("ten.") or len(full) == 0:
            continue
        found = {
            k
            for k in full.get(_plain(m.name), ())
            if (UNKNOWN in (key[2], k[2]) or key[2] == k[2])
            and (m.date is None or not days.get(k) or m.date in days[k])
        }
        found.discard(key)
        if len(found) == 1:
            keys[i] = next(iter(found))
            m.reasons.append("year or number from another mention of the same name")
        elif len(found & grounds) == 1:
            # A text on the law of 2024 may name the one of 2014 too, but with its year.
            keys[i] = next(iter(found & grounds))
            m.reasons.append("the law of this name that the text is based on")
        elif found:
            m.candidates = tuple(sorted(render(k) for k in found))
            m.score = 0.5


def _join_aliases(mentions: Sequence[Mention], keys: list[Key]) -> None:
    """A partial mention whose words are a declared short name is that instrument."""
    names: dict[str, set[Key]] = defaultdict(set)
    for m, key in zip(mentions, keys, strict=True):
        if m.alias:
            names[_plain(m.alias)].add(key)
    if not names:
        return
    for i, m in enumerate(mentions):
        if m.kind not in ("partial", "named") or UNKNOWN not in "".join(keys[i]):
            continue
        spoken = _plain(f"{m.type} {m.number}" if m.kind == "partial" else m.name or "")
        found = names.get(spoken) or names.get(_plain(f"{m.type} số {m.number}"))
        if found and len(found) == 1:
            keys[i] = next(iter(found))
            m.reasons.append("short name declared in the text")


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", fold(name)).strip()


def _pool(key: Key, group: Sequence[Mention], warnings: list[str]) -> None:
    """Hands date, issuer and year of the group to members that do not say them."""
    dates = sorted({m.date for m in group if m.date and "date" in m.written})
    years = {m.year or m.date_year for m in group} - {None}
    if len(dates) > 1:
        said = ", ".join(_vn(d) for d in dates)
        warnings.append(f"{_shown(group[0])}: the text gives different dates ({said}); check them")
    for m in group:
        if m.doubt:
            warnings.append(
                f"{_shown(m)}: the text names {m.doubt}, but the symbol is not theirs; check it"
            )
    written = [m.issuer for m in group if m.issuer]
    bodies = {fold(_bare(i)) for i in written}
    if len(bodies) > 1 and not _nested(bodies):
        said = ", ".join(dict.fromkeys(written))
        warnings.append(
            f"{_shown(group[0])}: the text names different issuers ({said}); check them"
        )
    usual = proper_case(Counter(written).most_common(1)[0][0]) if written else None
    period_year = int(key[2]) if key[2].isdigit() and len(key[2]) == 4 else None
    for m in group:
        if m.date is None and len(dates) == 1:
            m.date = dates[0]
            m.reasons.append(f"date from another mention ({_vn(dates[0])})")
        if m.issuer is None and usual:
            m.issuer = usual
            m.reasons.append(f"issuer from another mention ({m.issuer})")
        if m.year is None:
            m.year = (
                m.date_year
                or (int(m.date[:4]) if m.date else None)
                or period_year
                or (next(iter(years)) if len(years) == 1 else None)
            )
        if m.issuer is None:
            _issuer_from_code(m)


def _bare(issuer: str) -> str:
    return re.sub(
        r"^(?:Bộ trưởng|Thứ trưởng|Thống đốc|Chủ tịch|Tổng Thanh tra)\s+(?=Bộ|Ngân|Ủy|UBND|"
        r"Thanh)",
        "",
        issuer,
    )


def _nested(bodies: set[str]) -> bool:
    """True if the names are longer and shorter forms of one ("Ủy ban nhân dân", "UBND tỉnh")."""
    plain = {
        b.replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan") for b in bodies
    }
    longest = max(plain, key=len)
    return all(set(b.split()) <= set(longest.split()) for b in plain)


def _issuer_from_code(m: Mention) -> None:
    if m.symbol is None or not m.symbol.issuers:
        if m.kind == "named" and m.type in ("Luật", "Bộ luật", "Hiến pháp"):
            m.issuer = "Quốc hội"
            m.reasons.append("issuer from the type: laws are passed by the National Assembly")
        return
    names = []
    for code in m.symbol.issuers:
        row = issuers().get(code)
        if row is None or len(row.names) != 1 or row.local:
            return
        names.append(row.names[0])
    m.issuer = " và ".join(names)
    m.reasons.append(f"issuer from the symbol ({m.symbol.text})")


def _vn(iso: str) -> str:
    y, mo, d = iso.split("-")
    return f"{d}/{mo}/{y}"
