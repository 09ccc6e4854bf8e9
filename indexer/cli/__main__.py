"""`python -m indexer.cli` is `quocphong`."""

import sys

from indexer.cli import main

sys.exit(main())
