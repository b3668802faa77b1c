"""The libraries of the system that Qt needs on Linux and that no Python package brings.

Found by trying to load each one. As root on Debian or Ubuntu they are installed; anybody else is
told the one command to run.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from set_up_error import SetUpError

# What Qt 6.11's xcb and offscreen plugins and its Network module link to (read with ldd), with the
# Debian and Ubuntu package of each.
PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
APT = ["apt-get", "install", "--yes", "--no-install-recommends"]


def require(venv_is_missing: bool) -> None:
    """Return when everything is there, installed if need be; raise SetUpError if it cannot be.

    `venv_is_missing`: Debian and Ubuntu leave the part of Python that makes `.venv` to a package.
    """
    libraries = missing_libraries() if sys.platform == "linux" else []
    packages = [PACKAGES[library] for library in libraries]
    if venv_is_missing:
        packages.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if not packages:
        return
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        raise SetUpError(
            "Some parts of the system are missing.",
            f"Run this once, then start again:\n\n    {command_for(libraries, packages)}",
        )
    install(packages)
    still_missing = missing_libraries()
    if still_missing:
        raise SetUpError(
            "Some parts of the system are still missing.",
            "These libraries could not be loaded: " + ", ".join(still_missing),
        )


def missing_libraries() -> list[str]:
    """The libraries that this machine does not have or cannot load."""
    return [library for library in PACKAGES if not loads(library)]


def loads(library: str) -> bool:
    """Whether the system finds and loads a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def command_for(libraries: list[str], packages: list[str]) -> str:
    """The one command that installs what is missing, for the package system that is here."""
    if shutil.which("apt-get"):
        return f"sudo sh -c 'apt-get update && {' '.join(APT + packages)}'"
    by_library = " ".join(f"'{library}()(64bit)'" for library in libraries)
    for tool in ("dnf", "zypper"):
        if shutil.which(tool) and libraries:
            return f"sudo {tool} install {by_library}"
    wanted = ", ".join(libraries) or "Python's own venv and ensurepip"
    return f"(install what provides {wanted} with your system's package tool)"


def install(packages: list[str]) -> None:
    """Install packages of Debian or Ubuntu, as root."""
    print("Installing what Qt needs of the system: " + " ".join(packages), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], [*APT, *packages]):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SetUpError(
                "The system's packages could not be installed.",
                "\n".join((done.stdout + done.stderr).splitlines()[-5:])
                + f"\n\nThis was tried: {' '.join(command)}\nPut that right, then start again.",
            )


def require_that_qt_loads(python: Path) -> None:
    """Load Qt's windows and X11 plugin once, in `.venv`; raise SetUpError with Qt's words."""
    script = (
        "import ctypes, sys, pathlib, PySide6, PySide6.QtNetwork, PySide6.QtWidgets\n"
        "plugins = pathlib.Path(PySide6.__file__).parent / 'Qt' / 'plugins' / 'platforms'\n"
        "if sys.platform == 'linux': ctypes.CDLL(str(plugins / 'libqxcb.so'))\n"
    )
    done = subprocess.run([python, "-c", script], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:]
        raise SetUpError(
            "Qt, which draws the windows, does not start on this machine.",
            "It said: "
            + "".join(reason)
            + "\nInstall the library that it names, then start again.",
        )
