"""Downloads the backbone's weights into Keras' folder, where a bundle's build looks for them.

python tools/fetch_weights.py
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from training.cancellation import CancelToken
from training.errors import UserError
from training.learning.weights import MOBILENET_V2, find_weights


def main() -> int:
    """Download what is not there yet, and say where it lies.

    Returns:
        0, or 1 where it cannot be had.
    """
    try:
        print(find_weights(MOBILENET_V2, emit=lambda _: None, token=CancelToken()))
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
