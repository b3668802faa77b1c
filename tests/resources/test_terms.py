"""One glossary: no word of the pack goes on with a term that its council has changed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest

from forms.casework.measures.case import Council
from forms.casework.measures.catalogue import in_words_of
from forms.casework.measures.exports import dashboard
from forms.casework.measures.measure import compute
from forms.casework.measures.period import quarter_of
from forms.casework.timescales import read_timescales
from forms.manifest import Manifest
from forms.pack import Pack
from forms.terms import KNOWN, Glossary
from tests.resources.shipped import pack_bytes

RENAMED = {
    "lead_practitioner": "key worker",
    "team_around_the_family": "Family Network",
    "team_meeting": "family network meeting",
    "family_help": "extra help",
    "plan": "What we do next",
    "child_plan": "What I do next",
}
THE_SCHEMES_OWN = {"2 Earliest Help", "3 Early Help", "Early Help Hub (demo)"}
"""Labels of levels and the name of a hub: the council changes those in their own tables."""


def with_terms(data: bytes, renamed: dict[str, str]) -> bytes:
    """The pack with other terms, in every language and in each of its forms."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            member = old.read(name)
            if name == "pack.json":
                said = json.loads(member)
                for language, terms in said["terms"].items():
                    for key in terms:
                        there = renamed[key.partition(".")[0]]
                        terms[key] = there if language == "en" else f"{language} {there}"
                member = json.dumps(said).encode()
            new.writestr(name, member)
    return made.getvalue()


@pytest.fixture(scope="module")
def renamed() -> Pack:
    return Pack.read(with_terms(pack_bytes(), RENAMED))


def everything_said(pack: Pack) -> Iterator[str]:
    """All words of a pack, as they are read: of forms, lists, tables, papers and texts."""
    yield from (pack.form(form.id).decode() for form in pack.kept_forms)
    yield from (f"{form.title} {form.why}" for form in pack.forms)
    yield from (one.decode() for one in pack.lists.values())
    yield from (one.words for one in pack.wordings)
    yield from chain.from_iterable(pack.words_in(one).values() for one in ("en", "pl", "ar"))
    for rows in pack.tables.values():
        yield from (words for row in rows for words in row.values())


def test_no_word_of_the_pack_keeps_a_term_that_was_changed(renamed: Pack) -> None:
    shipped: Manifest = Pack.read(pack_bytes())._manifest
    said = "\n".join(everything_said(renamed)).lower()
    levels = [r for r in renamed.tables["paper_words"] if r["key"].startswith("council.thresholds")]
    for own in (*THE_SCHEMES_OWN, *(words for row in levels for words in row.values() if words)):
        said = said.replace(own.lower(), "")
    old = {term.lower() for terms in shipped.terms.values() for term in terms.values()}
    left = [term for term in sorted(old) if re.search(rf"\b{re.escape(term)}\b", said)]
    assert left == []
    assert all(term.lower() in said for term in RENAMED.values())


def test_nothing_is_left_of_the_brackets(renamed: Pack) -> None:
    said = "\n".join(everything_said(renamed)).lower()
    assert [term for term in KNOWN if f"{{{term}" in said] == []


def test_a_form_says_it_in_each_of_its_languages(renamed: Pack) -> None:
    plan = renamed.form("plan").decode()
    assert "Who is our key worker?" in plan
    assert "Kto jest naszym pl key worker?" in plan
    assert "<h:title>What we do next</h:title>" in plan
    assert renamed.about("team_meeting").title == "Family network meeting"
    papers = {row["key"]: row for row in renamed.tables["paper_words"]}
    assert "Is the key worker still the right one?" in papers["meeting.points"]["English (en)"]
    assert "Czy pl key worker nadal" in papers["meeting.points"]["Polski (pl)"]
    assert "what extra help is" in renamed.agreement_words.words


def test_figures_are_called_so_on_screen_and_in_files(renamed: Pack) -> None:
    measures = {one.key: one for one in in_words_of(renamed.tables)}
    nobody, quarter = Council([], read_timescales(renamed.tables)), quarter_of(date(2026, 6, 30))
    exported = dashboard([compute(one, nobody, quarter) for one in measures.values()])
    assert "Families have a key worker and know the role" in exported
    assert "Family network meeting: how many were held" in exported
    assert "Stepped down to extra help" in exported
    assert "Early help" not in exported


def test_the_pack_is_built_upon_as_it_was_written() -> None:
    as_written = Pack.as_written(pack_bytes())
    assert "Who is our {lead_practitioner}?" in as_written.form("plan").decode()
    assert as_written.about("plan").title == "{plan}"


def test_a_term_is_said_as_its_place_asks() -> None:
    glossary = Glossary(
        {
            "en": {"lead_practitioner": "early help worker"},
            "pl": {"lead_practitioner": "opiekun", "lead_practitioner.with": "opiekunem"},
        }
    )
    assert glossary.said("A {lead_practitioner}.") == "An early help worker."
    assert glossary.said("{Lead_practitioner}: who?") == "Early help worker: who?"
    assert glossary.said("Z {lead_practitioner.with}", "pl") == "Z opiekunem"
    assert glossary.said("a {lead_practitioner.of}", "pl") == "a opiekun"
    assert glossary.said("{lead_practitioner.with}", "ar") == "early help worker"
    assert glossary.said("{date}, ${lead_practitioner}") == "{date}, ${lead_practitioner}"
    assert glossary.said("{team_meeting}") == "team meeting"


def test_a_term_cannot_break_a_form_or_a_list() -> None:
    glossary = Glossary({"en": {"plan": 'Mum & "Dad" <3, ours'}})
    form = b'<t a="{plan}"><translation lang="English (en)">{plan}</translation>\xff</t>'
    worded = b"Mum &amp; &quot;Dad&quot; &lt;3, ours"
    assert glossary.in_form(form) == form.replace(b"{plan}", worded)
    assert glossary.in_list(b"name,label\nx,{plan}\n") == (
        b'name,label\nx,"Mum & ""Dad"" <3, ours"\n'
    )
