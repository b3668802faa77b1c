"""Names as people hear and spell them: when two of them may be one."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

SAME = 1.0
SHORT_FORM = 0.95
SOUNDS_ALIKE = 0.8
SPELT_ALIKE = 0.7
INITIAL = 0.4
DIFFERENT = 0.0

_CLOSE = 0.8
_SHORT_FORMS = (
    "abdul abdel abdal",
    "abigail abi abbie abby",
    "aleksandra alexandra ola sasha alex alexa",
    "alexander aleksander alex alec sasha sandy",
    "amelia amy millie",
    "andrew andy drew andrzej",
    "anthony antony tony",
    "benjamin ben benji",
    "catherine katherine kathryn katarzyna kate katie kath kathy cath kasia",
    "charles charlie chuck",
    "charlotte lottie charlie",
    "christopher chris kit krzysztof krzys",
    "daniel dan danny danyal",
    "david dave davey dawid",
    "edward eddie ed ted teddy ned",
    "elizabeth elisabeth elzbieta liz lizzie beth betty eliza libby ela",
    "frederick fred freddie",
    "grace gracie",
    "hussain hussein husain hussayn",
    "isabella isabelle isobel bella izzy",
    "jacob jake jakub kuba",
    "james jamie jim jimmy",
    "jennifer jen jenny",
    "jessica jess jessie",
    "john jon jack johnny jan",
    "jonathan jon jonny",
    "joseph joe joey yusuf yousef yusef jozef",
    "joshua josh",
    "leonard leo lenny",
    "margaret maggie meg peggy malgorzata gosia",
    "maria mary marie maryam mariam miriam",
    "matthew matt matty mateusz",
    "michael mike mick mickey michal",
    "mohammed mohammad mohamed muhammad muhammed mohamad md",
    "natalia natalie nat",
    "nicholas nick nicky mikolaj",
    "oliver olly ollie",
    "patricia pat patty trish",
    "patrick pat paddy",
    "rebecca becky becca",
    "richard rick ricky dick rich",
    "robert rob bob bobby robbie",
    "samantha sam sammy",
    "samuel sam sammy",
    "sarah sara sally",
    "stephen steven steve",
    "susan sue susie suzanne",
    "thomas tom tommy tomasz",
    "timothy tim timmy",
    "victoria vicky tori wiktoria",
    "william will bill billy liam willie",
    "yasmin yasmeen jasmine jasmin",
    "zachary zac zach zak",
)


def _by_name() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(_SHORT_FORMS):
        for name in line.split():
            found[name] = found.get(name, frozenset()) | {number}
    return found


_FORMS_OF = _by_name()
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_SOUNDS = (
    (r"^(kn|gn)", "n"),
    (r"^wr", "r"),
    (r"^x", "s"),
    (r"sch|sh|sz|cz|ch", "x"),
    (r"ph", "f"),
    (r"gh(?=t|$)", ""),
    (r"ck|q|kh|c(?=[aou lrkt]|$)", "k"),
    (r"c", "s"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"bh", "b"),
    (r"w", "v"),
    (r"z", "s"),
    (r"dj|g(?=[eiy])", "j"),
)


def plain(name: str) -> str:
    """Lower case without accents, apostrophes or double spaces; hyphens read as spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in decomposed if c.isalnum() or c in " -")
    return " ".join(kept.replace("-", " ").translate(_LETTERS).split())


def sound(name: str) -> str:
    """How a name sounds, roughly: its consonants, with its first sound kept."""
    said = plain(name).replace(" ", "")
    for pattern, instead in _SOUNDS:
        said = re.sub(pattern, instead, said)
    said = re.sub(r"(.)\1+", r"\1", said)
    first, rest = said[:1], said[1:]
    first = "a" if first in "aeiouy" and first else first
    return first + re.sub(r"[aeiouyh]", "", rest)


def likeness(one: str, other: str) -> float:
    """How alike two given or two family names are, from 0 to 1; 0 if either is blank."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return DIFFERENT
    return max(_of_words(x, y) for x in _readings(a) for y in _readings(b))


def _readings(name: str) -> set[str]:
    """The whole, and each part of a double name: children often carry only one."""
    return {name, name.replace(" ", ""), *(part for part in name.split() if len(part) > 1)}


def _of_words(a: str, b: str) -> float:
    if a == b:
        return SAME
    if _FORMS_OF.get(a, frozenset()) & _FORMS_OF.get(b, frozenset()):
        return SHORT_FORM
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else DIFFERENT
    if sound(a) == sound(b):
        return SOUNDS_ALIKE
    if SequenceMatcher(None, a, b, autojunk=False).ratio() >= _CLOSE:
        return SPELT_ALIKE
    return DIFFERENT
