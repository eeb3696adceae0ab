"""One door to every command; makes its own environment first when there is none."""

import sys

from collabscreen import bootstrap

if __name__ == "__main__":
    bootstrap.ensure_environment()
    from collabscreen.entrance import enter

    sys.exit(enter(sys.argv))
