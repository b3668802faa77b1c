"""Makes `.venv`: from a bare machine with Python to everything that a lock file names.

Used by run.py and test.py before anything is installed, so: the standard library only, and a syntax
that an older Python can still read, for it is to be told that it is too old.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

import system_libraries
from set_up_error import SetUpError

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
OLDEST_PYTHON = (3, 11)
CONTAINS = {"run": ("run", "test"), "test": ("test",)}  # whose stamp will do for which lock


def prepare(lock: str) -> Path:
    """Return the Python of `.venv`, with packaging/locks/<lock>.txt and the project installed.

    The first time takes minutes and needs a package index; later, while neither the lock file nor
    pyproject.toml has changed, it only looks at a stamp. Raises SetUpError with words for a person.
    """
    refuse_old_python()
    system_libraries.require(venv_is_missing=importlib.util.find_spec("ensurepip") is None)
    python = python_of(ENVIRONMENT)
    if is_ready(lock, python):
        return python
    started = time.monotonic()
    print("Setting up. The first time takes a few minutes and needs the package index.")
    if not runs(python):
        make_environment()
    install(python, lock)
    stamp(lock).write_text(fingerprint(lock), encoding="utf-8")
    system_libraries.require_that_qt_loads(python)
    print(f"Set up in {time.monotonic() - started:.0f} s.\n", flush=True)
    return python


def refuse_old_python() -> None:
    """Raise SetUpError if this Python is older than the program needs."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetUpError(
            "This Python is too old.",
            "It is {}.{}; Your Family needs 3.11 or newer. Install a newer Python and start this "
            "with it, for example: python3.11 packaging/run.py".format(*sys.version_info[:2]),
        )


def python_of(environment: Path) -> Path:
    """Where a virtual environment has its Python, on this system."""
    windows = sys.platform == "win32"
    return environment / ("Scripts/python.exe" if windows else "bin/python")


def is_ready(lock: str, python: Path) -> bool:
    """Whether `.venv` was set up from this very lock file, project and place."""
    stamps = [(stamp(name), fingerprint(name)) for name in CONTAINS[lock]]
    done = any(file.exists() and file.read_text("utf-8") == text for file, text in stamps)
    return done and runs(python)


def stamp(lock: str) -> Path:
    """The file in `.venv` that says what was installed."""
    return ENVIRONMENT / f"installed-{lock}.txt"


def fingerprint(lock: str) -> str:
    """Changes when an installation would come out differently."""
    parts = [lock_file(lock).read_bytes(), (PROJECT / "pyproject.toml").read_bytes()]
    parts.append(str(PROJECT).encode())  # the project is installed by its place on the disk
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def lock_file(lock: str) -> Path:
    """The lock file of that name."""
    return PROJECT / "packaging" / "locks" / f"{lock}.txt"


def runs(python: Path) -> bool:
    """Whether an environment's Python is there, starts, is new enough and has pip."""
    if not python.exists():
        return False
    check = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Make `.venv` anew."""
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        raise SetUpError(
            "The folder .venv could not be made.",
            f"Python said: {error}. Check that there is room on the disk and that you may write to "
            f"{PROJECT}, then start this again.",
        ) from error


def install(python: Path, lock: str) -> None:
    """Install what the lock file names, each file checked by its hash, and the project itself."""
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
    locked = ["--require-hashes", "--only-binary", ":all:", "--requirement"]
    project = ["--no-deps", "--no-build-isolation", "--quiet", "--editable", str(PROJECT)]
    newest_pip = [*locked, str(lock_file("pip"))]  # Python's own may take three times as long
    for arguments in (newest_pip, [*locked, str(lock_file(lock))], project):
        if subprocess.run(pip + arguments, env=install_settings(), check=False).returncode:
            raise SetUpError(
                "The packages could not be installed.",
                "The lines above are pip's reason. Most often the package index could not be "
                "reached: check the network or the proxy (HTTPS_PROXY, pip config), then start "
                "this again; it goes on where it stopped. If pip found no build for Python "
                "{}.{}, use Python 3.11, 3.12 or 3.13.".format(*sys.version_info[:2]),
            )
    compile_everything(python)


def compile_everything(python: Path) -> None:
    """Compile what was installed, on every core: pip would use one.

    What does not compile is never imported: templates, and tests for other versions of Python.
    """
    find = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    place = subprocess.run(find, check=True, capture_output=True, text=True).stdout.strip()
    compiling = [str(python), "-m", "compileall", "-qq", "-j", "0", place]
    subprocess.run(compiling, env=install_settings(), check=False)


def install_settings() -> dict[str, str]:
    """The caller's environment, in which pip minds its own installation alone."""
    others = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    return {**kept, "PIP_ROOT_USER_ACTION": "ignore"}
