"""Symbols of instruments: "QĐ-TTg", "NQ/TU", "BKHĐT-TH", "QH15" taken apart and made uniform.

State form (Decree 30/2020, annex I, II.3): type, hyphen, issuer; an official letter (công văn)
has no type: issuer, hyphen, drafting unit. Party form (36-HD/VPTW): type, slash, issuer.
The codes are data: ``lookups/doc_types.csv`` and ``lookups/issuers.csv``.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..lookups import rows, values

_LETTERS = "A-ZĐÂĂÊÔƠƯ"
# One group of a symbol: "QĐ", "TTg", "QH15", "BNN&MT", "QLN& TTBĐS", "V.I".
GROUP = (
    rf"[{_LETTERS}][A-Za-zĐđÂÊÔƠƯỦủ0-9]{{0,14}}"
    rf"(?:\s?&\s?[{_LETTERS}][A-Za-zĐđ0-9]{{0,12}}|\.[{_LETTERS}]{{1,5}}(?![\w.])){{0,3}}"
)
_TAIL = (
    rf"(?:[{_LETTERS}]{{2,}}[A-Za-zĐđ0-9]{{0,10}}|TTg|CTr|TTr|QyĐ|ThU|V\.[IVX]{{1,3}})"
    rf"(?:\s?&\s?[{_LETTERS}]{{1,12}})?"
)
# Further groups: tight ("-TTg"), with one blank after or before the sign ("- UBND"), or with
# both where it goes on neither with a place nor with a sentence ("NĐ - CP ngày").
# (Patterns that hold this one are verbose: a blank is written [ ].)
_LOOSE = (
    rf"[ ]-[ ](?:[{_LETTERS}]{{2,10}}|TTg)(?![\w&])"
    r"(?![ ](?:tỉnh|huyện|xã|phường|thành[ ]phố|thị[ ]xã))"
)
SYMBOL = rf"{GROUP}(?:[-/]{GROUP}|(?:[-/][ \n]|\s[-/]){_TAIL}|{_LOOSE}){{0,8}}"

_QH_RE = re.compile(r"(QH|UBTVQH|TVQH|HĐNN|PL-UBTVQH|PL-HĐNN)(?:K|khóa\s?)?(\d{1,2}|[IVX]{1,5})$")
_CONTRACT_RE = re.compile(
    r"HĐ(?!ND|BT|TP|NN|CP|TV|QT|TĐ|QG|LĐ?TBXH|GD|KH|XT|BC|PH|TN|ĐG|TL|T$|TS|ĐT)"
    r"[A-Z]{0,4}$|HĐ$|HDLĐ$|PLHĐ$"
)
_KINDS_OUT = frozenset({"contract", "form", "standard", "permit", "treaty", "judgment"})


def strip_marks(code: str) -> str:
    """Returns a code for lenient look-up: no marks, capitals, letters and digits only."""
    bare = unicodedata.normalize("NFD", code.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in bare if c.isalnum() and not unicodedata.combining(c)).upper()


def code_key(code: str) -> str:
    """Returns a code for a key: small letters, no marks and signs, but đ kept ("NĐ" -> "nđ")."""
    low = unicodedata.normalize("NFD", code.lower())
    return "".join(c for c in low if c.isalnum() and not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A document type: its name, abbreviation in State or Party symbols, and kind."""

    name: str
    abbrev: str
    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class IssuerRow:
    """An issuer code: full name (may be several, ``|``), level, and whether it needs a province."""

    code: str
    names: tuple[str, ...]
    level: str
    local: bool


@cache
def state_types() -> dict[str, TypeRow]:
    """Returns State abbreviations (also former ones) -> type."""
    out: dict[str, TypeRow] = {}
    for former in (False, True):
        for row in rows("doc_types"):
            if row["form"] == "party" or row["kind"] in _KINDS_OUT:
                continue
            current = values(row["abbrev"])
            for code in values(row["former_abbrev"]) if former else current:
                abbrev = (current or (code,))[0] if former else code
                out.setdefault(code, TypeRow(row["name"], abbrev, row["kind"], "state"))
    # Codes of offices, not of types, where both exist: "PL" and "L" stand before a hyphen only.
    out.setdefault("KL", TypeRow("Kết luận", "KL", "admin", "state"))
    return out


@cache
def party_types() -> dict[str, TypeRow]:
    """Returns Party abbreviations -> type."""
    out: dict[str, TypeRow] = {}
    for row in rows("doc_types"):
        for code in values(row["party_abbrev"]):
            out.setdefault(code, TypeRow(row["name"], code, row["kind"], "party"))
    return out


@cache
def issuers() -> dict[str, IssuerRow]:
    """Returns issuer codes and their variants -> issuer."""
    out: dict[str, IssuerRow] = {}
    for variant in (False, True):
        for row in rows("issuers"):
            item = IssuerRow(
                row["code"], values(row["issuer"]), row["level"], row["local"] == "yes"
            )
            for code in values(row["codes"]) if variant else (row["code"],):
                out.setdefault(code, item)
    return out


