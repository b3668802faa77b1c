"""Forms that use everything at once, for the property tests."""

from __future__ import annotations

from forms.xforms import Definition
from tests.forms.xforms.compiled import definition

HOUSEHOLD = """
    | survey |
    | | type | name | label | relevant | calculation | constraint | required | read_only | choice_filter | default |
    | | text | family | Family | | | | yes | | | |
    | | select_one yn | safe | Safe to talk? | | | | | | | |
    | | begin_group | home | Home | ${safe} = 'yes' | | | | | | |
    | | integer | beds | Beds | | | . >= 0 | ${safe} = 'yes' | | | 2 |
    | | begin_repeat | person | Person | | | | | | | |
    | | text | name | Name | | | | | | | |
    | | integer | age | Age of ${name} | | | . < 120 | | | | |
    | | calculate | number | | | position(..) | | | | | |
    | | calculate | child | | | if(${age} < 18, 'yes', 'no') | | | | | |
    | | calculate | before | | | indexed-repeat(${age}, ${person}, position(..) - 1) | | | | | |
    | | begin_group | school | School | ${child} = 'yes' and ${age} > 3 | | | | | | |
    | | select_one area | area | Area | | | | | ${age} > 16 | | north |
    | | select_one centre | centre | Centre | | | | | | area = ${area} | |
    | | begin_repeat | lesson | Lesson | | | | | | | |
    | | integer | hours | Hours | | | | | | | |
    | | calculate | share | | | ${hours} div sum(${hours}) | | | | | |
    | | end_repeat | | | | | | | | | |
    | | calculate | taught | | | sum(${hours}) | | | | | |
    | | end_group | | | | | | | | | |
    | | end_repeat | | | | | | | | | |
    | | calculate | people | | | count(${person}) | | | | | |
    | | calculate | ages | | | sum(${age}) | | | | | |
    | | calculate | pupils | | | count(${person}[./child = 'yes']) | | | | | |
    | | calculate | crowded | | | ${people} > ${beds} | | | | | |
    | | end_group | | | | | | | | | |
    | | select_one ${name} | worry | Worried about | ${pupils} > 0 | | | | | | |
    | | text | why | Why ${worry} | ${worry} != '' or ${crowded} = 'true' | | | | | | |
    | | note | sum | ${people} people, ${ages} years | | | | | | | |
    | choices |
    | | list_name | name | label | area |
    | | yn | yes | Yes | |
    | | yn | no | No | |
    | | area | north | North | |
    | | area | south | South | |
    | | centre | oak | Oak | north |
    | | centre | ash | Ash | south |
    | | centre | elm | Elm | south |
    """  # noqa: E501

COUNTED = """
    | survey |
    | | type | name | label | relevant | calculation | repeat_count | trigger | default |
    | | integer | many | Many | | | | | 1 |
    | | select_one yn | show | Show | | | | | yes |
    | | begin_group | inside | Inside | ${show} = 'yes' | | | | |
    | | begin_repeat | child | Child | | | ${many} | | |
    | | text | words | Words | | | | | |
    | | integer | toys | Toys | | | | | |
    | | begin_repeat | toy | Toy | | | ${toys} | | |
    | | text | kind | Kind | | | | | ball |
    | | calculate | both | | | concat(${words}, '-', ${kind}) | | | |
    | | end_repeat | | | | | | | |
    | | calculate | first | | | once(${words}) | | | |
    | | end_repeat | | | | | | | |
    | | calculate | toys_in_all | | | sum(${toys}) | | | |
    | | end_group | | | | | | | |
    | | text | noted | Noted | | concat(${many}, ' then') | | ${many} | |
    | | begin_repeat | visit | Visit | | | | | |
    | | date | seen | Seen | | | | | today() |
    | | text | place | Place | | | | | |
    | | calculate | all | | | join(' ', ${place}) | | | |
    | | end_repeat | | | | | | | |
    | choices |
    | | list_name | name | label |
    | | yn | yes | Yes |
    | | yn | no | No |
    """

SPEAKING = """
    | survey |
    | | type | name | label::English (en) | label::Polski (pl) | calculation | choice_filter | relevant |
    | | select_one area | area | Area | Obszar | | | |
    | | select_multiple need | needs | Needs | Potrzeby | | area = '' or area = ${area} | |
    | | calculate | said | | | jr:choice-name(${area}, '${area}') | | |
    | | calculate | how_many | | | count-selected(${needs}) | | |
    | | note | both | In ${said}: ${how_many} | W ${said}: ${how_many} | | | |
    | | text | more | More about ${said} | Wiecej o ${said} | | | ${how_many} > 1 |
    | choices |
    | | list_name | name | label::English (en) | label::Polski (pl) | area |
    | | area | north | North | Polnoc | |
    | | area | south | South | Poludnie | |
    | | need | sleep | Sleep | Sen | |
    | | need | food | Food | Jedzenie | north |
    | | need | school | School | Szkola | south |
    """  # noqa: E501

TABLES = (HOUSEHOLD, COUNTED, SPEAKING)
ALL: dict[str, Definition] = {
    name: definition(table)
    for name, table in zip(("household", "counted", "speaking"), TABLES, strict=True)
}
