"""Makes the lock files: `python packaging/lock.py`, after a change to the dependencies.

Each file of packaging/locks names every package with its version and the hashes of its files,
for Python 3.11 and newer on every system. What the three are for:

* `laptop.txt`: a worker's laptop, without the optional parts;
* `run.txt`: packaging/run.py, which also compiles forms and serves an EHM;
* `test.txt`: packaging/test.py, with the tools.

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


def compile_lock(python: Path, name: str, build_tools: Path) -> None:
    """Write packaging/locks/<name>.txt with the resolver uv."""
    target = LOCKS / f"{name}.txt"
    command = [str(python), "-m", "uv", "pip", "compile", "pyproject.toml", str(build_tools)]
    command += ["--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON]
    command += ["--no-annotate", "--custom-compile-command", "python packaging/lock.py"]
    command += ["--output-file", str(target)]
    for extra in EXTRAS[name]:
        command += ["--extra", extra]
    if name == "test":
        target.unlink(missing_ok=True)  # a fresh look at the newest versions
    else:
        command += ["--constraints", str(LOCKS / "test.txt")]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    print(f"{target.relative_to(PROJECT)}: {count_packages(target)} packages")


def count_packages(lock: Path) -> int:
    """How many packages a lock file names."""
    return sum("==" in line for line in lock.read_text("utf-8").splitlines())


def main() -> None:
    """Make all three lock files, with uv in an environment of its own."""
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
            compile_lock(python, name, build_tools)


if __name__ == "__main__":
    main()
