"""Expressions, one at a time: XPath 1.0 and what ODK XForms adds."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.xforms import ExpressionError
from forms.xforms.compile import Compiler
from forms.xforms.context import Context, Scope
from forms.xforms.parser import parse
from forms.xforms.reading import whole_document
from forms.xforms.tree import Element
from forms.xforms.values import Value, number, number_text, string

LONDON = ZoneInfo("Europe/London")
XML = b"""<home xmlns:x="urn:x" kind="flat">
<person id="p1"><name>Asha</name><age>34</age><says x:how="aloud">tea</says></person>
<person id="p2"><name>Ben</name><age>7</age><says/></person>
<person id="p3"><name>Cal</name><age/><likes>a b c</likes></person>
<born>2019-02-28</born><seen>2026-03-29T09:30:00.000+01:00</seen><!-- note --><?page two?>
</home>"""
DOCUMENT = whole_document(XML, plain=True)


def value(expression: str, at: str = "", now: str = "2026-06-15T11:00:00+00:00") -> Value:
    """The expression at the root element, or at the first person's child of that name."""
    home = DOCUMENT.named["home"][0]
    node: Element = home.named["person"][0].named[at][0] if at else home
    scope = Scope(
        root=DOCUMENT,
        clock=lambda: datetime.fromisoformat(now),
        zone=LONDON,
        random=Random(4),
        new_id=lambda: "made",
        instances={"home": DOCUMENT},
    )
    compiler = Compiler(namespaces={"x": "urn:x"})
    return compiler.expression(parse(expression))(Context(node, node, scope, LONDON))


NUMBERS = {
    "1 + 2 * 3": 7,
    "(1 + 2) * 3": 9,
    "- 2 - - 3": 1,
    "7 mod 4": 3,
    "-7 mod 4": -3,
    "7 div 2": 3.5,
    "1 div 0": math.inf,
    "-1 div 0": -math.inf,
    "0 div 0": math.nan,
    "4 mod 0": math.nan,
    ".5 + 1.": 1.5,
    "number('  12.5 ')": 12.5,
    "number('12,5')": math.nan,
    "number('')": math.nan,
    "number(true())": 1,
    "count(/home/person)": 3,
    "count(//name | //age | //name)": 6,
    "count(/home/person/@id)": 3,
    "sum(/home/person/age)": 41,
    "min(/home/person[age]/age)": math.nan,
    "max(3, '11', 2)": 11,
    "round(2.5)": 3,
    "round(-2.5)": -2,
    "round(-0.2)": 0,
    "round(1234.567, 2)": 1234.57,
    "round(1234.567, -2)": 1200,
    "floor(-1.5)": -2,
    "ceiling(-1.5)": -1,
    "int(-3.9)": -3,
    "int('7 days')": math.nan,
    "abs(-4)": 4,
    "pow(2, 10)": 1024,
    "sqrt(-1)": math.nan,
    "log(0)": -math.inf,
    "exp10(2)": 100,
    "string-length('Łódź')": 4,
    "count-selected(/home/person[3]/likes)": 3,
    "count-non-empty(/home/person/age)": 2,
    "position(/home/person[2])": 2,
    "decimal-time('06:00')": 0.25,
    "date('2026-03-30') - date('2026-03-28')": 2,
    "date('1970-01-02') + 1": 2,
    "int((date('2026-06-15') - /home/born) div 365.25)": 7,
    "distance('51.5 -0.1 0 0; 51.5 -0.1 0 0')": 0,
    "area('0 0; 0 1')": 0,
}
TEXTS = {
    "string(1.0)": "1",
    "string(0.1 + 0.2)": "0.30000000000000004",
    "string(1 div 3 * 0.00000001)": "0.0000000033333333333333334",
    "string(-0)": "0",
    "string(true())": "true",
    "concat('a', 1, true())": "a1true",
    "concat(/home/person/name)": "AshaBenCal",
    "join(', ', /home/person/name)": "Asha, Ben, Cal",
    "substring('hello', 2, 3)": "ell",
    "substring('hello', 0)": "hello",
    "substring('hello', 1.5, 2.6)": "ell",
    "substr('hello', 1, 3)": "el",
    "substr('hello', -3)": "llo",
    "substring-before('a/b/c', '/')": "a",
    "substring-after('a/b/c', '/')": "b/c",
    "substring-after('abc', 'x')": "",
    "normalize-space('  a \n b  ')": "a b",
    "translate('cabbage', 'abc', 'AB')": "ABBAge",
    "coalesce('', 'b')": "b",
    "coalesce(/home/none, /home/person[2]/name)": "Ben",
    "if(1 > 2, 'yes', 'no')": "no",
    "selected-at('a b c', 1)": "b",
    "selected-at('a b c', 9)": "",
    "name(/home/person[1])": "person",
    "local-name(/home/person[1]/says/@x:how)": "how",
    "/home/person[name = 'Ben']/@id": "p2",
    "/home/person[last()]/name": "Cal",
    "/home/person[age > 10 and age < 40]/name": "Asha",
    "/home/*[name][2]/name": "Ben",
    "//person[2]/preceding-sibling::person/name": "Asha",
    "//age[. = 7]/ancestor::person/@id": "p2",
    "/home/person[2]/following-sibling::*[1]/name": "Cal",
    "/home/person[3]/likes/../name": "Cal",
    "string(/home/comment())": " note ",
    "name(/home/processing-instruction('page'))": "page",
    "instance('home')/home/person[name = 'Cal']/likes": "a b c",
    "digest('abc', 'SHA-256', 'hex')": (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    "base64-decode('dGVh')": "tea",
    "today()": "2026-06-15",
    "now()": "2026-06-15T12:00:00.000+01:00",
    "date('2026-06-15') + 0": "20619",
    "date(20619)": "2026-06-15",
    "date('soon')": "Invalid Date",
    "date('')": "",
    "format-date('2026-02-03', '%e %b %Y, %A %n/%y')": "3 Feb 2026, Tuesday 2/26",
    "format-date-time(/home/seen, '%H:%M:%S.%3')": "09:30:00.000",
    "format-date-time('2026-01-15T09:05:00Z', '%h.%M')": "9.05",
    "format-date('', '%Y')": "",
    "uuid()": "made",
}
TRUTHS = {
    "true() and not(false())": True,
    "false() or 'text'": True,
    "/home/none": False,
    "/home/person[2]/says": True,
    "/home/none = ''": False,
    "/home/person/age = 7": True,
    "/home/person/age != 7": True,
    "/home/person/name = /home/person/name": True,
    "/home/person/age < 8": True,
    "8 > /home/person/age": True,
    "'10' > 9": True,
    "'a' < 'b'": False,
    "'2026-06-15' > '2026-02-01'": True,
    "/home/born < today()": True,
    "today() = '2026-06-15'": True,
    "now() > today()": True,
    "date('2026-06-15') > '2026-06-14T23:30:00.000+01:00'": True,
    "date('2026-06-15') = date-time('2026-06-14T23:00:00.000Z')": True,
    "selected('a b', 'b')": True,
    "selected('ab', 'a')": False,
    "contains('abc', '')": True,
    "starts-with('abc', 'ab')": True,
    "ends-with('abc', 'bc')": True,
    "regex('AB1 2CD', '[A-Z]{2}[0-9] [0-9][A-Z]{2}')": True,
    "regex('AB1 2CD!', '[A-Z]{2}[0-9] [0-9][A-Z]{2}')": False,
    "boolean-from-string('1')": True,
    "boolean-from-string('yes')": False,
    "checklist(1, 2, true(), false(), 'x' = 'x')": True,
    "checklist(-1, 1, true(), true())": False,
    "weighted-checklist(3, -1, true(), 2, false(), 5)": False,
    "geofence('1 1', '0 0; 0 2; 2 2; 2 0; 0 0')": True,
    "geofence('3 1', '0 0; 0 2; 2 2; 2 0; 0 0')": False,
}


@pytest.mark.parametrize(("expression", "expected"), NUMBERS.items())
def test_numbers(expression: str, expected: float) -> None:
    found = number(value(expression), LONDON)
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("expression", "expected"), TEXTS.items())
def test_texts(expression: str, expected: str) -> None:
    assert string(value(expression)) == expected


