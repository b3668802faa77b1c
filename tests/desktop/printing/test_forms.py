"""Any form on paper from its definition alone, and never more than its reader may have."""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.printing.bilingual import bilingual_story
from desktop.printing.blank_form import blank_story
from desktop.printing.bundle import RequestWords, bundle_story, front_story
from desktop.printing.contacts import ContactLine
from desktop.printing.document import print_story
from desktop.printing.filled_form import FilledForm, filled_story
from desktop.printing.form_words import label_runs, language_tag, plain_label, said_value
from desktop.printing.setting import PrintSize
from desktop.printing.story import Picture, Run, Signatures, Story, reading_text
from forms.xforms import Definition, Node, NodeKind, Session, load_definition
from tests.desktop.every_form import definition_of
from tests.desktop.printing.checking import meant, sound
from tests.desktop.printing.families import FOOT, signature

DEMO_FORMS = (
    "safety_check",
    "household",
    "privacy_notice",
    "agreement",
    "sharing",
    "child_voice",
    "plan",
    "visit_note",
)


def _questions(session: Session) -> Iterator[Node]:
    for node in session.root.walk():
        if node.kind is NodeKind.QUESTION and node.relevant and not node.readonly:
            yield node


def _fill(definition: Definition, seed: int = 1) -> Session:
    """A session with something believable in every question that is asked."""
    session = Session(definition)
    pick = random.Random(seed)
    for _ in range(3):  # answers make further questions relevant
        for node in list(_questions(session)):
            value = some_answer(node, pick)
            if value and not node.value:
                session.set(node.path, value)
    return session


def some_answer(node: Node, pick: random.Random) -> str:
    names = [choice.name for choice in node.choices]
    if node.control == "select1":
        return pick.choice(names) if names else ""
    if node.control == "select":
        return " ".join(names[:2])
    if node.control == "range" or node.type in {"int", "decimal"}:
        return "4"
    if node.control == "upload":
        return "sha256-" + "0" * 64 + ".strokes.json"
    if node.control == "trigger":
        return "OK"
    given = {"date": "2026-03-10", "dateTime": "2026-03-10T14:02:00", "time": "14:02:00"}
    return given.get(node.type, f"What we said about {node.name} <b>&")


def _check(story: Story, size: PrintSize) -> str:
    tagged = sound(print_story(story, size, FOOT).pdf)
    said = tagged.text()
    assert said == meant(story, large=size.is_large)
    return said


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_18, PrintSize.LARGE_28])
@pytest.mark.parametrize("form", DEMO_FORMS)
def test_blank_forms_conform_in_every_size(
    definitions: dict[str, Definition], form: str, size: PrintSize
) -> None:
    _check(blank_story(definitions[form]), size)


@pytest.mark.parametrize("form", [*DEMO_FORMS, "assessment"])
def test_a_blank_form_asks_everything(definitions: dict[str, Definition], form: str) -> None:
    said = reading_text(blank_story(definitions[form]))
    for node in Session(definitions[form]).root.walk():
        asked = node.kind is NodeKind.QUESTION and not node.readonly
        if asked and "label" not in node.appearance.split():
            assert plain_label(node.label) in said
        if node.kind in {NodeKind.GROUP, NodeKind.REPEAT} and node.name != "meta":
            assert plain_label(node.label) in said


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("quick_help", "within ten days: by ......................... If"),
        ("private_note", "About: ........................"),
        ("request", "Responsible now: ........................."),
        ("assessment", "........................ needs of the national framework"),
        ("first_visit", "Then ring Children First Partnership Hub (demo): 01632 960100 (Monday to"),
    ],
)
def test_a_blank_form_leaves_room_for_what_only_an_answer_can_say(form: str, said: str) -> None:
    assert said in reading_text(blank_story(definition_of(form)))


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_28])
@pytest.mark.parametrize("form", [*DEMO_FORMS, "assessment"])
def test_filled_forms_conform_and_say_every_answer(
    definitions: dict[str, Definition], form: str, size: PrintSize
) -> None:
    session = _fill(definitions[form])
    story = filled_story(FilledForm(definitions[form].title(), session.root, "Nkechi Okafor"))
    said = _check(story, size)
    for node in _questions(session):
        if node.control == "input" and node.type == "string" and node.value:
            assert node.value in said


