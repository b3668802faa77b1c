"""Every pair of colours that meets on a page has the contrast that WCAG 2.2 asks for."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui.look.colours import Colours, colours_of
from desktop.ui.look.contrast import SHAPE, TEXT, contrast
from desktop.ui.look.palettes import Theme, palette_of

THEMES = [Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST]


@pytest.fixture(params=THEMES, ids=str)
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> QPalette:
    return palette_of(request.param, qapp.styleHints())


@pytest.fixture
def colours(palette: QPalette) -> Colours:
    return colours_of(palette)


def _poor(
    words: dict[str, QColor], grounds: dict[str, QColor], least: float
) -> dict[tuple[str, str], float]:
    ratios = {
        (word, ground): contrast(words[word], grounds[ground])
        for word in words
        for ground in grounds
    }
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def test_contrast_is_the_published_one() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_words_reach_the_ratio_for_text(colours: Colours) -> None:
    words = {"text": colours.text, "quiet": colours.quiet, "link": colours.link}
    grounds = {
        "page": colours.page,
        "surface": colours.surface,
        "chosen": colours.chosen,
        "hover": colours.hover,
    }
    assert _poor(words, grounds, TEXT) == {}


def test_words_on_notices_reach_the_ratio_for_text(colours: Colours) -> None:
    tones = (colours.info, colours.caution, colours.problem, colours.done)
    grounds = {str(at): tone.ground for at, tone in enumerate(tones)}
    assert _poor({"text": colours.text}, grounds, TEXT) == {}
    for tone in tones:
        beside = {"own": tone.ground, "page": colours.page, "surface": colours.surface}
        assert _poor({"mark": tone.mark}, beside, TEXT) == {}


def test_words_on_the_primary_button_reach_the_ratio_for_text(colours: Colours) -> None:
    grounds = {"accent": colours.accent, "hovered": colours.accent_hover}
    assert _poor({"on_accent": colours.on_accent}, grounds, TEXT) == {}


def test_edges_and_focus_reach_the_ratio_for_shapes(colours: Colours) -> None:
    edges = {"border": colours.border, "accent": colours.accent, "focus": colours.focus}
    grounds = {"page": colours.page, "surface": colours.surface, "chosen": colours.chosen}
    assert _poor(edges, grounds, SHAPE) == {}


def test_the_palette_for_qts_own_widgets_can_be_read(palette: QPalette) -> None:
    role = QPalette.ColorRole
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.ToolTipText, role.ToolTipBase),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Base),
        (role.Link, role.Base),
    ]
    poor = [
        (words.name, ground.name)
        for words, ground in pairs
        if contrast(palette.color(words), palette.color(ground)) < TEXT
    ]
    assert poor == []


def test_a_poor_palette_of_the_machine_is_mended() -> None:
    grey = QPalette(QColor("#c0c0c0"))
    grey.setColor(QPalette.ColorRole.Base, QColor("#dddddd"))
    grey.setColor(QPalette.ColorRole.WindowText, QColor("#101010"))
    grey.setColor(QPalette.ColorRole.Link, QColor("#8888ff"))
    grey.setColor(QPalette.ColorRole.Highlight, QColor("#b0b0f0"))
    mended = colours_of(grey)
    assert contrast(mended.link, mended.page) >= TEXT
    assert contrast(mended.focus, mended.page) >= SHAPE
