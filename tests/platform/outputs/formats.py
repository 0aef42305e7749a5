# SPDX-License-Identifier: Apache-2.0
"""Readers of the output files, written from the formats' descriptions and not from the writers' code.

VCD: IEEE 1364, clause 18. ftrace text: Documentation/trace/ftrace.rst. Chrome JSON: its "Trace Event Format" page.
"""
import collections
import json
import re


class Vcd:
    """history[full name] = [(ps, value)], values as int, or str for string variables; None is x."""

    def __init__(self, path):
        self.history = {}
        self.end = 0
        self.dumps_off = []
        names = collections.defaultdict(list)
        scopes = []
        with open(path, encoding="latin-1") as file:
            tokens = iter(file.read().split())
        unit = None
        for token in tokens:
            if token == "$enddefinitions":
                break
            if token == "$scope":
                next(tokens)
                scopes.append(next(tokens))
            elif token == "$upscope":
                scopes.pop()
            elif token == "$timescale":
                unit = next(tokens) + next(tokens)
                unit = unit.replace("$end", "")
            elif token == "$var":
                _kind, _width, code, name = (next(tokens) for _ in range(4))
                full = ".".join(scopes + [name])
                assert full not in self.history, f"{full} twice"
                self.history[full] = []
                names[code].append(full)
        assert unit == "1ps", unit
        now = 0
        for token in tokens:
            first = token[0]
            if first == "#":
                assert int(token[1:]) >= now, f"time goes back at {token}"
                now = int(token[1:])
            elif first in "01xz":
                self._change(names[token[1:]], now, int(first) if first in "01" else None)
            elif first in "bB":
                digits = token[1:]
                self._change(names[next(tokens)], now, int(digits, 2) if set(digits) <= {"0", "1"} else None)
            elif first == "s":
                self._change(names[next(tokens)], now, token[1:])
            elif token == "$dumpoff":
                self.dumps_off.append(now)
            else:
                assert token in ("$end", "$dumpvars", "$dumpon", "$dumpall"), token
        self.end = now

    def _change(self, names, now, value):
        assert names, "a value of no variable"
        for name in names:
            self.history[name].append((now, value))

    def changes(self, name):
        """Without the initial value and without what is not a change. Blanks of a name are underscores in a VCD."""
        history = self.history[name.replace(" ", "_")]
        out, last = [], history[0][1]
        for ps, value in history[1:]:
            if value != last:
                out.append((ps, value))
                last = value
        return out

    def named(self, prefix):
        return [name for name in self.history if name.startswith(prefix)]


Event = collections.namedtuple("Event", "comm pid cpu flags ns name text")

# What Perfetto's importer of this text looks for in a line (its systrace_line_tokenizer).
PERFETTO = re.compile(r"-(\d+)\s+\(?\s*(\d+|-+)?\)?\s?\[(\d+)\]\s*[a-zA-Z0-9.]{0,5}\s+(\d+\.\d+):\s+(\S+):")
LINE = re.compile(r"^ *(.+)-(\d+) +\[(\d{3})\] (\S{5}) +(\d+)\.(\d{9}): (\w+): (.*)$")


def read_ftrace(path):
    events = []
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    assert lines[0] == "# tracer: nop", lines[0]
    assert lines[-1] == ""
    count = int(re.search(r"entries-in-buffer/entries-written: (\d+)/\1 +#P:4", lines[2]).group(1))
    for line in lines[:-1]:
        if line.startswith("#"):
            continue
        match = LINE.match(line)
        assert match, line
        assert PERFETTO.search(line), line
        comm, pid, cpu, flags, seconds, ns, name, text = match.groups()
        events.append(Event(comm.strip(), int(pid), int(cpu), flags, int(seconds) * 10**9 + int(ns), name, text))
    assert len(events) == count, f"{len(events)} lines, the header says {count}"
    assert all(a.ns <= b.ns for a, b in zip(events, events[1:])), "not in order of time"
    return events


def fields(text):
    """name=value of an event's text; values with blanks end where the next name begins."""
    return dict(re.findall(r"(\w+)=(.*?)(?= \w+=| ==>|$)", text))


def read_chrome(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_float=str)["traceEvents"]


def chrome_ps(event, key="ts"):
    whole, _, part = str(event[key]).partition(".")
    return int(whole) * 10**6 + int(part.ljust(6, "0"))
