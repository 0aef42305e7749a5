#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_traces.py FOLDER LINE NAME: the waveform (run.vcd), the trace in its three forms (trace.txt, trace.dat,
trace.json) and the latencies (latency.json) of one run in FOLDER say the same. LINE is a pin with a rising-edge handler
NAME."""
import collections
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from formats import Vcd, chrome_ps, fields, read_chrome, read_ftrace  # noqa: E402


def equal(what, a, b):
    if a != b:
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                sys.exit(f"{what}: element {i} is {x} here and {y} there")
        sys.exit(f"{what}: {len(a)} here and {len(b)} there, such as {(list(a) + list(b))[min(len(a), len(b))]}")
    if not a:
        sys.exit(f"{what}: there is none")
    print(f"{what}: {len(a)} agree")


def pin_levels(trace, pin):
    marks = [(e.ns, e.text.split("|")) for e in trace if e.name == "tracing_mark_write" and e.text.startswith("C|")]
    levels = [(ns, int(mark[3])) for ns, mark in marks if mark[2] == pin]
    return [now for last, now in zip([(0, 0)] + levels, levels) if now[1] != last[1]]


def task_changes(trace, cpu):
    """What the scheduler has put on a CPU, from the switches and renamings alone."""
    out, pid, comm = [], 0, f"swapper/{cpu}"
    for e in trace:
        if e.cpu == cpu and e.name == "sched_switch":
            before, after = e.text.split(" ==> ")
            assert int(fields(before)["prev_pid"]) == pid == e.pid, e
            pid = int(fields(after)["next_pid"])
            new = fields(after)["next_comm"]
        elif e.name == "task_rename" and int(fields(e.text)["pid"]) == pid and pid:
            new = fields(e.text)["newcomm"]
        else:
            continue
        new = new.replace(" ", "_")
        if new != comm:
            out.append((e.ns, new))
        comm = new
    return out


def plain(text):
    """trace-cmd puts a prefix before %p, the kernel does not; %ps of no function has one in both."""
    return re.sub(r"\b0x([0-9a-f]{16})\b", r"\1", text).rstrip()


def trace_cmd(path):
    """The binary form as trace-cmd's own parser understands it, without its plugins."""
    text = subprocess.run(["trace-cmd", "report", "-t", "-N", path], check=True, capture_output=True).stdout.decode()
    out = []
    for line in text.splitlines()[1:]:
        # From 3.3 on it shows the context of the event behind the CPU.
        match = re.match(r"^ *(.+)-(\d+) +\[(\d{3})\] +(?:(?!\d+\.\d)\S+ +)?(\d+)\.(\d{9}): (\w+): +(.*)$", line)
        assert match, line
        _comm, pid, cpu, seconds, ns, name, rest = match.groups()
        if name == "print":
            name, rest = rest.split(": ", 1)
        # Its %ps has an offset where the kernel has none.
        out.append((int(cpu), int(seconds) * 10**9 + int(ns), int(pid), name, plain(rest.replace("/0x0", ""))))
    return out


