# SPDX-License-Identifier: Apache-2.0
"""Keeps the outcomes of runs, explains what is known, and writes RESULTS.md."""
import datetime
import json
import os
import re

from . import kernels

SAME, DIFFERS, CANNOT = "same", "differs", "cannot run there"
KINDS = ("probes", "claims")


def path_of(kernel_name):
    return os.path.join(kernels.CACHE, f"results-{kernel_name}.json")


def load(kernel_name):
    try:
        with open(path_of(kernel_name), encoding="utf-8") as text:
            return json.load(text)
    except FileNotFoundError:
        return {"version": "", "date": "", "probes": {}, "claims": {}}


def keep(kernel, kind, outcomes, all_of_them):
    """outcomes: name -> {"status", "lines"}. A run of all replaces what was there."""
    state = load(kernel.name)
    state["version"] = kernel.version
    state["date"] = datetime.date.today().isoformat()
    if all_of_them:
        state[kind] = outcomes
    else:
        state[kind].update(outcomes)
    with open(path_of(kernel.name), "w", encoding="utf-8") as out:
        json.dump(state, out, indent=1, sort_keys=True)


def reasons():
    """Lines of reasons.txt: a kernel or *, a pattern of `name: line`, and why it differs, parted by tabs."""
    found = []
    with open(os.path.join(kernels.ORACLE, "reasons.txt"), encoding="utf-8") as text:
        for line in text:
            if line.strip() and not line.startswith("#"):
                kernel, pattern, why = line.rstrip("\n").split("\t")
                found.append((kernel, re.compile(pattern), why))
    return found


def explained(kernel_name, name, lines, known):
    """Why it differs, if each line has a reason; else nothing."""
    why = []
    for line in lines:
        for kernel, pattern, reason in known:
            if kernel in ("*", kernel_name) and pattern.search(f"{name}: {line}"):
                if reason not in why:
                    why.append(reason)
                break
        else:
            return ""
    return "; ".join(why)


def agreed(kernel_name):
    """Names that RESULTS.md says are the same on this kernel."""
    names, column = set(), None
    with open(os.path.join(kernels.ORACLE, "RESULTS.md"), encoding="utf-8") as text:
        for line in text:
            words = [word.strip() for word in line.strip().strip("|").split("|")]
            if words[0] == "name":
                column = words.index(kernel_name) if kernel_name in words else None
            elif column and len(words) > column and words[column] == SAME:
                names.add(words[0])
    return names


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")[:160]


def write():
    """Returns how many differences have no reason."""
    states = {name: load(name) for name in ("stock", "debug")}
    states = {name: state for name, state in states.items() if state["version"]}
    known = reasons()
    out = ["# What real Linux says", "", "Written by `tests/oracle/run`; README.md beside it says what stands behind it.", ""]
    out += ["| kernel | version | date |", "| --- | --- | --- |"]
    out += [f"| {name} | {state['version']} | {state['date']} |" for name, state in states.items()]
    out += ["", "| | kernel | same | differs, with a reason | differs | cannot run there |", "| --- | --- | --- | --- | --- | --- |"]
    best = {kind: {} for kind in KINDS}  # of what the kernels say: name -> (rank, status, values)
    rows, open_rows, unexplained = {kind: {} for kind in KINDS}, [], 0
    for kind in KINDS:
        for kernel_name, state in states.items():
            count = {SAME: 0, DIFFERS: 0, CANNOT: 0, "reason": 0}
            for name, outcome in sorted(state[kind].items()):
                why = ""
                if outcome["status"] == DIFFERS:
                    why = explained(kernel_name, name, outcome["lines"], known)
                    unexplained += not why
                count["reason" if why else outcome["status"]] += 1
                known_as = "reason" if why else outcome["status"]
                rank = (SAME, "reason", DIFFERS, CANNOT).index(known_as)
                best[kind][name] = min(best[kind].get(name, (9,)), (rank, known_as, outcome.get("values", 0)))
                text = outcome["status"] if outcome["status"] == SAME else \
                    f"{outcome['status']}: {why or (outcome['lines'] or [''])[0]}"
                rows[kind].setdefault(name, {})[kernel_name] = cell(text)
            if state[kind]:
                out.append(f"| {kind} | {kernel_name} | {count[SAME]} | {count['reason']} | {count[DIFFERS]} | "
                           f"{count[CANNOT]} |")
        for what, weight in (("", lambda one: 1), (", values of their checks", lambda one: one[2])):
            total = {status: sum(weight(one) for one in best[kind].values() if one[1] == status)
                     for status in (SAME, "reason", DIFFERS, CANNOT)}
            if all_of_them := sum(total.values()):
                out.append(f"| {kind}{what} | the better of them | {total[SAME]} of {all_of_them} | {total['reason']} | "
                           f"{total[DIFFERS]} | {total[CANNOT]} ({100 * total[CANNOT] // all_of_them} %) |")
    for kind in KINDS:
        out += ["", f"## {kind.capitalize()}", "", "| name | " + " | ".join(states) + " |",
                "| --- |" + " --- |" * len(states)]
        out += [f"| {name} | " + " | ".join(row.get(k, "") for k in states) + " |" for name, row in sorted(rows[kind].items())]
    with open(os.path.join(kernels.ORACLE, "RESULTS.md"), "w", encoding="utf-8") as text:
        text.write("\n".join(out + open_rows) + "\n")
    return unexplained
