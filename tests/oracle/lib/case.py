# SPDX-License-Identifier: Apache-2.0
"""A case: modules that are loaded on both sides, and what happens while they are there."""
import hashlib
import os
import re


class Case:
    def __init__(self, name):
        self.name = name
        self.modules = []  # (module, parameters), in the order of loading
        self.sources = {}  # module -> (path of its C file, further flags of the compiler)
        self.append = ""  # kernel command line
        self.execs = []  # (ms, command), counted from the last module's return
        self.for_ms = 10
        self.stimulus = ""
        self.errors_apart = False  # what commands say on standard error is marked, and comes after what they print
        self.says = ""  # a part of the kernel's report, if the case is about one

    def add(self, module, source, parameters="", flags=""):
        self.sources[module] = (source, flags)
        self.modules.append((module, parameters))

    def add_unique(self, stem, source, content, parameters, flags):
        """For sources whose names are not unique: the same text gives the same module, whichever case wants it."""
        self.add(f"{stem}_{hashlib.sha256(content + flags.encode()).hexdigest()[:8]}", source, parameters, flags)


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(s|ms|us|ns)", text).groups()
    return float(number) * {"s": 1000, "ms": 1, "us": 1e-3, "ns": 1e-6}[unit]


def probe(path):
    """A probe's head says what is done with it: lines `// exec: 5ms cat /proc/...`, `// append:`, `// for: 50ms`,
    `// parameters:`."""
    case = Case(os.path.splitext(os.path.basename(path))[0])
    parameters = ""
    with open(path, encoding="utf-8") as text:
        for line in text:
            found = re.match(r"// (exec|append|for|parameters): (.*)", line)
            if not found:
                continue
            key, value = found.groups()
            if key == "exec":
                when, command = value.split(" ", 1)
                case.execs.append((milliseconds(when), command.strip()))
            elif key == "append":
                case.append = value.strip()
            elif key == "for":
                case.for_ms = milliseconds(value.strip())
            else:
                parameters = value.strip()
    case.add(case.name, path, parameters)
    return case
