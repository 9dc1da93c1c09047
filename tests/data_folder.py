"""Where the real road networks and instances are, if they are there."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def find_data_folder() -> Path | None:
    """Find the folder of real data.

    A test never skips when it is absent: it runs on generated data instead.

    Returns
    -------
    folder : Path or None
        What ``TUS_DATA`` names, else ``shared/data`` beside the checkout; None
        where there is no such folder.
    """
    folder = Path(os.environ.get("TUS_DATA") or REPOSITORY.parent / "shared" / "data")
    return folder if folder.is_dir() else None
