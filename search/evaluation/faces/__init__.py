"""The actions of `manage.py evaluate` that measure a shop: what they take, and what they print.

Each module is an action: `NAME`, `HELP`, `add_arguments`, and `run`, which measures and gives back
the lines for a terminal and the object for `--json`.
"""
