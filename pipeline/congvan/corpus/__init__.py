"""The congvan corpus: whole documents with several layers of annotation, and what checks them.

One JSON file a document (``data/corpus/documents``); ``data/corpus/splits.json`` says which are
for training, for choosing and for testing. Every offset counts code points of the document's own
``text``, which is the file as the office wrote it: hard wraps, page breaks and Markdown included.
"""

from __future__ import annotations

from .files import load, load_file, splits
from .model import LAYERS, SPLITS, CorpusDocument, Mention
from .rules import check

__all__ = ["LAYERS", "SPLITS", "CorpusDocument", "Mention", "check", "load", "load_file", "splits"]
