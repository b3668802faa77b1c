"""A form is untrusted input: what it may not do, and that it ends."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from forms.xforms import (
    CalculationCycle,
    ExpressionError,
    FormMistake,
    FormNotReadable,
    FormNotSupported,
    FormTooLarge,
    Session,
    load_definition,
)
from forms.xforms.limits import DEPTH, ROWS
from tests.forms.xforms import fuzz
from tests.forms.xforms.compiled import definition, session, xform

SMALL = xform("""
    | survey |
    | | type | name | label | calculation |
    | | text | said | Said | |
    | | calculate | worked | | concat(${said}, '') |
    """)


def altered(old: str, new: str) -> bytes:
    assert old.encode() in SMALL
    return SMALL.replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"not a form",
        b"<a/>",
        SMALL[: len(SMALL) // 2],
        SMALL.replace(b"model", b"muddle"),
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + SMALL.partition(b"?>")[2],
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + SMALL.partition(b"?>")[2],
    ],
)
def test_what_is_not_a_form_is_refused_in_plain_words(form: bytes) -> None:
    with pytest.raises(FormNotReadable) as refused:
        load_definition(form)
    assert refused.value.title
    assert refused.value.message


def test_entities_do_not_grow() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "x">{lines}]><a>&e11;</a>'.encode()
    with pytest.raises(FormNotReadable):
        load_definition(bomb)


def test_depth_has_a_limit() -> None:
    deep = "<a>" * (DEPTH + 5) + "</a>" * (DEPTH + 5)
    with pytest.raises(FormTooLarge):
        load_definition(altered("<said/>", f"<said/>{deep}"))


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("concat(/data/said", ExpressionError),
        ("nope(/data/said)", ExpressionError),
        ("/data/said &gt;&gt; 1", ExpressionError),
        ("$said", ExpressionError),
        ("if(1, 2)", ExpressionError),
        ("(" * 500 + "1" + ")" * 500, ExpressionError),
        ("1" + " div 1" * 5000, ExpressionError),
        ("/data/worked + 1", CalculationCycle),
        ("p:said", ExpressionError),
    ],
)
def test_a_mistake_in_an_expression_names_its_question(
    expression: str, error: type[FormMistake]
) -> None:
    with pytest.raises(error) as refused:
        load_definition(altered("concat( /data/said , '')", expression))
    assert "/data/worked" in str(refused.value)


def test_a_long_chain_is_no_deep_expression() -> None:
    form = load_definition(
        altered("concat( /data/said , '')", " or ".join(["/data/said = 'x'"] * 600))
    )
    filling = Session(form)
    filling.set("/data/said", "x")
    assert filling.node("/data/worked").value == "true"


def test_an_unknown_event_is_named() -> None:
    with pytest.raises(FormNotSupported, match="on-full-moon"):
        load_definition(
            altered("</model>", '<setvalue event="on-full-moon" ref="/data/said"/></model>')
        )


def test_a_missing_list_is_named() -> None:
    with pytest.raises(FormMistake, match=r"schools\.csv"):
        load_definition(
            altered("</model>", '<instance id="s" src="jr://file-csv/schools.csv"/></model>')
        )


PATTERN = definition("""
    | survey |
    | | type | name | label | constraint | calculation |
    | | text | code | Code | regex(., '(a+)+') | |
    | | calculate | good | | | if(regex(${code}, '(a\\|a)+b'), 'good', 'bad') |
    """)


def test_a_pattern_that_does_not_end_costs_no_answer_and_little_time() -> None:
    filling = session(PATTERN)
    begun = time.process_time()
    filling.set("/data/code", "a" * 60 + "!")
    code = filling.node("/data/code")
    assert code.violation in (None, "constraint")
    assert code.value == "a" * 60 + "!"
    assert time.process_time() - begun < 2


COUNTS = definition("""
    | survey |
    | | type | name | label | repeat_count |
    | | integer | many | Many | |
    | | begin_repeat | outer | Outer | ${many} |
    | | begin_repeat | inner | Inner | ${many} |
    | | text | words | Words | |
    | | end_repeat | | | |
    | | end_repeat | | | |
    """)


def test_a_count_past_the_limit_costs_no_answer() -> None:
    filling = session(COUNTS)
    begun = time.process_time()
    filling.set("/data/many", "99999999999")
    assert len(filling.node("/data/outer").children) <= ROWS
    assert filling.answers()["/data/many"] == "99999999999"
    assert filling.problems
    assert time.process_time() - begun < 5


def test_a_count_that_reads_what_it_makes_comes_to_an_end() -> None:
    form = xform("""
        | survey |
        | | type | name | label | repeat_count | default |
        | | integer | many | Many | | 2 |
        | | begin_repeat | row | Row | ${many} | |
        | | integer | one | One | | 900 |
        | | end_repeat | | | | |
        """)
    assert b" /data/many " in form
    for count in (b"count(//*) + 1", b"randomize(//one)", b"900 - count(//one)"):
        begun = time.process_time()
        with suppress(FormTooLarge):
            Session(load_definition(form.replace(b'" /data/many "', b'"' + count + b'"')))
        assert time.process_time() - begun < 4


QUOTING = xform("""
    | survey |
    | | type | name | label::English (en) | label::Polski (pl) | calculation |
    | | select_one area | area | Area | Obszar | |
    | | text | more | More about ${area} | Wiecej o ${area} | |
    | choices |
    | | list_name | name | label::English (en) | label::Polski (pl) |
    | | area | north | North | Polnoc |
    """)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<output value=" /data/area "/>', b"<output value=\"jr:itext('/data/more:label')\"/>"),
        (
            b"instance('area')/root/item\"",
            b"instance('area')/root/item[jr:choice-name('north', '/data/area') = name]\"",
        ),
    ],
)
def test_texts_that_quote_themselves_come_to_an_end(old: bytes, new: bytes) -> None:
    assert old in QUOTING
    filling = Session(load_definition(QUOTING.replace(old, new)))
    assert [node.label for node in filling.root.walk()]
    assert filling.node("/data/area").choices is not None
    assert "quotes itself" in " ".join(filling.problems.values())


def test_mutants_load_or_are_refused_and_end() -> None:
    assert fuzz.run(forms=150, count=2000, seed=20260615) == []
