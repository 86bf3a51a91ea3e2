"""Entities in the formats of annotation and training tools, and exactly back.

=========  =========================================================================
doccano    JSONL, one document a line: ``{"id", "text", "label": [[start, end, type]], "meta"}``
conll      BIO tags, one word a line, tab-separated; sentences are the lines of the text
docbin     spaCy's binary format: words, entities, and the span groups of ``to_spacy``
=========  =========================================================================

What comes back is an :class:`Annotated`: the text, and the entities with their values (not their
scores). The text stands in every format with its checksum; a text that another tool changed
(doccano #1688: CRLF shifts every offset) is refused, never guessed at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .document import Document, Entity
from .text import squeeze

if TYPE_CHECKING:
    from spacy.language import Language


#: The names of the formats.
FORMATS = ("doccano", "conll", "docbin")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its entities, as it came back from another tool."""

    id: str
    text: str
    entities: tuple[Entity, ...]


def checksum(text: str) -> str:
    """Returns the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _name(doc: Document) -> str:
    """Returns the name of the source; what is no UTF-8 in it is spelled out, as JSON needs it."""
    return doc.source.path.encode("utf-8", "backslashreplace").decode()


def _values(doc: Document) -> dict[str, str]:
    """Returns the values by span and type: a span that is labelled anew loses its old value."""
    return {_key(e.start, e.end, e.type): e.value for e in doc.entities if e.value is not None}


def _key(start: int, end: int, kind: str) -> str:
    return f"{start}-{end} {kind}"


# ---------------------------------------------------------------- doccano


def to_doccano(docs: Iterable[Document]) -> Iterator[str]:
    """Yields one line of JSON a document, without its line end.

    ``meta`` holds the name of the source, the checksum of the text and the values of the
    entities by their offsets, which doccano keeps and gives back.
    """
    for doc in docs:
        yield json.dumps(
            {
                "id": _name(doc),
                "text": doc.text,
                "label": [[e.start, e.end, e.type] for e in doc.entities],
                "meta": {
                    "source": _name(doc),
                    "sha256": checksum(doc.text),
                    "values": _values(doc),
                },
            },
            ensure_ascii=False,
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a doccano file, checked: its text is the one that was exported."""

    number: int
    id: str
    text: str
    spans: list[tuple[int, int, str]]
    meta: dict[str, Any]


