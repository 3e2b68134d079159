"""Where the folders that people edit are: at the top of a checkout, inside an installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The bundled folder of a name: `dlexam/_<name>` in a wheel, `<name>` in a checkout."""
    installed = PACKAGE / f"_{name}"
    return installed if installed.is_dir() else PACKAGE.parent / name
