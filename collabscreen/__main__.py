"""`python -m collabscreen COMMAND`: the commands of manage.py in this very interpreter."""

from __future__ import annotations

import sys

from collabscreen.entrance import enter

sys.exit(enter(sys.argv))
