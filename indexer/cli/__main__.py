"""Run the command `quocphong` as `python -m indexer.cli`."""

import sys

from indexer.cli import main

sys.exit(main())