@cache
def _lenient(table: str) -> dict[str, str]:
    tables: dict[str, Mapping[str, TypeRow | IssuerRow]] = {
        "state": state_types(),
        "party": party_types(),
        "issuer": issuers(),
    }
    source = tables[table]
    out: dict[str, str] = {}
    clash: set[str] = set()
    for code in source:
        key = strip_marks(code)
        if key in out and source[out[key]] != source[code]:
            clash.add(key)
        out.setdefault(key, code)
    return {k: v for k, v in out.items() if k not in clash or strip_marks(v) == v}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol taken apart.

    Attributes:
        text: Normalised: no blanks, hyphens and slashes as in the standard form.
        form: ``state`` or ``party``.
        type: The document type that the symbol names, None in an official letter or ``QH15``.
        issuers: Canonical issuer codes ("TTg", "BKHĐT"); empty if unknown.
        unit: What follows an issuer in an official letter ("TH"), else "".
        term: The term in "QH15", "UBTVQH14", else "".
        known: True if at least one part is in the tables.
        contract: True for contract numbers.
        repairs: What was mended, one clause each.
    """

    text: str
    form: str
    type: TypeRow | None
    issuers: tuple[str, ...]
    unit: str = ""
    term: str = ""
    known: bool = False
    contract: bool = False
    repairs: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def parse_symbol(raw: str, *, party: bool = False) -> Symbol:
    """Returns the parts of a symbol as written (shadow text).

    Args:
        raw: For example ``"QĐ-TTg"``, ``"QLN& TTBĐS"``; for a Party number the part behind the
            first hyphen (``"NQ/TU"``).
        party: True for the Party form.
    """
    text = re.sub(r"\s", "", raw)
    repairs: list[str] = []
    groups = re.split(r"([-/])", text)
    parts, seps = groups[0::2], groups[1::2]
    if party:
        return _party(parts, seps, repairs)
    m = _QH_RE.match(text)
    if m:
        code = "UBTVQH" if "TVQH" in m.group(1) else m.group(1).removeprefix("PL-")
        prefix = TypeRow("Pháp lệnh", "PL", "qppl", "state") if text.startswith("PL") else None
        return Symbol(text, "state", prefix, (code,), term=m.group(2), known=True)
    if len(parts) == 1 and parts[0] not in issuers() and parts[0] not in state_types():
        split = _split_glued(parts[0])
        if split:
            repairs.append(f"hyphen restored: {text} -> {split[0]}-{split[1]}")
            parts, seps = list(split), ["-"]
    lost = len(parts) > 1 and parts[0] not in state_types() and parts[1] in issuers()
    if lost and (head := _lenient("state").get(strip_marks(parts[0]))) and "Đ" in head:
        # "ND-CP": Nông dân is an issuer code too, but a second issuer behind it decides.
        repairs.append(f"letters: {parts[0]} -> {head}")
        parts[0] = head
    parts = [_mend(p, i, repairs) for i, p in enumerate(parts)]
    text = parts[0] + "".join(s + p for s, p in zip(seps, parts[1:], strict=True))
    types = state_types()
    type_at = next(
        (i for i, p in enumerate(parts[:3]) if p in types and not _is_issuer_first(i, parts)), None
    )
    if type_at == 0 and parts[0] == "TC" and len(parts) > 2 and parts[1] in types:
        type_at = 1  # "999-TC/QĐ/CĐKT": TC is the old code of the Ministry of Finance
    kind = types[parts[type_at]] if type_at is not None else None
    contract = (
        _CONTRACT_RE.match(parts[0]) is not None and len(parts) >= 1 and parts[0] not in issuers()
    )
    if type_at is None:
        # An official letter: issuer first, drafting unit behind.
        first = parts[0]
        known = first in issuers()
        return Symbol(
            text,
            "state",
            None,
            (issuers()[first].code,) if known else (),
            unit="-".join(parts[1:]),
            known=known,
            contract=contract,
            repairs=tuple(repairs),
        )
    rest = [p for i, p in enumerate(parts) if i != type_at]
    codes: list[str] = []
    for p in rest:
        m = _QH_RE.match(p)
        if m:
            return Symbol(text, "state", kind, (m.group(1),), term=m.group(2), known=True)
        if p in issuers():
            codes.append(issuers()[p].code)
    if codes and not issuers()[codes[0]].local:
        # "QĐ-BNN-KL": behind a body of the centre a local code is a unit of that body.
        codes = [c for c in codes if not issuers()[c].local]
    # "NQ-TW", "KL-TU": the Party form with its signs exchanged, a common slip.
    if len(parts) == 2 and type_at == 0 and parts[1] in issuers():
        level = issuers()[parts[1]].level
        if level.startswith("party") and parts[0] in party_types():
            mended = f"{parts[0]}/{parts[1]}"
            return Symbol(
                mended,
                "party",
                party_types()[parts[0]],
                tuple(codes),
                known=True,
                repairs=(*repairs, f"Party form: {text} -> {mended}"),
            )
    return Symbol(
        text,
        "state",
        kind,
        tuple(codes),
        known=True,
        contract=contract,
        repairs=tuple(repairs),
        unit="" if codes else "-".join(rest),
    )


@lru_cache(maxsize=1024)
def as_letter(symbol: Symbol, letter: bool) -> Symbol:
    """Returns the symbol read with its first group as issuer, where that group is both.

    "Công văn số 512/CT-CS" (Cục Thuế), "Thông tư số 12-TC/TCT" (Tài chính): the type word in
    front says that CT and TC are no types here. Other symbols come back as they are.
    """
    first, *rest = re.split(r"[-/]", symbol.text)
    row = issuers().get(first)
    if row is None or symbol.type is None or symbol.type.abbrev != first:
        return symbol
    if not letter and "/" not in symbol.text:
        return symbol  # "Thông tri số 35/TTr-MTTW": TTr is the type, whatever it is called
    codes = (row.code,) if letter else (row.code, *symbol.issuers)
    return dataclasses.replace(
        symbol, type=None, form="state", issuers=codes[:1], unit="-".join(rest), known=True
    )


@lru_cache(maxsize=1024)
def type_last(symbol: Symbol, abbrev: str) -> Symbol:
    """Returns the symbol with its last group as type, as some papers before 1996 have it.

    "Thông tư số 18/LĐTBXH-TT": the type word in front and the last group agree.
    """
    if symbol.unit != abbrev or abbrev not in state_types():
        return symbol
    return dataclasses.replace(symbol, type=state_types()[abbrev], unit="")


def _is_issuer_first(i: int, parts: list[str]) -> bool:
    # "CP", "PC", "KH" … are types and units: as a type they need something behind them,
    # and never stand behind a known issuer ("SNV-KH").
    if i == 0:
        return len(parts) == 1
    return parts[0] in issuers() and parts[0] not in ("TC", "CT", "NV", "LĐ")


def _party(parts: list[str], seps: list[str], repairs: list[str]) -> Symbol:
    parts = [_mend(p, i, repairs, party=True) for i, p in enumerate(parts)]
    text = parts[0] + "".join(s + p for s, p in zip(seps, parts[1:], strict=True))
    kind = party_types().get(parts[0])
    codes = tuple(issuers()[p].code for p in parts[1:] if p in issuers())
    return Symbol(
        text,
        "party",
        kind,
        codes,
        known=kind is not None,
        repairs=tuple(repairs),
        unit="" if codes else "-".join(parts[1:]),
    )


def _mend(part: str, i: int, repairs: list[str], *, party: bool = False) -> str:
    """Restores a code that lost its Đ or its case: "ND" -> "NĐ", "qđ" -> "QĐ"."""
    types = party_types() if party else state_types()
    if part in types or _QH_RE.match(part):
        return part
    if part in issuers():
        code = issuers()[part].code
        # "QĐ-TTG" in a title in capitals: only the case of the code is mended.
        return code if code != part and code.upper() == part.upper() else part
    tables = (("party" if party else "state"), "issuer") if i == 0 else ("issuer",)
    key = strip_marks(part)
    for table in tables:
        mended = _lenient(table).get(key)
        if not mended or len(key) < 2 or strip_marks(mended) != key:
            continue
        if mended.replace("&", "") != part.replace("&", ""):
            repairs.append(f"letters: {part} -> {mended}")
            return mended
    return part


def _split_glued(code: str) -> tuple[str, str] | None:
    for cut in range(2, min(5, len(code) - 1)):
        head, tail = code[:cut], code[cut:]
        if head in state_types() and (tail in issuers()):
            return head, tail
    return None


def issuer_of_symbol(text: str | None, *, party: bool) -> str | None:
    """Returns the body that a symbol stands for, if it is one of the centre and only one."""
    codes = parse_symbol(text, party=party).issuers if text else ()
    row = issuers().get(codes[0]) if len(codes) == 1 else None
    return row.names[0] if row and not row.local and len(row.names) == 1 else None


@cache
def type_words() -> dict[str, TypeRow]:
    """Returns every spelling of a type word, in lower case -> type; also without marks."""
    out: dict[str, TypeRow] = {}
    for row in rows("doc_types"):
        item = TypeRow(
            row["name"],
            (values(row["abbrev"]) or values(row["party_abbrev"]) or ("",))[0],
            row["kind"],
            row["form"],
        )
        for word in (row["name"], *values(row["variants"])):
            out.setdefault(word.lower(), item)
    for word, item in list(out.items()):
        bare = unicodedata.normalize("NFD", word.replace("đ", "d"))
        bare = "".join(c for c in bare if not unicodedata.combining(c))
        if " " in bare:
            out.setdefault(bare, item)
    return out


def excluded_kind(row: TypeRow | None) -> bool:
    """True for numbers that are no administrative instruments (contracts, forms, permits …)."""
    return row is not None and row.kind in _KINDS_OUT
