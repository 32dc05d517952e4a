#!/usr/bin/env python
"""Runs Samvad's commands: `./manage.py help` lists them."""

import os
import sys

from foundation import garbage


def main() -> None:
    garbage.look_seldom()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
