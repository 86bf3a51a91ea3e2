"""The pipeline: one input through all stages, in one direction.

``bytes -> raw text -> canonical text -> lines -> letterhead, body, closing -> dates ->
citations -> agencies -> names -> labels, due expressions -> directives -> Document``. Every stage
is an ordinary function that can be called alone; this module only calls them in order and puts
their results together.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from . import readers
from .agencies import AgencyContext, canonical_agency, find_agencies
from .agency_links import candidates_of, link
from .citations import Draft, Found, Lead, Locality, Own, find_citations
from .citations.symbols import issuer_of_symbol
from .closing import Closing
from .commands import Read, dated_units, directed
from .corrections import correct_entities, folder_in_use
from .corrections import load as load_corrections
from .dates import DateExpression, find_dates
from .document import (
    Citation,
    Document,
    Entity,
    Header,
    Items,
    Section,
    Unit,
)
from .errors import ModelError
from .page import Page, footnotes, lay_out, one_line_title, structure, tables
from .places import named_units
from .readers import RawDocument
from .text import canonical, shadow
from .words.segment import check_options

if TYPE_CHECKING:
    from spacy.language import Language


class Pipeline:
    """Reads and analyses documents; holds no state but its options, so it is safe in threads.

    Args:
        limits: What one input may cost.
        recogniser: Finds persons and places too, and mends the borders of agencies, with the
            trained model; False gives what the rules alone find.
        model: Another trained recogniser: a folder that ``congvan train ner`` made.
        labels: Labels the units (supplement, review, deadline) and finds who must act; False
            leaves both out.
        units_model: Another trained classifier: a folder that ``congvan train units`` made.
        corrections: A folder or file of corrections, applied over the models' answers; None for
            the one that ``CONGVAN_CORRECTIONS`` names, else ``data/corrections`` if it is there;
            False for none.
        segmenter: Who cuts words for :attr:`spacy`: "pyvi", "underthesea", "syllable", "vote".

    Raises:
        CorrectionError: The corrections are not there, or a line of them is none.
        ValueError: No such segmenter.
        ModelError: The folder of ``model`` or ``units_model`` holds no model that can be used (on
            first use).
    """

    def __init__(
        self,
        *,
        limits: readers.Limits | None = None,
        segmenter: str = "pyvi",
        recogniser: bool = True,
        model: str | Path | None = None,
        labels: bool = True,
        units_model: str | Path | None = None,
        corrections: str | Path | Literal[False] | None = None,
    ) -> None:
        check_options(segmenter, ())
        self.recogniser = recogniser
        self.labels = labels
        self.units_model = Path(units_model) if units_model is not None else None
        self.model = Path(model) if model is not None else None
        self.limits = limits or readers.Limits()
        self.corrections = load_corrections(folder_in_use(corrections))
        self.segmenter = segmenter

    @property
    def spacy(self) -> Language:
        """The spaCy ``Language("vi")`` itself: our tokenizer, and the component ``congvan``."""
        from .spacy_pipe import language

        model = str(self.model) if self.model is not None else None
        return language(self.segmenter, self.recogniser, model)

    def __call__(self, source: str | Path | bytes | BinaryIO) -> Document:
        """Returns the analysed document.

        Args:
            source: A path (``Path``, or a ``str`` of one line that names an existing file), the
                bytes of a file, an open binary file, or the text itself.

        Raises:
            ReadError: The input cannot be read; the message says why and what to do.
        """
        if isinstance(source, Path):
            return self.read_file(source)
        if isinstance(source, (bytes, bytearray, memoryview)):
            return self.read_bytes(bytes(source))
        if isinstance(source, str):
            return self.read_file(source) if _names_a_file(source) else self.read_text(source)
        return self.read_bytes(source.read(), name=str(getattr(source, "name", "<file>")))

    def read_file(self, path: str | Path) -> Document:
        """Returns the analysed file. Raises ReadError if it cannot be read."""
        return self.analyse(readers.read_file(path, limits=self.limits))

    def read_bytes(self, data: bytes, *, name: str = "<bytes>") -> Document:
        """Returns the analysed content of a file of any supported format."""
        return self.analyse(readers.read_bytes(data, name=name, limits=self.limits))

    def read_text(self, text: str, *, name: str = "<text>") -> Document:
        """Returns the analysed text."""
        return self.analyse(readers.read_text(text, name=name))

    def pipe(self, sources: Iterable[str | Path | bytes]) -> Iterator[Document]:
        """Yields the analysed documents one by one, in order."""
        for source in sources:
            yield self(source)

    def citations_only(self, text: str) -> tuple[tuple[Citation, ...], list[DateExpression]]:
        """Returns the citations and dates of a text without structure or letterhead."""
        text, _ = canonical(text)
        seen = shadow(text)
        dates = find_dates(text, shadow=seen)
        return find_citations(text, seen, dates).citations, dates

    def analyse(self, raw: RawDocument) -> Document:
        """Returns the analysis of what a reader gave."""
        page = lay_out(raw)
        text, header, closing = page.text, page.header, page.closing
        sections, units, annexes = structure(page)
        dates = find_dates(text, shadow=page.shadow, anchor=header.date)
        context = context_of(header, page)
        found = find_citations(
            text,
            one_line_title(page),
            dates,
            own=_own(header),
            place=locality(header, context),
            skip=_skip(header),
            drafts=_drafts(sections),
            leads=_leads(sections, units),
        )
        entities = _entities(page, found, dates, context)
        warnings = [*raw.warnings, *found.warnings]
        if self.recogniser:
            stretches = _stretches(header, sections, units)
            entities, warning = _recognised(text, entities, stretches, closing, context, self.model)
            warnings += [warning] if warning else []
        if self.corrections:
            entities = correct_entities(entities, units, self.corrections)
        entities = _numbered(entities, context)
        sections = [
            dataclasses.replace(s, presenter_value=canonical_agency(s.presenter, context=context))
            if s.presenter
            else s
            for s in sections
        ]
        header = dataclasses.replace(header, issuer_value=_issuer_value(header, context))
        read = Read(text, page.shadow, header, sections, units, entities, dates)
        if self.labels:
            units, directives, warning = directed(read, context, self.units_model, self.corrections)
            warnings += [warning] if warning else []
        else:
            directives = dated_units(read)
        return Document(
            text=text,
            source=raw.source,
            header=header,
            sections=Items(sections),
            units=Items(units),
            entities=Items(entities),
            agencies=Items(link(entities, context)),
            citations=Items(_placed(found.citations, sections, units)),
            relations=Items(found.relations),
            directives=Items(directives),
            recipients=closing.recipients,
            signature=closing.signature,
            tables=Items(tables(page)),
            footnotes=Items(footnotes(page)),
            annexes=Items(annexes),
            warnings=tuple(warnings),
            document=found.document,
            offset_map=page.offset_map,
        )


def context_of(header: Header, page: Page) -> AgencyContext:
    """Returns what a document says of itself, for what its names leave out."""
    context = AgencyContext(header.issuer, header.place, header.date, header.parent_issuer)
    topic, units = named_units(page.shadow)
    if context.province is not None:
        topic = None
    return dataclasses.replace(context, topic=topic, units=units)


def _names_a_file(source: str) -> bool:
    if len(source) > 1024 or "\n" in source or "\0" in source:
        return False
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False


def _own(header: Header) -> Own:
    year = header.year or (
        int(header.date[:4]) if header.date and header.date[:4].isdigit() else None
    )
    return Own(
        header.number,
        header.symbol,
        year,
        header.doc_type,
        header.form == "party",
        header.subject,
        header.date,
    )


def _skip(header: Header) -> list[tuple[int, int]]:
    spans = [header.spans[k] for k in ("number", "symbol") if k in header.spans]
    return [(a - 12, b) for a, b in spans]


def _issuer_value(header: Header, context: AgencyContext) -> str | None:
    """Returns the issuer's full name: from its words, else from the symbol ("KL/VPTW").

    A Party organ of the centre leaves "Trung ương" to the line above it and to its symbol.
    """
    if header.issuer is None:
        return None
    party = header.form == "party"
    by_symbol = issuer_of_symbol(header.symbol, party=party)
    if party and by_symbol and by_symbol.lower().startswith(f"{header.issuer.lower()} trung ương"):
        return by_symbol
    value = canonical_agency(header.issuer, context=context)
    if value is None and header.parent_issuer:
        # "BAN TỔ CHỨC" under "TỈNH ỦY LẠNG SƠN".
        value = canonical_agency(f"{header.issuer} {header.parent_issuer}", context=context)
    return value or by_symbol


# "Dự thảo Đề án phát triển vùng quế", "Về đề án sắp xếp tổ chức đảng".
_DRAFT_HEADING_RE = re.compile(
    r"(?:Về\s+)?(?:(?:[dD]ự thảo|[dD]ự kiến)\s+)?(?P<type>Nghị quyết|Nghị định|Quyết định|"
    r"Quy chế|Quy định|Đề án|Kế hoạch|Chương trình|Tờ trình|Chỉ thị|Báo cáo|Thông tư|Luật|"
    r"Phương án|đề án|kế hoạch|chương trình)\b"
)


def _drafts(sections: Sequence[Section]) -> list[Draft]:
    out = []
    for s in sections:
        m = _DRAFT_HEADING_RE.match(s.heading)
        if m and (
            "thảo" in m.group() or "kiến" in m.group() or m.group("type").islower() or s.presenter
        ):
            out.append(Draft(s.heading_end, s.end, m.group("type")))
    return out


def _leads(sections: Sequence[Section], units: Sequence[Unit]) -> list[Lead]:
    by_id = {u.id: u for u in units}
    titles = {s.id: s for s in sections}
    out = []
    for u in units:
        if u.lead in by_id:
            lead = by_id[u.lead]
            out.append(Lead(u.start, lead.start, lead.end))
        elif u.marker and u.section in titles and titles[u.section].heading:
            s = titles[u.section]
            out.append(Lead(u.start, s.heading_start, s.heading_end))
    return out


_DISTRICT_RE = re.compile(r"\b(?:huyện|quận|thị_xã)\b", re.IGNORECASE)
_COMMUNE_RE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\b", re.IGNORECASE)
_OWN_PLACE_RE = re.compile(
    r"\b(?:huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|thành phố|tỉnh)\s+[^,;()\n]+", re.IGNORECASE
)


def locality(header: Header, context: AgencyContext) -> Locality:
    """Returns what local suffixes in a document refer to, from its letterhead."""
    # "thị xã" is a district, not a commune.
    issuer = re.sub(r"thị\s+xã", "thị_xã", header.issuer or "", flags=re.IGNORECASE)
    province = context.province
    if not issuer:
        return Locality(None, province, "province" if province else None)
    if _COMMUNE_RE.search(issuer):
        level = "commune"
    elif _DISTRICT_RE.search(issuer):
        level = "district"
    else:
        level = "province" if province else "central"
    own = _OWN_PLACE_RE.search(header.issuer or "")
    return Locality(own.group() if own else province, province, level)


def _entities(
    page: Page, found: Found, dates: Sequence[DateExpression], context: AgencyContext
) -> list[Entity]:
    blocked = [(c.start, c.end) for c in found.citations]
    rows: list[tuple[int, int, str, str | None, float, str | None]] = [
        (c.start, c.end, "INSTRUMENT", c.document, c.score, None) for c in found.citations
    ]
    taken = sorted(blocked)
    starts = [a for a, _ in taken]
    for d in dates:
        i = bisect_right(starts, d.end - 1) - 1
        if i >= 0 and taken[i][1] > d.start:
            continue  # a year inside the name of a law
        rows.append((d.start, d.end, "DATE", d.value, 0.9 if d.inferred else 1.0, d.granularity))
    for a in find_agencies(page.text, shadow=page.shadow, context=context, blocked=taken):
        rows.append((a.start, a.end, "AGENCY", a.value, a.score, None))
    rows.sort(key=lambda r: (r[0], -r[1]))
    out: list[Entity] = []
    last = -1
    for start, end, kind, value, score, granularity in rows:
        if start < last:
            continue
        last = end
        out.append(
            Entity(
                f"e{len(out) + 1}",
                kind,
                start,
                end,
                page.text[start:end],
                value,
                score,
                granularity,
            )
        )
    return out


def _stretches(
    header: Header, sections: Sequence[Section], units: Sequence[Unit]
) -> list[tuple[int, int]]:
    """Returns where names are looked for by the model: title, headings, units, in order."""
    spans = [(s.heading_start, s.heading_end) for s in sections]
    spans += [(u.start, u.end) for u in units]
    title = [header.spans[k] for k in ("doc_type", "subject") if k in header.spans]
    if title:
        spans.append((min(a for a, _ in title), max(b for _, b in title)))
    return sorted(spans)


def _recognised(
    text: str,
    entities: list[Entity],
    stretches: list[tuple[int, int]],
    closing: Closing,
    context: AgencyContext,
    place: Path | None,
) -> tuple[list[Entity], str | None]:
    """Returns the entities of rules and model together; a warning where there is no model."""
    from .recogniser.combine import combine
    from .recogniser.model import tagger
    from .recogniser.tag import tag

    try:
        model = tagger(place)
    except ModelError as error:
        if place is not None:
            raise
        return entities, f"only rules were used for names, persons and places are missing: {error}"
    entities = combine(text, entities, tag(text, entities, model, within=stretches), context)
    signed = closing.signature
    if signed is not None and signed.name:
        at = text.find(signed.name, signed.start, signed.end)
        free = all(e.end <= at or at + len(signed.name) <= e.start for e in entities)
        if at >= 0 and free:
            name = " ".join(signed.name.split())
            end = at + len(signed.name)
            entities.append(Entity("", "PERSON", at, end, signed.name, name, 0.99))
            entities.sort(key=lambda e: e.start)
    return entities, None


def _numbered(entities: Sequence[Entity], context: AgencyContext) -> list[Entity]:
    """Returns the entities with running ids, and what else an agency may be."""
    out = []
    for i, e in enumerate(entities, 1):
        agency = e.type == "AGENCY" and e.value is not None
        candidates = candidates_of(e.value, context) if agency and e.value else ()
        out.append(dataclasses.replace(e, id=f"e{i}", candidates=candidates))
    return out


def _placed(
    citations: Sequence[Citation], sections: Sequence[Section], units: Sequence[Unit]
) -> list[Citation]:
    unit_starts = [u.start for u in units]
    out = []
    stack: list[Section] = []
    at = 0
    for c in citations:
        while at < len(sections) and sections[at].start <= c.start:
            while stack and stack[-1].end <= sections[at].start:
                stack.pop()
            stack.append(sections[at])
            at += 1
        while stack and stack[-1].end <= c.start:
            stack.pop()
        i = bisect_right(unit_starts, c.start) - 1
        unit = units[i] if i >= 0 and c.start < units[i].end else None
        section = unit.section if unit else (stack[-1].id if stack else None)
        out.append(dataclasses.replace(c, unit=unit.id if unit else None, section=section))
    return out
