"""Old encodings: right conversion, and above all no conversion of good text."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan import encodings
from congvan.lookups import rows, values

TEXT = (
    "Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư rà soát danh mục đề án, "
    "bổ sung những nội dung còn thiếu; báo cáo Uỷ ban nhân dân tỉnh trước ngày 15 tháng 6. "
    "Giao Văn phòng theo dõi, đôn đốc việc thực hiện thông báo này.\n"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def tcvn3(text: str) -> bytes:
    """Writes text as ABC fonts do: small codes for accented capitals."""
    small = dict(zip(encodings._LOWER, encodings._TCVN3_LOWER, strict=True))
    capital = {char: code for code, char in encodings._TCVN3_CAPITALS.items()}
    out = bytearray()
    for char in text:
        code = capital.get(char) or small.get(char) or small.get(char.lower())
        out.append(ord(char) if code is None else code)
    return bytes(out)


def vni(text: str) -> bytes:
    pairs: dict[str, str] = {}
    for legacy, char in encodings._vni_pairs().items():
        if len(legacy) == 1 or legacy.islower() or legacy.isupper():
            pairs.setdefault(char, legacy)
    return "".join(pairs.get(c, c) for c in text).encode("latin-1")


def viscii(text: str) -> bytes:
    codes = {char: code for code, char in encodings._VISCII.items()}
    return bytes(codes.get(c) or ord(c) for c in text)


def cp1258(text: str) -> bytes:
    out = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = "".join(m for m in marks if m in TONES)
        out.append(nfc("".join(m for m in marks if m not in TONES)) + tone)
    return "".join(out).encode("cp1258")


WRITERS = {"tcvn3": tcvn3, "vni": vni, "viscii": viscii, "cp1258": cp1258}


@pytest.mark.parametrize("name", WRITERS)
def test_legacy_bytes_are_told_apart(name: str) -> None:
    found = encodings.decode(WRITERS[name](TEXT))
    assert (found.encoding, nfc(found.text), found.warnings) == (name, TEXT, ())


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii"])
@pytest.mark.parametrize("charset", ["latin-1", "cp1252"])
def test_legacy_text_read_as_latin1_is_repaired(name: str, charset: str) -> None:
    data = WRITERS[name](TEXT)
    try:
        wrong = data.decode(charset)
    except UnicodeDecodeError:
        pytest.skip("a code that windows-1252 does not have")
    found = encodings.repair(wrong)
    assert (found.encoding, found.text) == (name, TEXT)
    assert len(found.repairs) == 1
    assert name[:3] in found.repairs[0].lower()
    # The same, saved as UTF-8 by somebody.
    assert encodings.decode(wrong.encode()).text == TEXT


def test_the_way_back_from_repaired_vni() -> None:
    wrong = vni(TEXT).decode("latin-1")
    found = encodings.repair(wrong)
    assert found.offset_map is not None
    at = found.text.index("Giao")
    assert found.offset_map.source(at) == wrong.index("Giao")


def test_utf8_read_as_windows1252_is_turned_back() -> None:
    wrong = "".join(bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in TEXT.encode())
    found = encodings.repair(wrong)
    assert (found.text, found.encoding) == (TEXT, "utf-8")
    assert "windows-1252" in found.repairs[0]


# fmt: off
GOOD = [
    "Mức giá 5µm ± 3° và ½ kg",
    "temp 3° ± ½ µm à la carte",
    "Thông báo",                                  # only letters that Latin-1 has too
    "Báo cáo công tác tháng ba, cám ơn",
    "El señor Ibáñez llegó a la estación de Córdoba con su niño y comió jamón, piñón y maíz",
    "Die Größe der Straße für Fußgänger überschreitet die zulässige Höhe; Änderungen möglich",
    "Le règlement intérieur prévoit une procédure accélérée à l'égard des élèves concernés",
    "Søren på Ærø spiste grød og blåbær på første dag",
    "§ 5 ® © ª º « » ¿ ¡ ¼ ½ ¾ × ÷",
    "",
    "plain ASCII 123",
]
# fmt: on


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_left_alone(text: str) -> None:
    assert encodings.repair(text) == encodings.Decoded(text, "utf-8")
    assert encodings.decode(text.encode()).text == text


@given(st.text(alphabet=TEXT + "µ±°½§®éèàüñ 0123456789", max_size=300))
def test_text_with_vietnamese_letters_is_never_changed(text: str) -> None:
    assert encodings.repair(text + " được").text == text + " được"


@given(st.binary(max_size=300))
def test_any_bytes_give_text(data: bytes) -> None:
    assert isinstance(encodings.decode(data).text, str)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8"]
)
def test_unicode_encodings(encoding: str) -> None:
    found = encodings.decode(TEXT.encode(encoding))
    assert found.text == TEXT
    assert found.encoding is not None
    assert encoding.removesuffix("-sig").startswith(found.encoding[:6])


def test_one_broken_byte_does_not_hide_utf8() -> None:
    data = (TEXT * 20).encode()
    found = encodings.decode(data + b"\xe1\xba")
    assert found.encoding == "utf-8"
    assert found.text.startswith(TEXT)
    assert "broken byte" in found.warnings[0]


def test_unknown_bytes_are_read_with_a_warning() -> None:
    found = encodings.decode("Straße “größer” 5 €".encode("cp1252"))
    assert (found.text, found.encoding) == ("Straße “größer” 5 €", None)
    assert "unknown" in found.warnings[0]


# fmt: off
CAPITALS = [
    # "Ỷ" of a heading font is stored as a small letter between capitals
    ("THÔNG BÁO KẾT LUẬN",     "THÔNG BÁO KẾT LUẬN"),
    ("Có Đồng chí Chủ tịch",   "Có Đồng chí Chủ tịch"),
    ("GIÁM ĐỐC SỞ NỘI VỤ",     "GIÁM ĐỐC SỞ NỘI VỤ"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_capitals_of_abc_fonts(text: str, expected: str) -> None:
    data = tcvn3(text + "\n" + TEXT)
    assert encodings.decode(data).text.splitlines()[0] == expected


@pytest.mark.parametrize(
    ("charset", "name"), [("TCVN5712-1", "tcvn3"), ("VISCII", "viscii"), ("CP1258", "cp1258")]
)
def test_against_the_tables_of_iconv(charset: str, name: str) -> None:
    if not shutil.which("iconv"):
        pytest.skip("needs the program iconv")
    text = TEXT if name != "cp1258" else cp1258(TEXT).decode("cp1258")
    run = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", charset], input=text.encode(), capture_output=True
    )
    if run.returncode:
        pytest.skip(f"this iconv has no {charset}")
    found = encodings.decode(run.stdout)
    assert (found.encoding, nfc(found.text)) == (name, TEXT)


@pytest.mark.parametrize("row", rows("syllables"), ids=lambda row: row["letter"])
def test_rows_of_syllables(row: dict[str, str]) -> None:
    syllables = values(row["syllables"])
    assert all(row["letter"] in s for s in syllables)
    assert encodings.evidence(row["example"]) == (1, 0)
    assert encodings.evidence(row["counterexample"]) == (0, 1)


def test_time_stays_linear() -> None:
    import time

    def seconds(n: int) -> float:
        data = tcvn3(TEXT) * n
        begin = time.perf_counter()
        encodings.decode(data)
        return time.perf_counter() - begin

    seconds(200)
    assert seconds(4000) < 60 * max(seconds(400), 0.005)
