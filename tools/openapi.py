"""Is web/openapi.json what the code says now? Made anew into a temporary folder and compared."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "openapi.json")
        made = subprocess.run([Path(sys.executable).with_name("resolutionflow"), "openapi", "--out", fresh], cwd=ROOT)
        if made.returncode:
            return made.returncode
        kept = ROOT / "web/openapi.json"
        if kept.exists() and kept.read_bytes() == fresh.read_bytes():
            return 0
    print("web/openapi.json is not what the code says.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
