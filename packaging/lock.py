"""Makes the lock files: `python packaging/lock.py`, after a change to the dependencies.

Each file of packaging/locks names every package with its version and the hashes of its files,
for Python 3.11 and newer on every system. What they are for:

* `laptop.txt`: a worker's laptop, without the optional parts;
* `run.txt`: packaging/run.py, which also compiles forms and serves an EHM;
* `test.txt`: packaging/test.py, with the tools;
* `pip.txt`: pip itself, for one that comes with Python may take three times as long.

The smaller ones are held to the versions of the largest. The files name no index: pip asks the one
that it was set up with.
"""

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = PROJECT / "packaging" / "locks"
OLDEST_PYTHON = "3.11"
EXTRAS = {
    "test": ("authoring", "ehm", "test"),
    "run": ("authoring", "ehm"),
    "laptop": (),
}


def compile_lock(python: Path, name: str, sources: list[str], *options: str) -> None:
    """Write packaging/locks/<name>.txt with the resolver uv, from what `sources` ask for."""
    target = LOCKS / f"{name}.txt"
    command = [str(python), "-m", "uv", "pip", "compile", *sources, *options]
    command += ["--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON]
    command += ["--no-annotate", "--custom-compile-command", "python packaging/lock.py"]
    command += ["--output-file", str(target)]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    print(f"{target.relative_to(PROJECT)}: {count_packages(target)} packages")


def compile_extras(python: Path, name: str, build_tools: Path) -> None:
    """Write the lock file of the project with the extras of that name."""
    options = [f"--extra={extra}" for extra in EXTRAS[name]]
    if name == "test":
        (LOCKS / "test.txt").unlink(missing_ok=True)  # a fresh look at the newest versions
    else:
        options += ["--constraints", str(LOCKS / "test.txt")]
    compile_lock(python, name, ["pyproject.toml", str(build_tools)], *options)


def count_packages(lock: Path) -> int:
    """How many packages a lock file names."""
    return sum("==" in line for line in lock.read_text("utf-8").splitlines())


def main() -> None:
    """Make all the lock files, with uv in an environment of its own."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    LOCKS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "venv"
        venv.create(environment, with_pip=True)
        python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        build_tools = Path(folder) / "build.in"  # pip builds the project itself with these
        build_tools.write_text("\n".join(project["build-system"]["requires"]), "utf-8")
        for name in EXTRAS:
            compile_extras(python, name, build_tools)
        installer = Path(folder) / "pip.in"
        installer.write_text("pip", "utf-8")
        compile_lock(python, "pip", [str(installer)], "--upgrade")


if __name__ == "__main__":
    main()