def test_what_a_reader_may_not_have_leaves_no_trace(definitions: dict[str, Definition]) -> None:
    """The same bytes with a restricted answer left out, and with the answer never written."""
    definition = definitions["assessment"]
    marker = "MARKER told in confidence"
    for place in ("reason", "story", "going_well"):
        plain, seeded = _fill(definition), _fill(definition)
        path = next(node.path for node in _questions(plain) if node.name == place)
        plain.set(path, "")
        seeded.set(path, marker)
        copies = [
            filled_story(FilledForm("Your Family", session.root, left_out={path}.__contains__))
            for session in (plain, seeded)
        ]
        assert marker not in reading_text(copies[1])
        pages = [print_story(copy, PrintSize.LARGE_18, FOOT) for copy in copies]
        assert pages[0] == pages[1]
        assert marker.encode() not in pages[1].pdf


def test_a_row_that_is_left_out_is_not_counted(definitions: dict[str, Definition]) -> None:
    session = Session(definitions["household"])
    repeat = next(
        n for n in session.root.walk() if n.kind is NodeKind.REPEAT and n.name == "person"
    )
    for _ in range(2):
        session.add(repeat.path)
    rows = [row.path for row in repeat.children]
    for number, row in enumerate(rows):
        session.set(f"{row}/given_name", ("Ada", "SECRET", "Ben")[number])
    copy = FilledForm("Home", session.root, left_out=lambda path: path.startswith(rows[1]))
    said = reading_text(filled_story(copy))
    assert "SECRET" not in said
    assert f"{repeat.label} (2)" in said
    assert f"{repeat.label} (3)" not in said


def test_absent_and_unsettled_answers_are_said(definitions: dict[str, Definition]) -> None:
    session = Session(definitions["assessment"])
    path = next(node.path for node in _questions(session) if node.name == "reason")
    copy = FilledForm(
        "Your Family",
        session.root,
        absent={path: "Not asked yet. Tom was not in."},
        unsettled=frozenset({path}),
    )
    said = reading_text(filled_story(copy))
    assert "Not asked yet. Tom was not in." in said
    assert "This has two answers." in said


def test_an_empty_form_says_so(definitions: dict[str, Definition]) -> None:
    story = filled_story(FilledForm("Visit", Session(definitions["household"]).root))
    assert "Nothing has been written here yet." in _check(story, PrintSize.STANDARD)


def test_drawings_signatures_and_photos_are_shown(definitions: dict[str, Definition]) -> None:
    session = _fill(definitions["child_voice"])
    drawing, photo = "sha256-" + "0" * 64 + ".strokes.json", "sha256-" + "1" * 64 + ".jpg"
    uploads = [n for n in _questions(session) if n.control == "upload"]
    picture = next(n for n in uploads if n.name == "attachment")
    session.set(picture.path, photo)
    jpeg = io.BytesIO()
    Image.new("RGB", (900, 600), (30, 120, 90)).save(jpeg, "JPEG")
    copy = FilledForm(
        "Voice", session.root, drawings={drawing: signature(1)}, photos={photo: jpeg.getvalue()}
    )
    story = filled_story(copy)
    assert any(
        isinstance(inner, Picture) for b in story.blocks for inner in getattr(b, "blocks", ())
    )
    tagged = sound(print_story(story, PrintSize.STANDARD, FOOT).pdf)
    assert f"A picture: {picture.label}" in [said.alt for said in tagged.elements("Figure")]