def read_doccano(lines: Iterable[str]) -> Iterator[Record]:
    """Yields the records of a doccano export; both of its spellings are read
    (``label`` with triples, ``entities`` with ``start_offset`` and ``end_offset``).

    Raises:
        ValueError: A line is no doccano record, a span lies outside the text, or the text is
            not the one that was exported; the message names the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = _of_type(str, row["text"] if "text" in row else row["data"])
            meta = _of_type(dict, row.get("meta") or {})
            _texts(meta.get("values") or {})
            spans = sorted(_doccano_spans(row))
        except (AttributeError, ArithmeticError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"line {number}: no doccano record ({error})") from error
        _same_text(f"line {number}", text, meta.get("sha256"))
        for start, end, _ in spans:
            if not 0 <= start < end <= len(text):
                raise ValueError(f"line {number}: the span {start}-{end} lies outside the text")
        yield Record(number, str(meta.get("source", row.get("id", number))), text, spans, meta)


def from_doccano(lines: Iterable[str]) -> Iterator[Annotated]:
    """Yields the documents of a doccano export with their entities.

    Raises:
        ValueError: See :func:`read_doccano`.
    """
    for record in read_doccano(lines):
        values = _texts(record.meta.get("values") or {})
        entities = _entities(f"line {record.number}", record.text, record.spans, values)
        yield Annotated(record.id, record.text, tuple(entities))


def _of_type(kind: type, found: object) -> Any:
    if not isinstance(found, kind):
        raise TypeError(f"{type(found).__name__} where {kind.__name__} was expected")
    return found


def _texts(found: object) -> dict[str, str]:
    return {k: _of_type(str, v) for k, v in _of_type(dict, found).items()}


def _doccano_spans(row: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    for label in row.get("label", row.get("labels")) or ():
        start, end, kind = label
        yield _of_type(int, start), _of_type(int, end), str(kind)
    for entity in row.get("entities") or ():
        start, end = entity["start_offset"], entity["end_offset"]
        yield _of_type(int, start), _of_type(int, end), str(entity["label"])


def _same_text(where: str, text: str, expected: str | None) -> None:
    if expected is not None and checksum(text) != expected:
        raise ValueError(
            f"{where}: the text is not the one that was exported (line ends or letters were "
            "changed on the way), so its offsets mean nothing: export it again"
        )


def _entities(
    where: str, text: str, spans: Iterable[tuple[int, int, str]], values: dict[str, str]
) -> Iterator[Entity]:
    for i, (start, end, kind) in enumerate(spans, 1):
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{where}: the span {start}-{end} lies outside the text")
        value = values.get(_key(start, end, kind))
        yield Entity(f"e{i}", kind, start, end, text[start:end], value)


# ---------------------------------------------------------------- CoNLL


def to_conll(docs: Iterable[Document], *, nlp: Language | None = None) -> Iterator[str]:
    """Yields the lines of a CoNLL file: ``-DOCSTART-``, then word, start, end and BIO tag.

    A sentence is a line of the text; words may hold blanks, so columns are parted by tabs, and a
    name that goes on in the next line goes on there with ``I-``.
    ``# text`` holds the whole line as JSON: the text comes back to the character.
    """
    from .spacy_pipe import to_spacy

    for doc in docs:
        tokens = to_spacy(doc, nlp)
        yield f"-DOCSTART-\t-\t-\tO\t{json.dumps(_name(doc), ensure_ascii=False)}"
        yield f"# sha256 = {checksum(doc.text)}"
        yield f"# values = {json.dumps(_values(doc), ensure_ascii=False)}"
        words = iter([t for t in tokens if not t.is_space])
        word = next(words, None)
        at = 0
        for line in doc.text.split("\n"):
            end = at + len(line)
            yield ""
            yield f"# text = {json.dumps(line, ensure_ascii=False)}"
            while word is not None and word.idx < end:
                tag = word.ent_iob_ if word.ent_iob_ == "O" else f"{word.ent_iob_}-{word.ent_type_}"
                stop = word.idx + len(word)
                yield f"{squeeze(word.text)}\t{word.idx}\t{stop}\t{tag or 'O'}"
                word = next(words, None)
            at = end + 1
        yield ""


def from_conll(lines: Iterable[str]) -> Iterator[Annotated]:
    """Yields the documents of a file that :func:`to_conll` wrote.

    Raises:
        ValueError: The file has another form, or the text is not the one that was exported.
    """
    name: str | None = None
    meta: dict[str, Any] = {}
    texts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    open_span = False
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if line.startswith("-DOCSTART-"):
            if name is not None:
                yield _conll_document(name, meta, texts, spans)
            try:
                name = _of_type(str, json.loads(line.split("\t")[4]))
            except (IndexError, TypeError, ValueError) as error:
                raise ValueError(
                    f"line {number}: no CoNLL file of congvan: its documents begin with "
                    "-DOCSTART-, three columns and a name, parted by tabs"
                ) from error
            meta, texts, spans, open_span = {}, [], [], False
        elif line.startswith("# ") and " = " in line:
            key, value = line[2:].split(" = ", 1)
            if key == "text":
                texts.append(_json(number, str, value))
            else:
                meta[key] = _json(number, dict, value) if key == "values" else value
        elif line:
            cells = line.split("\t")
            if len(cells) != 4 or name is None:
                raise ValueError(
                    f"line {number}: expected word, start, end and tag, found {line!r}"
                )
            if not (cells[1].isdecimal() and cells[2].isdecimal()):
                raise ValueError(f"line {number}: start and end are no numbers: {line!r}")
            start, end, tag = int(cells[1]), int(cells[2]), cells[3]
            if tag.startswith("I-") and open_span and spans[-1][2] == tag[2:]:
                spans[-1] = (spans[-1][0], end, tag[2:])
            elif tag != "O":
                spans.append((start, end, tag[2:]))
            open_span = tag != "O"
    if name is not None:
        yield _conll_document(name, meta, texts, spans)


def _conll_document(
    name: str, meta: dict[str, Any], texts: list[str], spans: list[tuple[int, int, str]]
) -> Annotated:
    text = "\n".join(texts)
    _same_text(name, text, meta.get("sha256"))
    values = {k: str(v) for k, v in meta.get("values", {}).items()}
    return Annotated(name, text, tuple(_entities(name, text, spans, values)))


def _json(number: int, kind: type, value: str) -> Any:
    try:
        return _of_type(kind, json.loads(value))
    except (TypeError, ValueError) as error:
        raise ValueError(f"line {number}: no CoNLL file of congvan ({error})") from error


# ---------------------------------------------------------------- DocBin


def to_docbin(docs: Iterable[Document], *, nlp: Language | None = None) -> bytes:
    """Returns the documents as spaCy's DocBin, with ``ents`` and ``spans``."""
    from spacy.tokens import DocBin

    from .spacy_pipe import to_spacy

    out = DocBin(
        attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"], store_user_data=True
    )
    for doc in docs:
        tokens = to_spacy(doc, nlp)
        tokens.user_data["congvan"] = {"name": _name(doc), "sha256": checksum(doc.text)}
        out.add(tokens)
    return out.to_bytes()


def from_docbin(data: bytes) -> Iterator[Annotated]:
    """Yields the documents of a DocBin.

    Raises:
        ValueError: ``data`` is no DocBin, or a text is not the one that was exported.
    """
    from spacy.tokens import DocBin

    from .spacy_pipe import language

    try:
        docs = list(DocBin(store_user_data=True).from_bytes(data).get_docs(language().vocab))
    except Exception as error:  # msgpack and zlib raise errors of their own kinds
        raise ValueError(f"no DocBin of spaCy ({error})") from error
    for i, tokens in enumerate(docs, 1):
        meta = tokens.user_data.get("congvan", {})
        meta = meta if isinstance(meta, dict) else {}
        name = str(meta.get("name", i))
        _same_text(name, tokens.text, meta.get("sha256"))
        entities = tuple(
            Entity(f"e{n}", e.label_, e.start_char, e.end_char, e.text, e.kb_id_ or None)
            for n, e in enumerate(tokens.ents, 1)
        )
        yield Annotated(name, tokens.text, entities)
