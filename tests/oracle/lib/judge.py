# SPDX-License-Identifier: Apache-2.0
"""Compares what both sides say, once what cannot be the same is out of it: times, addresses, offsets, process ids, stacks."""
import difflib
import re

ANYWHERE = re.compile(r"\[ *\d+\.\d{6}\] ")
STAMP = re.compile(r"^\[ *\d+\.\d+\] ?")
# What only one side can say: how modules are signed, places in a driver's source, the end of a simulation.
NOISE = re.compile(r"loading out-of-tree module taints kernel|module verification failed|reboot: Power down|"
                   r"^driver: |^\s*$|^# |^insmod: can't insert|^insmod failed$|insmod: ERROR: could not insert module|"
                   r"^rmmod: can't unload module .* No such file|rmmod: ERROR: Module \S+ is not currently loaded|Disabling lock debugging due to kernel taint")
PLACES = [(re.compile(r": nonexistent directory$"), ": No such file or directory"), (re.compile(r" \((did you mean|help lists) .*\)$"), ""), (re.compile(r"\bgpiochip\d+: (?=\(|GPIOs)"), "gpiochipN: "),
          (re.compile(r"\birq/\d+-"), "irq/N-"),
          (re.compile(r"^(rk3568-sim: .*: )?cat: (read error|/[^:]*): (?=Input/output error|Is a directory|Invalid argument|Operation not permitted|Permission denied)"), "cat: "),
          (re.compile(r"^(rk3568-sim: rmmod \S+: )?rmmod: (can't unload module '(\S+)': Resource temporarily unavailable|ERROR: Module (\S+) is in use)"), "rmmod: it is in use"),
          (re.compile(r"\b(0x)?ffff[0-9a-f]{12}\b"), "ADDRESS"),
          (re.compile(r"\+0x[0-9a-f]+/0x[0-9a-f]+( \[\w+\])?"), ""), (re.compile(r"\b(PID|pid)(: |=)\d+"), r"\1\2N"),
          (re.compile(r"\b(insmod|rmmod|init|swapper/\d)/\d+\b"), r"\1/N"), (re.compile(r"[ \t]+$"), ""),
          (re.compile(r"^(rk3568-sim: .*?: (echo: )?|/c/\d+: line \d+: (echo: )?|sh: (echo: )?)(?=write error|cat: |ls: )"), ""), (re.compile(r"sh: (echo: )?(?=write error)"), ""),
          (re.compile(r"^(rk3568-sim: .*: )?cat: (can't open )?'?([^':]*)'?: "), r"cat: \3: "),
          (re.compile(r"^(rk3568-sim: .*: )?ls: (cannot access )?'?([^':]*)'?: "), r"ls: \3: "),
          (re.compile(r"\b(irq |IRQ |IRQ #|VIRQ|unknown-|proc_dir_entry ')\d+"), r"\1N"),
          (re.compile(r"\[<[0-9a-f]{16}>\]"), "[<ADDRESS>]"), (re.compile(r"^(/c/\d+: line \d+: |sh: |rk3568-sim: .*: sh: )(can't create )?(?=/)"), ""), (re.compile(r"CPU: \d+ "), "CPU: N "), (re.compile(r"polled \d+ ms"), "polled N ms"), (re.compile(r" at \S+:\d+ (\w+)"), r" at \1"),
          (re.compile(r"^cat: /[^:]*: (?=Permission denied)"), "cat: "),
          (re.compile(r" (at|in) (\./|/)?[\w./-]+\.(c|cpp|h|inc):\d+(:\d+)?"), r" \1 PLACE"), (re.compile(r"\bCPU#\d+"), "CPU#N"),
          (re.compile(r"(?<=task )(\S+):\d+"), r"\1:N"), (re.compile(r"\[(\w+):\d+\]"), r"[\1:N]")]
