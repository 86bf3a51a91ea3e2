"""The row for the register of incoming documents (sổ đăng ký văn bản đến).

Columns of the paper register: Decree 30/2020/NĐ-CP, annex IV. Fields of the electronic one:
annex VI, part II (name, type and length of each); what the paper itself does not say (number
and day of arrival, who receives it) stays empty for the clerk. It is a draft of a header, no
conformance is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from congvan.document import Document
from congvan.wording import clean, vn_date

from .rows import exact_day, plain_words

#: Annex VI: how long a field may be.
LENGTHS = {
    "TypeName": 100,
    "CodeNumber": 11,
    "CodeNotation": 30,
    "OrganName": 200,
    "Subject": 500,
    "Language": 30,
    "Description": 500,
    "Position": 100,
    "FullName": 50,
    "ToPlaces": 1000,
}
#: Priority of Decision 28/2018/QĐ-TTg's exchange: higher is more urgent.
PRIORITIES = {"KHẨN": 1, "THƯỢNG KHẨN": 2, "HỎA TỐC": 3, "HOẢ TỐC": 3}


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of the register.

    Attributes:
        fields: Header fields of annex VI by their English names; None where the paper is silent.
        notes: What was cut to the length that annex VI allows.
    """

    fields: dict[str, Any]
    notes: tuple[str, ...] = ()

    def paper(self) -> dict[str, str]:
        """Returns the ten columns of the paper register, in their order."""
        f = self.fields
        number = "/".join(filter(None, [f["CodeNumber"], f["CodeNotation"]]))
        kind = f["TypeName"] or ""
        subject = f["Subject"] or ""
        return {
            "Ngày đến": "",
            "Số đến": "",
            "Tác giả": f["OrganName"] or "",
            "Số, ký hiệu": number,
            "Ngày tháng văn bản": vn_date(f["IssuedDate"]) if f["IssuedDate"] else "",
            "Tên loại và trích yếu": f"{kind}. {subject}".strip(". ") if subject else kind,
            "Đơn vị hoặc người nhận": "",
            "Ngày chuyển": "",
            "Ký nhận": "",
            "Ghi chú": "; ".join(filter(None, [f["Urgency"], f["Secrecy"]])),
        }


def incoming(doc: Document) -> Incoming:
    """Returns the register row of a document.

    ``DueDate`` is the earliest day that any of its directives names, None if none does.
    """
    h, s = doc.header, doc.signature
    days = [
        day
        for d in doc.directives
        for due in d.due
        if (day := exact_day(due.value)) is not None and due.kind in ("date", "relative", "event")
    ]
    fields: dict[str, Any] = {
        "OrganId": None,
        "TypeName": h.doc_type,
        "CodeNumber": h.number,
        "CodeNotation": h.symbol,
        "IssuedDate": h.date,
        "OrganName": h.issuer_value or h.issuer,
        "Subject": h.subject,
        "Language": "Tiếng Việt",
        "PageAmount": doc.source.pages,
        "Description": None,
        "ArrivalDate": None,
        "ArrivalNumber": None,
        "Position": plain_words(s.position) if s and s.position else None,
        "FullName": s.name if s else None,
        "Priority": PRIORITIES.get((h.urgency or "").upper(), 0),
        "ToPlaces": "; ".join(clean(r) for r in doc.recipients) or None,
        "DueDate": min(days).isoformat() if days else None,
        "Urgency": h.urgency,
        "Secrecy": h.secrecy,
        "Path": doc.source.path,
    }
    notes = []
    for name, most in LENGTHS.items():
        value = fields[name]
        if isinstance(value, str):
            value = clean(value)
            if len(value) > most:
                notes.append(f"{name}: {len(value)} ký tự, cắt còn {most}")
                value = value[: most - 1].rstrip() + "…"
            fields[name] = value
    return Incoming(fields, tuple(notes))
