"""Read back what our PDF say, page by page, with nothing but the standard library: enough for what Typst writes."""

import re
import zlib

ECHAPPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
POLICE = re.compile(rb"/(f\d+) [\d.]+ Tf$")
PAIRE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page, without any space: how lines were broken does not matter."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\b(.*?)endobj", pdf, re.DOTALL)}
    pages = []
    for body in objects.values():
        if re.search(rb"/Type/Page\b", body):
            resources = objects[find_reference(body, b"Resources")]
            fonts = re.search(rb"/Font ?(?:(\d+) 0 R|<<(.*?)>>)", resources, re.DOTALL)
            named = objects[int(fonts[1])] if fonts[1] else fonts[2]
            cmaps = {name: read_cmap(objects, int(n)) for name, n in re.findall(rb"/(f\d+) (\d+) 0 R", named)}
            pages.append(read_text(open_stream(objects[find_reference(body, b"Contents")]), cmaps))
    return pages


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def says(text: str, sentence: str) -> bool:
    """Whether a page (or all of them) says ``sentence``, written in French spaces and apostrophes or not."""
    return squeeze(sentence).replace("'", "’") in text


def find_reference(body: bytes, name: bytes) -> int:
    return int(re.search(rb"/" + name + rb" (\d+) 0 R", body)[1])


def open_stream(body: bytes) -> bytes:
    content = body.partition(b"stream")[2].lstrip(b"\r\n").rpartition(b"endstream")[0]
    return zlib.decompress(content)


def read_cmap(objects: dict[int, bytes], font: int) -> dict[int, str]:
    cmap = open_stream(objects[find_reference(objects[font], b"ToUnicode")])
    assert b"beginbfrange" not in cmap
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in PAIRE.findall(cmap)}


def unescape(chain: bytes) -> bytes:
    def read(match: re.Match[bytes]) -> bytes:
        escaped = match[1].decode("latin-1")
        return bytes([int(escaped, 8)]) if escaped[0].isdigit() else ECHAPPES.get(escaped, escaped).encode("latin-1")

    return re.sub(rb"\\([0-7]{1,3}|.)", read, chain, flags=re.DOTALL)


def find_end(content: bytes, start: int) -> int:
    """Where the string that opens at ``start`` closes: brackets that balance are not escaped."""
    depth, i = 0, start
    while True:
        depth += {b"(": 1, b")": -1}.get(content[i : i + 1], 0)
        if not depth:
            return i
        i += 2 if content[i : i + 1] == b"\\" else 1


def read_text(content: bytes, cmaps: dict[bytes, dict[int, str]]) -> str:
    pieces, font, i = [], b"", 0
    while i < len(content):
        if content[i : i + 1] == b"(":
            end = find_end(content, i)
            raw = b"" if content.endswith((b"/ActualText", b"/Lang"), 0, i) else unescape(content[i + 1 : end])
            pieces += [cmaps[font][int.from_bytes(raw[j : j + 2], "big")] for j in range(0, len(raw), 2)]
            i = end
        elif content[i : i + 2] == b"Tf":
            font = POLICE.search(content, max(0, i - 30), i + 2)[1]
        i += 1
    return squeeze("".join(pieces))
