"""Makes the modules of packaging/ importable: a folder of scripts, not a package."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
