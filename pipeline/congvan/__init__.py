"""congvan reads Vietnamese administrative text.

It says how a document is built, who is named, which legal instruments it cites and how it
relates to them, and what is due when. Everything runs on this machine; nothing is downloaded.

>>> import congvan
>>> nlp = congvan.load()
>>> doc = nlp("Căn cứ Nghị định số 82/2018/NĐ-CP ngày 22/5/2018 của Chính phủ;")
>>> doc.citations[0].date
'2018-05-22'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .document import Document
    from .pipeline import Pipeline
    from .text import OffsetMap

__version__ = "0.1.0"
__all__ = ["Document", "OffsetMap", "Pipeline", "__version__", "load"]


def load(**options: Any) -> Pipeline:
    """Returns the pipeline, ready to use; tables load at the first document."""
    from .pipeline import Pipeline

    return Pipeline(**options)


def __getattr__(name: str) -> Any:
    # `import congvan` stays light: the command line must answer at once.
    if name == "Document":
        from .document import Document

        return Document
    if name == "Pipeline":
        from .pipeline import Pipeline

        return Pipeline
    if name == "OffsetMap":
        from .text import OffsetMap

        return OffsetMap
    raise AttributeError(f"module 'congvan' has no attribute {name!r}")