# What stands below the head of a report: registers and stacks.
DUMP = re.compile(r"^(Modules linked in:|CPU: \d|Hardware name:|pstate: |pc : |lr : |sp : |x\d+ ?:|Call trace:|"
                  r"---\[ end trace|Workqueue: |irq event stamp|hardirqs last|softirqs last| \S+\+0x|"
                  r"Tainted: |Code: | +\S+\+0x[0-9a-f]+/0x)")
OFFSET = re.compile(r"\+0x[0-9a-f]+.*")
# Whose task it was, and what was interrupted, is chance; functions inside the kernel have other names here.
CHANCE = [(re.compile(r"((?:scheduling while atomic|leaked lock or atomic|preemptible \[0+\] code): ).*"), r"\1TASK"),
          (re.compile(r"^(WARNING: CPU: N PID: N at) \w+"), r"\1 PLACE"), (re.compile(r"\(Tainted: [^)]*\)"), "(Tainted)"),
          (re.compile(r"^(WARNING: \w+)/\d+ still"), r"\1/N still"), (re.compile(r'(exiting task "[^"]*") \(\d+\)'), r"\1 (N)"),
          (re.compile(r"^.*(preempt leak: ).*"), r"\1COUNTS"), (re.compile(r"(entered softirq \d+ \w+ ).*"), r"\1COUNTS")]
HASH = re.compile(r"(?<=\w)_[0-9a-f]{8}\b")  # of a module of a claim: Case.add_unique()
# What the loading of a case's modules says, if they stay or were there, which is not part of the case.
LOADING = re.compile(r"^insmod: can't insert '/m/|^insmod failed$|^rmmod: can't unload module .*(No such file|Device or resource busy)")
VALUE = re.compile(r"(?:^|: |\] )value \d+: (.*)")
# How the two compilers write what stands in a macro.
SPELLING = [(re.compile(r"smp_call_function_single\(.* = "), "smp_call_function_single() = "), (re.compile(r"\(void ?\*\)"), "(void *)")]


def plain(lines):
    out = []
    for line in lines:
        line = STAMP.sub("", line)
        if DUMP.search(line) or NOISE.search(line):
            continue
        for pattern, text in PLACES:
            line = pattern.sub(text, line)
        out.append(line)
    return out


def streams(lines):
    """What the kernel says, and what commands print: which of two lines comes first is chance between the two."""
    kernel, printed, begun = [], [], ""
    for line in lines:
        stamp = ANYWHERE.search(line)
        if stamp:
            begun += line[:stamp.start()]
            kernel.append(line[stamp.start():])
        else:
            printed.append(begun + line)
            begun = ""
    return kernel, printed + [begun]


def difference(here, there):
    """Lines of a diff, `-` real Linux, `+` ours; none if they say the same."""
    out = []
    for ours, theirs in zip(streams(here), streams(there)):
        out += compare(plain(ours), plain(theirs))
    return out


def compare(b, a):
    if a == b:
        return []
    return [line for line in difflib.unified_diff(a, b, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))]


def values(lines):
    """What the checks of a claim saw, in their order. Two compilers do not agree on the line of a macro."""
    out = []
    for found in filter(None, map(VALUE.search, lines)):
        text = found[1]
        for pattern, usual in SPELLING:
            text = pattern.sub(usual, text)
        out.append(text)
    return out


def reports(lines, says):
    """The lines with the text that the head of a module says to be the kernel's report; a repetition is none."""
    says = OFFSET.sub("", says).strip()
    found = [HASH.sub("", line) for line in plain(lines) if says in line]
    for pattern, text in CHANCE:
        found = [pattern.sub(text, line) for line in found]
    return list(dict.fromkeys(found))


def over(mine, theirs):
    """Whether the kernel is meant not to come back: it panics on both sides, or the case switched the machine off."""
    return all(any("Kernel panic - not syncing" in line for line in lines) for lines in (mine, theirs)) or \
        any("reboot: Power down" in line for line in theirs)


def complaints(lines):
    return [STAMP.sub("", line) for line in lines if "FAILED line" in line]
