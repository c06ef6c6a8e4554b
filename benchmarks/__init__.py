"""Benchmarks: one command a promise. `python -m benchmarks --list` names them.

Machines are noisy, so what is compared is compared inside one run, and the ratio is what counts.
"""
