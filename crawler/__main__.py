"""`python -m crawler` is the command `herkenbaar`."""

import sys

from crawler.cli import main

sys.exit(main())
