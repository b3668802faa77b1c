"""Colour roles: what a colour is for, worked out from the palette so that contrast always holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

from desktop.ui.look.contrast import SHAPE, TEXT, mix, reaching

_INFO, _CAUTION, _PROBLEM, _DONE = (
    QColor(name) for name in ("#2b6ca8", "#9a6200", "#b3261e", "#2e7d4f")
)


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of one kind of message: its mark and edge, and the ground it lies on."""

    mark: QColor
    ground: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour that our widgets paint with.

    Words on ``page``, ``surface``, ``chosen`` and every ground reach 4.5:1; ``border``, ``focus``,
    ``accent`` and marks reach 3:1 against what they lie on. ``line`` only divides.
    """

    page: QColor
    surface: QColor
    text: QColor
    quiet: QColor
    border: QColor
    line: QColor
    accent: QColor
    on_accent: QColor
    accent_hover: QColor
    chosen: QColor
    hover: QColor
    link: QColor
    focus: QColor
    info: Tone
    caution: Tone
    problem: Tone
    done: Tone


_known: dict[int, Colours] = {}
_PALETTES = 64


def colours_of(palette: QPalette) -> Colours:
    """The colour roles of a palette, ours or the machine's.

    Remembered by Qt's own number of its content: a page asks for them at every stroke.
    """
    known = _known.get(palette.cacheKey())
    if known is None:
        if len(_known) > _PALETTES:
            _known.clear()
        known = _known[palette.cacheKey()] = _colours_of(palette)
    return known


def _colours_of(palette: QPalette) -> Colours:
    role = QPalette.ColorRole
    names = (role.Window, role.Base, role.WindowText, role.Accent)
    more = (role.HighlightedText, role.Link, role.Highlight)
    active = QPalette.ColorGroup.Active
    return _worked_out(*(palette.color(active, name).rgb() for name in (*names, *more)))


@lru_cache(maxsize=16)
def _worked_out(
    window: int, base: int, words: int, strong: int, on_strong: int, linked: int, focused: int
) -> Colours:
    page, surface, text = QColor(window), QColor(base), QColor(words)
    grounds = (page, surface)
    accent = reaching(QColor(strong), SHAPE, grounds, text)
    on_accent = reaching(
        QColor(on_strong), TEXT, (accent,), QColor("black" if accent.lightness() > 127 else "white")
    )
    chosen = mix(surface, accent, 0.1)
    is_high_contrast = page == surface  # nothing but edges tells one thing from another
    return Colours(
        page=page,
        surface=surface,
        text=text,
        quiet=reaching(mix(text, page, 0.35), TEXT, (*grounds, chosen), text),
        border=text
        if is_high_contrast
        else reaching(mix(text, surface, 0.5), SHAPE, (*grounds, chosen), text),
        line=mix(page, text, 0.6 if is_high_contrast else 0.14),
        accent=accent,
        on_accent=on_accent,
        accent_hover=mix(accent, text, 0.18)
        if accent.lightness() < 128
        else mix(accent, page, 0.1),
        chosen=chosen,
        hover=mix(surface, accent, 0.05),
        link=reaching(QColor(linked), TEXT, (*grounds, chosen), text),
        focus=reaching(QColor(focused), SHAPE, (*grounds, chosen), text),
        info=_tone(_INFO, grounds, text),
        caution=_tone(_CAUTION, grounds, text),
        problem=_tone(_PROBLEM, grounds, text),
        done=_tone(_DONE, grounds, text),
    )


def _tone(hue: QColor, grounds: tuple[QColor, QColor], text: QColor) -> Tone:
    ground = mix(grounds[1], hue, 0.12 if text.lightness() < 128 else 0.22)
    return Tone(reaching(hue, TEXT, (*grounds, ground), text), ground)
