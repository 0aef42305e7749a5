# SPDX-License-Identifier: Apache-2.0
"""Compares what both sides say, once what cannot be the same is out of it: times, addresses, offsets, process ids."""
import difflib
import re

# What only one side can say: how modules are signed, and the end of a simulation.
NOISE = re.compile(r"loading out-of-tree module taints kernel|module verification failed|reboot: Power down|"
                   r"^driver: |^\s*$")

PLACES = [(re.compile(r"^\[ *\d+\.\d+\] ?"), ""), (re.compile(r"\b(0x)?ffff[0-9a-f]{12}\b"), "ADDRESS"),
          (re.compile(r"\+0x[0-9a-f]+/0x[0-9a-f]+"), "+OFFSET"), (re.compile(r"\b(PID|pid)(: |=)\d+"), r"\1\2N"),
          (re.compile(r"\b(insmod|rmmod|init|swapper/\d)/\d+\b"), r"\1/N"), (re.compile(r"[ \t]+$"), "")]


def plain(lines):
    out = []
    for line in lines:
        for pattern, text in PLACES:
            line = pattern.sub(text, line)
        if not NOISE.search(line):
            out.append(line)
    return out


def difference(here, there):
    """Lines of a diff, `-` real Linux, `+` ours; none if they say the same."""
    a, b = plain(there), plain(here)
    if a == b:
        return []
    return [line for line in difflib.unified_diff(a, b, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))]
