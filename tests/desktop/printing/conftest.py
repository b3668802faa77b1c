"""The demo council's forms, compiled once, and a setter of scripts."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.script_setting import QtScriptSetter
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.pack import Pack
from forms.xforms import Definition, load_definition
from tests.resources.shipped import pack_bytes

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture(scope="session")
def definitions() -> dict[str, Definition]:
    pack = Pack.read(pack_bytes())
    files = {**pack.lists, PEOPLE_LIST: people_csv([])}
    return {form.id: load_definition(pack.form(form.id), files) for form in pack.forms}


@pytest.fixture(scope="session")
def setter(qapp: QApplication) -> QtScriptSetter:
    return QtScriptSetter()
