"""Signs of symbol fonts, which lie in the private-use area of Unicode."""

from __future__ import annotations

import re

# Word's Symbol and Wingdings bullets are U+F0xx. Hit: U+F0B7; near miss: U+2022.
_PRIVATE_RE = re.compile("[\ue000-\uf8ff]")
_KNOWN = {
    "\uf02b": "+",
    "\uf03d": "=",
    "\uf0b0": "°",
    "\uf0b1": "±",
    "\uf0a3": "≤",
    "\uf0b3": "≥",
    "\uf0b4": "×",
}
REPAIR = "sign(s) of a symbol font (bullets) written as plain signs"


def plain_signs(text: str) -> tuple[str, int]:
    """Returns ``text`` with private-use signs as plain ones ("-" for bullets), and how many.

    >>> plain_signs("\\uf0b7 Sở Tài chính")
    ('- Sở Tài chính', 1)
    """
    if not _PRIVATE_RE.search(text):
        return text, 0
    return _PRIVATE_RE.subn(lambda m: _KNOWN.get(m.group(), "-"), text)
