"""Reads a tagged PDF back as a screen reader does, and finds what the two checkers miss."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

_PAINTING = frozenset(
    {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}
)


@dataclass
class Shown:
    """One piece of text as it stands on a page."""

    page: int
    mcid: int | None
    x: float
    y: float
    text: str


@dataclass
class Said:
    """A structure element with what it says."""

    role: str
    text: str
    alt: str
    language: str
    depth: int
    scope: str = ""
    children: list["Said"] = field(default_factory=list)

    def walk(self) -> Iterator["Said"]:
        yield self
        for child in self.children:
            yield from child.walk()


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]+)>", font.ToUnicode.read_bytes())
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in pairs
        if len(code) == 2 and code + text != b"00FF"
    }


class TaggedPdf:
    """An opened PDF. `faults` is empty where content and tree lead to each other."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self.faults: list[str] = []
        self.shown: list[Shown] = []
        self._texts: dict[tuple[int, int], str] = {}
        self._maps: dict[tuple[int, int], dict[int, str]] = {}
        self._pages = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}
        self._marked: list[list[int]] = []
        for index, page in enumerate(self.pdf.pages):
            self._read_page(index, page)
        root = self.pdf.Root.StructTreeRoot
        self._parents = _number_tree(root.ParentTree)
        self._claimed: set[tuple[int, int]] = set()
        tops = _listed(root.K)
        self.root = Said("Root", "", "", "", 0, children=[self._element(top, 1) for top in tops])
        self._compare()

    def _read_page(self, index: int, page: pikepdf.Page) -> None:
        stack: list[int | None] = []
        current: dict[int, str] = {}
        place = (0.0, 0.0)
        marked: list[int] = []
        for instruction in pikepdf.parse_content_stream(page):
            operands: list[Any] = list(instruction.operands)
            name = str(instruction.operator)
            if name in {"BDC", "BMC"}:
                properties: Any = operands[1] if len(operands) > 1 else {}
                mcid = int(properties["/MCID"]) if "/MCID" in properties else None
                stack.append(mcid)
                if mcid is not None:
                    marked.append(mcid)
                    self._texts[index, mcid] = ""
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                current = self._font(page.Resources.Font[operands[0]])
            elif name == "Tm":
                place = (float(operands[4]), float(operands[5]))
            elif name in _PAINTING:
                if len(stack) != 1:
                    self.faults.append(f"page {index}: {name} inside {len(stack)} marks")
                if name == "Tj" and stack:
                    text = "".join(current[code] for code in bytes(operands[0]))
                    self.shown.append(Shown(index, stack[-1], *place, text))
                    if stack[-1] is not None:
                        self._texts[index, stack[-1]] += text
        if stack or len(marked) != len(set(marked)):
            self.faults.append(f"page {index}: marks {marked}, left open {stack}")
        self._marked.append(marked)

    def _font(self, font: pikepdf.Object) -> dict[int, str]:
        if font.objgen not in self._maps:
            self._maps[font.objgen] = _unicode_map(font)
        return self._maps[font.objgen]

    def _element(self, entry: pikepdf.Object, depth: int) -> Said:
        page = self._pages[entry.Pg.objgen] if "/Pg" in entry else -1
        said = Said(
            str(entry.S).removeprefix("/"),
            "",
            str(entry.get("/Alt", "")),
            str(entry.get("/Lang", "")),
            depth,
            str(entry.A.get("/Scope", "")) if "/A" in entry else "",
        )
        for kid in _listed(entry.get("/K", [])):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                child = self._element(kid, depth + 1)
                said.children.append(child)
                said.text += child.text if child.role == "Span" else ""
            elif isinstance(kid, pikepdf.Dictionary):
                said.text += self._claim(entry, self._pages[kid.Pg.objgen], int(kid.MCID))
            else:
                said.text += self._claim(entry, page, int(kid))
        if "/ActualText" in entry:
            said.text = str(entry.ActualText)
        return said

    def _claim(self, entry: pikepdf.Object, page: int, mcid: int) -> str:
        if (page, mcid) in self._claimed:
            self.faults.append(f"page {page}: mark {mcid} is claimed twice")
        self._claimed.add((page, mcid))
        back = self._parents.get(int(self.pdf.pages[page].obj.StructParents))
        if back is None or mcid >= len(back) or back[mcid].objgen != entry.objgen:
            self.faults.append(f"page {page}: mark {mcid} does not lead back")
        return self._texts.get((page, mcid), "")

    def _compare(self) -> None:
        there = {(page, mcid) for page, marked in enumerate(self._marked) for mcid in marked}
        if there != self._claimed:
            self.faults.append(
                f"marks without element, or named and absent: {there ^ self._claimed}"
            )

    def elements(self, *roles: str) -> list[Said]:
        """Elements of these roles in reading order; all without any."""
        return [said for said in self.root.walk() if not roles or said.role in roles]

    def text(self) -> str:
        """What a screen reader says, one line an element, words and alternatives in order."""
        lines = [said.alt or said.text for said in self.elements() if said.role != "Span"]
        return "\n".join(line for line in lines if line)


def _listed(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def _number_tree(node: pikepdf.Object) -> dict[int, pikepdf.Object]:
    numbers = list(node.get("/Nums", []))
    found = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for kid in node.get("/Kids", []):
        found |= _number_tree(kid)
    return found
