"""Lists beside a form: CSV as Excel writes it, XML, places, and what cannot be read."""

from __future__ import annotations

import pytest

from forms.xforms import Choice, FormMistake
from tests.forms.xforms.compiled import definition, session

PICK = """
    | survey |
    | | type | name | label | choice_filter |
    | | text | town | Town | |
    | | select_one_from_file schools.csv | school | School | town = ${town} |
    """


@pytest.mark.parametrize(
    "table",
    [
        b"name,label,town\ns1,Hill,Leeds\ns2,Dale,York\n",
        b'\xef\xbb\xbfname,label,town\r\ns1,"Hill",Leeds\r\ns2,Dale,York\r\n',
        b"name;label;town\ns1;Hill;Leeds\ns2;Dale;York\n",
        b"name\tlabel\ttown\ns1\tHill\tLeeds\ns2\tDale\tYork\n",
        b"name,label,town\n\ns1,Hill,Leeds\ns2,Dale,York",
    ],
)
def test_a_table_as_excel_writes_it(table: bytes) -> None:
    filling = session(definition(PICK, {"schools.csv": table}))
    filling.set("/data/town", "Leeds")
    assert filling.node("/data/school").choices == (Choice("s1", "Hill"),)


def test_a_cell_may_hold_commas_quotes_and_other_scripts() -> None:
    table = 'name,label,town\ns1,"Hill, ""Old"" Łódź",Leeds\n'.encode()
    filling = session(definition(PICK, {"jr://file-csv/schools.csv": table}))
    filling.set("/data/town", "Leeds")
    assert filling.node("/data/school").choices[0].label == 'Hill, "Old" Łódź'


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FormMistake, match=r"schools\.csv"):
        definition(PICK)


PULLED = """
    | survey |
    | | type | name | label | calculation |
    | | csv-external | people | | |
    | | text | who | Who | |
    | | calculate | team | | pulldata('people', 'team', 'name', ${who}) |
    | | calculate | size | | count(instance('people')/root/item[team = ${team}]) |
    """


def test_pulldata_finds_the_cell() -> None:
    people = b"name,team\nw1,north\nw2,south\nw3,north\n"
    filling = session(definition(PULLED, {"people.csv": people}))
    filling.set("/data/who", "w3")
    assert (filling.node("/data/team").value, filling.node("/data/size").value) == ("north", "2")
    filling.set("/data/who", "nobody")
    assert filling.node("/data/team").value == ""


def test_places_come_with_their_properties() -> None:
    table = PICK.replace("schools.csv", "schools.geojson").replace("town = ${town}", "")
    places = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "s1",
        "geometry": {"type": "Point", "coordinates": [-1.5, 53.8]},
        "properties": {"title": "Hill"}}]}"""
    filling = session(definition(table, {"schools.geojson": places}))
    assert filling.node("/data/school").choices == (Choice("s1", "Hill"),)