def test_a_signature_is_shown_as_one(definitions: dict[str, Definition]) -> None:
    session = _fill(definitions["agreement"])
    drawing = "sha256-" + "0" * 64 + ".strokes.json"
    story = filled_story(FilledForm("We agree", session.root, drawings={drawing: signature(1)}))
    assert any(isinstance(block, Signatures) for block in story.blocks)
    _check(story, PrintSize.LARGE_16)


@pytest.mark.parametrize("broken", [b"", b"\xff\xd8\xff", b"<svg/>", b"GIF89a" + bytes(40)])
def test_a_picture_that_cannot_be_read_is_said(
    definitions: dict[str, Definition], broken: bytes
) -> None:
    session = _fill(definitions["child_voice"])
    photo = "sha256-" + "0" * 64 + ".strokes.json"
    story = filled_story(FilledForm("Voice", session.root, photos={photo: broken}))
    tagged = sound(print_story(story, PrintSize.STANDARD, FOOT).pdf)
    assert "This picture cannot be shown." in tagged.text()


def test_a_form_published_tomorrow_prints_tomorrow() -> None:
    strange = Path(__file__).with_name("tomorrow.xml").read_bytes()
    definition = load_definition(strange)
    for size in (PrintSize.STANDARD, PrintSize.LARGE_24):
        said = _check(blank_story(definition, "Polski (pl)"), size)
        assert "Jak się czujesz?" in said
    assert blank_story(definition, "Polski (pl)").language == "pl"
    session = Session(definition)
    session.set("/data/order", "b a")
    session.set("/data/sure", "OK")
    said = reading_text(filled_story(FilledForm(definition.title(), session.root)))
    assert "Sleep" in said
    assert said.index("Sleep") < said.index("School")


@pytest.mark.parametrize("size", [PrintSize.STANDARD, PrintSize.LARGE_18])
def test_a_form_in_two_languages(size: PrintSize) -> None:
    definition = load_definition(Path(__file__).with_name("tomorrow.xml").read_bytes())
    english, polish = (blank_story(definition, name) for name in definition.languages)
    said = _check(bilingual_story(english, polish), size)
    assert said.index("How do you feel?") < said.index("Jak się czujesz?")


def test_a_bundle_has_its_parts_in_order_each_on_a_new_page(
    definitions: dict[str, Definition],
) -> None:
    parts = [
        filled_story(FilledForm(definitions[name].title(), _fill(definitions[name]).root))
        for name in ("agreement", "sharing", "visit_note")
    ]
    titles = [part.title for part in parts]
    story = bundle_story(
        front_story((ContactLine("Ring", "01942 000 101"),), titles, RequestWords()), parts
    )
    said = _check(story, PrintSize.STANDARD)
    places = [said.rindex(f"\n{title}\n") for title in titles]
    assert places == sorted(places)
    printed = print_story(story, PrintSize.STANDARD, FOOT)
    for title in titles:
        assert any(text.startswith(f"{title}\n") for text in printed.texts)


def test_labels_lose_their_marks_and_keep_their_words() -> None:
    assert label_runs("**Stop.** Ring <b>now</b> & say") == (
        Run("Stop.", bold=True),
        Run(" Ring now & say"),
    )
    assert plain_label("## Home") == "Home"
    assert plain_label("2 * 3 * 4 < 5 > 3 <angry>") == "2 * 3 * 4 < 5 > 3 <angry>"
    assert plain_label("") == ""


def test_dates_are_said_as_people_say_them() -> None:
    assert said_value("date", "2026-03-10") == "Tuesday 10 March 2026"
    assert said_value("dateTime", "2026-03-10T14:02:00.000+00:00") == "Tuesday 10 March 2026, 14:02"
    assert said_value("time", "09:05:00.000Z") == "09:05"
    assert said_value("date", "soon") == "soon"


def test_languages_by_their_names() -> None:
    assert language_tag("Polski (pl)", "en-GB") == "pl"
    assert language_tag("English (en)", "en-GB") == "en"
    assert language_tag("Cymraeg", "en-GB") == "en-GB"
