"""The commands of authors: ``your-family forms ...`` and ``your-family pack ...``.

Exit codes: 0 all is well (there may be warnings), 1 something must be put right, 2 misused.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from forms.authoring.check import check_form
from forms.authoring.compile import compile_form
from forms.authoring.diff import Difference, compare_forms
from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.pack import build_pack
from forms.authoring.pack_check import check_pack
from forms.authoring.sources import PackMistake, read_council
from forms.pack import Pack
from forms.pack_file import PackError
from forms.records.upgrading import version_order

Signer = Callable[[str, bytes], str]
"""The signature of a pack by a key, both as text in base64. ValueError if it is no key."""
Command = Callable[[argparse.Namespace, TextIO], int]
_NOT_COMPARED = (
    "Whether a question, choice or code was dropped is not seen by this:"
    " --earlier PUBLISHED.zip compares with the pack that is published.\n"
)


def forms_command(arguments: Sequence[str], out: TextIO | None = None) -> int:
    """``your-family forms check|diff|compile``; the exit code."""
    parser = argparse.ArgumentParser(
        prog="your-family forms",
        description="Check, compare and compile forms.",
        epilog="your-family forms preview FILE.xlsx opens a form as workers will see it.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = _add(commands, "check", _check, "say what is wrong, by sheet, row and column")
    checking.add_argument("forms", type=Path, nargs="+", metavar="FILE.xlsx")
    checking.add_argument("--json", action="store_true", help="for programs")
    comparing = _add(commands, "diff", _diff, "say what changes for records already begun")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--json", action="store_true", help="for programs")
    compiling = _add(commands, "compile", _compile, "write the XForm")
    compiling.add_argument("form", type=Path, metavar="FILE.xlsx")
    compiling.add_argument("to", type=Path, nargs="?", metavar="FILE.xml")
    return _run(parser, arguments, out)


def pack_command(
    arguments: Sequence[str], out: TextIO | None = None, sign: Signer | None = None
) -> int:
    """``your-family pack build|check``; the exit code.

    ``sign`` makes the council's signature of a pack, for ``build --sign``; without it there is no
    such option.
    """
    parser = argparse.ArgumentParser(
        prog="your-family pack",
        description="Put together what the council owns.",
        epilog="On the EHM's own machine: your-family pack publish FILE --database URL gives it to "
        "every laptop at its next sync; your-family pack rollback --database URL takes the last "
        "one back.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    building = _add(commands, "build", _build, "build the pack of a folder of sources")
    building.add_argument("source", type=Path)
    building.add_argument("to", type=Path)
    building.add_argument("--earlier", type=Path, help="the pack published before this one")
    building.set_defaults(sign=None, signer=sign)
    if sign is not None:
        building.add_argument("--sign", type=Path, metavar="KEY", help="write its signature too")
    checking = _add(commands, "check", _check_pack, "say what is missing, stale or a placeholder")
    checking.add_argument("source", type=Path)
    checking.add_argument("--earlier", type=Path, help="look also for what it held and is gone")
    checking.add_argument("--json", action="store_true", help="for programs")
    return _run(parser, arguments, out)


def _add(
    commands: Any,  # argparse keeps the type of its sub-parsers to itself
    name: str,
    command: Command,
    says: str,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    parser.set_defaults(command=command)
    return parser


def _run(parser: argparse.ArgumentParser, arguments: Sequence[str], out: TextIO | None) -> int:
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as misused:
        return int(misused.code or 0)
    command: Command = chosen.command
    try:
        return command(chosen, out or sys.stdout)
    except (FormMistakes, PackMistake, PackError) as problem:
        sys.stderr.write(f"{problem.title}. {problem.message}\n")
        return 1
    except OSError as problem:
        sys.stderr.write(f"{problem.strerror}: {problem.filename}\n")
        return 2


def _check(chosen: argparse.Namespace, out: TextIO) -> int:
    found = {file: check_form(file) for file in chosen.forms}
    if chosen.json:
        _write_json(out, {str(f): [m.as_dict() for m in ms] for f, ms in found.items()})
    else:
        out.writelines(f"{line}\n" for file, ms in found.items() for line in _lines(file, ms))
    return int(any(m.weight == "mistake" for mistakes in found.values() for m in mistakes))


def _lines(file: Path, mistakes: Iterable[Mistake]) -> Iterable[str]:
    listed = list(mistakes)
    if not listed:
        yield f"{file.name}: nothing found that is wrong."
    for mistake in listed:
        prefix = "" if mistake.weight == "mistake" else "Warning. "
        yield f"{file.name}: {prefix}{mistake}"


def _diff(chosen: argparse.Namespace, out: TextIO) -> int:
    found: tuple[Difference, ...] = compare_forms(chosen.old, chosen.new)
    if chosen.json:
        _write_json(out, {"differences": [d.as_dict() for d in found]})
    elif not found:
        out.write("Nothing changes for records already begun.\n")
    else:
        out.writelines(f"{'LOSS: ' if d.weight == 'loss' else ''}{d.says}\n" for d in found)
    return int(any(d.weight == "loss" for d in found))


def _compile(chosen: argparse.Namespace, out: TextIO) -> int:
    to: Path = chosen.to or chosen.form.with_suffix(".xml")
    to.write_bytes(compile_form(chosen.form))
    out.write(f"{to.name} is written.\n")
    return 0


def _build(chosen: argparse.Namespace, out: TextIO) -> int:
    if faults := [m for m in check_pack(chosen.source, _today()) if m.weight == "mistake"]:
        out.writelines(f"{fault}\n" for fault in faults)
        out.write("The pack is not built: put these right first. A demo may have placeholders.\n")
        return 1
    packed = _packed(chosen)
    signature = _signature(chosen, packed) if chosen.sign else ""
    chosen.to.write_bytes(packed)
    out.write(f"{chosen.to.name} is written: {len(packed):,} bytes.\n")
    if signature:
        beside = chosen.to.with_name(chosen.to.name + ".sig")
        beside.write_text(signature + "\n", encoding="ascii")
        out.write(f"{beside.name} is its signature.\n")
    return 0


def _packed(chosen: argparse.Namespace) -> bytes:
    """The pack, which drops nothing that the earlier one held."""
    earlier = chosen.earlier.read_bytes() if chosen.earlier else None
    if earlier is not None:
        _check_is_higher(str(read_council(chosen.source / "pack")["version"]), Pack.read(earlier))
    return build_pack(chosen.source, earlier)


def _check_is_higher(version: str, before: Pack) -> None:
    if version_order(version) <= version_order(before.version):
        says = (
            f"has version {version}, and the earlier pack {before.version}. Give it a higher one."
        )
        raise PackMistake("council.json", says)


def _signature(chosen: argparse.Namespace, packed: bytes) -> str:
    try:
        signed: str = chosen.signer(chosen.sign.read_text(encoding="ascii"), packed)
    except ValueError as error:
        raise PackMistake(chosen.sign.name, "is no key that can sign.") from error
    return signed


def _check_pack(chosen: argparse.Namespace, out: TextIO) -> int:
    found = check_pack(chosen.source, _today())
    if chosen.earlier and not any(mistake.weight == "mistake" for mistake in found):
        found += tuple(_dropped(chosen))
    if chosen.json:
        _write_json(out, {"found": [mistake.as_dict() for mistake in found]})
    else:
        before = {"placeholder": "Placeholder. ", "warning": "Warning. ", "mistake": ""}
        told = sorted(found, key=lambda one: list(before).index(one.weight))  # the worst last
        out.writelines(f"{before[mistake.weight]}{mistake}\n" for mistake in told)
        out.write(_in_all(Counter(mistake.weight for mistake in found)))
        if not chosen.earlier:
            out.write(_NOT_COMPARED)
    return int(any(mistake.weight == "mistake" for mistake in found))


def _dropped(chosen: argparse.Namespace) -> Iterable[Mistake]:
    """What the earlier pack held, so that answers may hold it, and this one does not."""
    try:
        _packed(chosen)
    except PackMistake as problem:
        yield Mistake(problem.message)
    except FormMistakes as problem:
        yield from (Mistake(str(one), "", problem.name) for one in problem.mistakes)


def _in_all(counts: Mapping[str, int]) -> str:
    """What stands in the way, at the end of a long list, where it is read."""
    if not any(counts.values()):
        return "Nothing found that is wrong.\n"
    mistakes, warnings, placeholders = (
        counts.get(weight, 0) for weight in ("mistake", "warning", "placeholder")
    )
    told = f"In all: {mistakes} to put right, {warnings} to look at, {placeholders} placeholders."
    if mistakes:
        return f"{told} Put those right first.\n"
    may = " Placeholders may stand in a demo only." if placeholders else ""
    return f"{told} It can be built.{may}\n"


def _today() -> date:
    return datetime.now().astimezone().date()


def _write_json(out: TextIO, data: Mapping[str, object]) -> None:
    json.dump(data, out, ensure_ascii=False, indent=1)
    out.write("\n")