@pytest.mark.parametrize(("expression", "expected"), TRUTHS.items())
def test_truths(expression: str, expected: bool) -> None:
    found = value(expression)
    assert (bool(found) if not isinstance(found, float) else found != 0) is expected


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "1 +",
        "(1",
        "a b",
        "'open",
        "fn(",
        "1 = = 2",
        "a[1",
        "/a/",
        "@",
        "a::b",
        "..a",
        "#",
        "$a",
    ],
)
def test_what_cannot_be_read_says_where(expression: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(expression)
    assert refused.value.reason


def test_words_are_names_where_a_name_is_wanted() -> None:
    assert string(value("count(div | mod | or | and)")) == "0"
    assert value("6 div 3 mod 2") == 0


def test_both_arms_of_if_are_not_worked_out() -> None:
    assert value("if(true(), 'safe', regex('a', '['))") == "safe"
    assert value("false() and regex('a', '[')") is False


def test_today_is_the_day_where_the_family_is() -> None:
    late = "2026-06-15T23:30:00+00:00"
    assert value("today()", now=late) == "2026-06-16"
    assert value("today()", now="2026-01-15T23:30:00+00:00") == "2026-01-15"


def test_days_are_whole_across_a_change_of_the_clocks() -> None:
    assert value("date('2026-03-30') - date('2026-03-29')") == 1
    assert value("date('2026-10-26') - date('2026-10-25')") == 1
    assert value("today() - date('2026-01-15')") == 151


def test_a_seed_always_gives_the_same_order() -> None:
    first = value("join(' ', randomize(/home/person/name, 42))")
    assert first == value("join(' ', randomize(/home/person/name, 42))")
    assert sorted(string(first).split()) == ["Asha", "Ben", "Cal"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_the_same_after_being_text(amount: float) -> None:
    assert number(number_text(amount), None) == amount


@given(st.dates(), st.integers(-3000, 3000))
def test_adding_days_to_a_date_and_taking_them_away_is_nothing(day: object, days: int) -> None:
    back = value(f"date(date('{day}') + {days} - {days})")
    assert back in (str(day), "Invalid Date")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree: object = parse(text)
    except ExpressionError as refused:
        tree = refused.reason
    assert tree


def test_times_are_shown_where_the_family_is() -> None:
    assert UTC != LONDON
    assert value("format-date-time('2026-07-01T09:00:00Z', '%H:%M')") == "10:00"