def clocks(trace):
    """Times within texts follow the trace's own: jiffies of 4 ms, and nanoseconds."""
    starts = [(e.ns, fields(e.text)) for e in trace if e.name == "timer_start"]
    jiffies = [int(f["expires"].split()[0]) - int(re.search(r"timeout=(-?\d+)", f["expires"]).group(1)) - ns // 4000000
               for ns, f in starts]
    jiffies += [int(fields(e.text)["now"]) - e.ns // 4000000 for e in trace if e.name == "timer_expire_entry"]
    assert jiffies and max(jiffies) - min(jiffies) <= 1, (min(jiffies), max(jiffies))
    ahead = [int(f["expires"]) - ns for ns, f in
             ((e.ns, fields(e.text)) for e in trace if e.name == "hrtimer_start")
             if f["function"] == "hr_fn" and f["mode"] == "REL" and f["softexpires"] == f["expires"]]
    assert len(ahead) > 10 and max(ahead) - min(ahead) < 2000, ahead
    print(f"{len(jiffies)} jiffies and {len(ahead)} expiry times agree with the clock")


def main():
    folder, pin, name = sys.argv[1:4]
    vcd = Vcd(os.path.join(folder, "run.vcd"))
    trace = read_ftrace(os.path.join(folder, "trace.txt"))
    with open(os.path.join(folder, "latency.json"), encoding="utf-8") as file:
        latency = json.load(file)

    clocks(trace)

    def in_ns(changes):
        return [(ps // 1000, value) for ps, value in changes]

    equal("pin edges", in_ns(vcd.changes(f"pins.{pin}")), pin_levels(trace, pin))
    entries = [e for e in trace if e.name == "irq_handler_entry" and fields(e.text)["name"] == name]
    irq = fields(entries[0].text)["irq"]
    exits = [e for e in trace if e.name == "irq_handler_exit" and fields(e.text)["irq"] == irq]
    equal("handler entries and exits", in_ns(vcd.changes(f"irq.handler.{name}")),
          sorted([(e.ns, 3) for e in entries] + [(e.ns, 0) for e in exits]))
    for cpu in range(4):
        equal(f"tasks of CPU {cpu}", in_ns(vcd.changes(f"cores.core{cpu}.task")), task_changes(trace, cpu))
    threads = [n for n in vcd.named("irq.thread.")]
    begins = sorted(ps // 1000 for n in threads for ps, value in vcd.changes(n) if value == 3)
    equal("thread functions", begins,
          sorted(e.ns for e in trace if e.name == "tracing_mark_write" and e.text.startswith("B|")))
    works = sorted(ps // 1000 for n in vcd.named("work.") for ps, value in vcd.changes(n) if value == 3)
    equal("work items", works, sorted(e.ns for e in trace if e.name == "workqueue_execute_start"))
    tasklets = sorted(ps // 1000 for n in vcd.named("tasklet.") for ps, value in vcd.changes(n) if value == 3)
    equal("tasklets", tasklets, sorted(e.ns for e in trace if e.name == "tasklet_entry"))

    path = next(p for p in latency["paths"] if p["name"] == name and p["mechanism"] == "hardirq")
    assert path["line"] == pin
    rises = [ns for ns, level in pin_levels(trace, pin) if level]
    assert path["edges"] == len(rises), (path["edges"], len(rises))
    assert path["handled"] == len(entries), (path["handled"], len(entries))
    # The nearest rise before a handler is its edge, as none is lost or merged in these runs.
    assert path["handled"] == path["edges"]
    delays = sorted(e.ns - max(r for r in rises if r <= e.ns) for e in entries)
    stage = path["stages"]["pin_to_handler"]
    for got, expected in ((delays[0], stage["min_ns"]), (delays[-1], stage["max_ns"])):
        assert abs(got - expected) <= 1, (got, expected)
    print("latencies agree")

    chrome = read_chrome(os.path.join(folder, "trace.json"))
    names = {}
    for e in chrome:
        if e["ph"] == "M":
            names[e["pid"], e["tid"]] = e["args"]["name"]
    equal("Chrome: handler entries",
          sorted(chrome_ps(e) // 1000 for e in chrome if e["ph"] == "B" and e["name"] == name and
                 names[e["pid"], 0].endswith("hard interrupts")), [e.ns for e in entries])
    equal("Chrome: pin edges", [(chrome_ps(e) // 1000, int(e["args"]["level"])) for e in chrome
                                if e["ph"] == "C" and e["name"] == pin][1:], pin_levels(trace, pin))
    depth = collections.Counter()
    for e in chrome:
        track = e["pid"], e["tid"]
        depth[track] += {"B": 1, "E": -1}.get(e["ph"], 0)
        assert depth[track] >= 0, f"an end without a beginning: {e}"
    open_ends = {names[p, 0]: n for (p, _), n in depth.items() if n and names[p, 0].endswith(("interrupts", "softirqs"))}
    assert not open_ends, f"beginnings without an end: {open_ends}"
    kinds = {"irq_handler_entry", "irq_handler_exit", "sched_switch"}
    equal("Chrome: other events", [(chrome_ps(e) // 1000, e["args"]["text"]) for e in chrome
                                   if e.get("name") == "sched_waking"], [(e.ns, e.text) for e in trace if e.name == "sched_waking"])

    # trace-cmd sorts by time and CPU; the text keeps the order in which things happened.
    binary = trace_cmd(os.path.join(folder, "trace.dat"))
    for cpu in range(4):
        equal(f"trace.dat, CPU {cpu}", [b for b in binary if b[0] == cpu],
              [(e.cpu, e.ns, e.pid, e.name, plain(e.text)) for e in trace if e.cpu == cpu])
    seen = {e.name for e in trace}
    wanted = kinds | {
        "softirq_raise", "softirq_entry", "softirq_exit", "tasklet_entry", "tasklet_exit", "sched_wakeup",
        "sched_waking", "sched_wakeup_new", "sched_migrate_task", "sched_process_exit", "task_rename", "cpu_idle",
        "timer_start", "timer_expire_entry", "timer_expire_exit", "timer_cancel", "hrtimer_start",
        "hrtimer_expire_entry", "hrtimer_expire_exit", "hrtimer_cancel", "workqueue_queue_work",
        "workqueue_activate_work", "workqueue_execute_start", "workqueue_execute_end", "ipi_raise", "ipi_entry",
        "ipi_exit", "gpio_direction", "gpio_value", "module_load", "module_free", "tracing_mark_write"}
    assert not wanted - seen, f"events that never came: {sorted(wanted - seen)}"


if __name__ == "__main__":
    main()
