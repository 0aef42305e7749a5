# SPDX-License-Identifier: Apache-2.0
"""The claims of the tests in tests/sw: each case of a test program is run once with lib/stand_in in the simulator's place,
which keeps the modules that the case loads and what is done with them. The same is then done on real Linux."""
import concurrent.futures
import glob
import json
import os
import re
import shutil
import subprocess

from . import judge, kernels, there
from .case import Case, milliseconds

BUILD = os.path.join(kernels.TOP, "build")
FOLDER = os.path.join(kernels.CACHE, "claims")
STAND_IN = os.path.join(kernels.ORACLE, "lib", "stand_in")
AFTER_STIMULUS = 1000  # ms that a run goes on after its stimulus, if it is not told how long
LONGEST = 400000  # ms that a run may take on real Linux


# Programs whose cases are not checks of modules: they take long, or are about the simulator's own devices.
LEFT_OUT = {"test_linux_drivers", "test_irq_soak", "test_irq_msi", "test_race", "test_workqueue_random",
            "test_drivers", "test_planted"}


def listed():
    """(program, name of the case, path of the program, its argument) of each case of tests/sw, as ctest has them."""
    cases = []
    for path in sorted(glob.glob(os.path.join(BUILD, "tests", "sw", "*", "*_cases.cmake"))):
        with open(path, encoding="utf-8") as text:
            for name, program, argument in re.findall(r'add_test\("([^"]+)" "([^"]+)" (--run_test=\S+)', text.read()):
                if name.split("/")[0] in LEFT_OUT or name.endswith("@linux"):  # the same, on Linux's drivers
                    continue
                cases.append((name, os.path.join(BUILD, os.path.relpath(program, start_of(program))), argument))
    return cases


def start_of(program):
    return program[:program.index("/build/") + len("/build")]


def collect(names, jobs, again=False):
    """Runs the cases whose name begins with one of the names, or all; again: not those that were run before."""
    chosen = [c for c in listed() if not names or any(c[0].startswith(n) or c[0].split("/")[-1] == n for n in names)]

    def one(case):
        name, program, argument = case
        folder = os.path.join(FOLDER, name)
        if again and os.path.exists(os.path.join(folder, "verdict.json")):
            return
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        done = test(program, argument, "collect", folder)
        with open(os.path.join(folder, "verdict.json"), "w", encoding="utf-8") as out:
            json.dump({"program": program, "argument": argument, "here": done.returncode,
                       "said": done.stdout[-4000:]}, out)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, chosen))
    return [c[0] for c in chosen]


def test(program, argument, what, folder):
    environment = {**os.environ, "RK3568_SIMULATOR": STAND_IN, "ORACLE_DO": what, "ORACLE_FOLDER": folder,
                   "SYSTEMC_DISABLE_COPYRIGHT_MESSAGE": "1"}
    return subprocess.run([program, argument, "--log_level=test_suite", "--report_level=no", "--color_output=no"], env=environment,
                          capture_output=True, text=True, errors="replace", check=False)


# Options of the simulator that change nothing of what the kernel says.
HARMLESS = {"--vcd", "--latency", "--ftrace", "--report", "--dmesg", "--junit", "--accounts", "--seed", "--timing",
            "--log-level", "--vcd-scope", "--vcd-window", "--timing-table", "--stats-every", "--quantum", "--lookahead"}
# And those that real Linux has no counterpart for.
FOREIGN = {"--fault": "asks for a fault that only the simulator injects", "--dtb": "wants devices of a tree of its own",
           "--dts": "wants devices of a tree of its own", "--bare": "runs without a kernel",
           "--kasan": "wants the address sanitizer", "--gpio": "is about the GPIO bank's registers",
           "--gic": "is about the GIC's security states", "--cpu-freq": "is about the clock of the cores",
           "--uart": "is about the UART of the RK3568"}


class CannotRun(Exception):
    pass


def source_of(path):
    """The C file of a module, and the flags that it was compiled with."""
    if path.endswith(".c"):
        return path, ""
    relative = os.path.relpath(path, start_of(path))
    folder, name = os.path.split(os.path.join(kernels.TOP, relative[:-len(".ko")] + ".c"))
    for place, flags in ((folder, ""), (os.path.join(folder, "modules"), ""),
                         (os.path.dirname(folder), "-DCORRECT" if folder.endswith("right") else "")):
        if os.path.exists(os.path.join(place, name)):
            return os.path.join(place, name), flags
    raise CannotRun(f"no source of {relative}")


def pin_number(name):
    found = re.fullmatch(r"GPIO(\d)_([A-D])(\d)", name)
    if not found:
        raise CannotRun("plays a bus of pins")
    return int(found[1]) * 32 + (ord(found[2]) - ord("A")) * 8 + int(found[3])


def recording(text):
    """A VCD of single wires: (microseconds, pin, level) of each change."""
    number, unit = re.search(r"\$timescale\s+(\d+)\s*(\w+)", text).groups()
    step = milliseconds(f"{number}{unit}") * 1000
    wires = {code: pin_number(name) for code, name in re.findall(r"\$var\s+\w+\s+1\s+(\S+)\s+(\w+)", text)}
    at, changes = 0, []
    for word in text.split("$enddefinitions $end")[1].split():
        if word.startswith("#"):
            at = int(word[1:]) * step
        elif word[1:] in wires:
            changes.append((at, wires[word[1:]], int(word[0])))
    return changes


def stimulus(text):
    """The lines of a .stim file: (microseconds, pin, level) of each change."""
    changes = []
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if "bounce" in words:
            raise CannotRun("plays chatter that the simulator draws by lot")
        at, pin = milliseconds(words[0]) * 1000, pin_number(words[1])
        if words[2] == "press":
            changes.append((at, pin, 1))
            changes.append((at + (milliseconds(words[3]) * 1000 if len(words) > 3 else 100000), pin, 0))
        else:
            changes.append((at, pin, 0 if words[2] == "release" else int(words[2])))
    return changes


def pins(path):
    """A stimulus as /proc/pins of support/pins.c takes it: lines of microseconds, pin, level."""
    with open(path, encoding="utf-8") as text:
        changes = (recording if path.endswith(".vcd") else stimulus)(text.read())
    return "".join(f"{int(at)} {pin} {level}\n" for at, pin, level in sorted(changes))


def as_case(name, number, words):
    """A run of the simulator as a case for real Linux."""
    case = Case(f"{name}#{number}")
    case.errors_apart = True
    rest = list(words)
    while rest:
        option = rest.pop(0)
        if option == "--workqueue" and rest[0] == "cmwq" or option == "--gpio" and rest[0] == "systemc":
            rest.pop(0)
            continue
        if option == "--workqueue":
            raise CannotRun("is about the workqueue that Linux had before 2.6.36")
        if option in FOREIGN:
            raise CannotRun(FOREIGN[option])
        value = rest.pop(0) if rest else ""
        if option == "--insmod":
            path, _, parameters = value.partition(":")
            if not os.path.isfile(path):
                raise CannotRun("loads no single module")
            source, flags = source_of(path)
            stem = re.sub(r"\W", "_", os.path.splitext(os.path.basename(source))[0])
            with open(source, "rb") as text:
                content = text.read()
            if re.search(rb"ioremap\(0xf", content):
                raise CannotRun("reads registers of the RK3568")
            if head := re.search(rb"^// says: (.*)", content, re.M):
                case.says = head[1].decode()
            case.add_unique(stem, source, content, parameters.replace(",", " "), flags)
        elif option == "--for":
            case.for_ms = milliseconds(value)
        elif option == "--append":
            case.append = (case.append + " " + value).strip()
        elif option == "--exec":
            when, command = value.split(" ", 1)
            if command == "cat /proc/kallsyms":
                raise CannotRun("prints more than the kernel's log holds")
            case.execs.append((milliseconds(when), command))
        elif option == "--cpus":
            case.append = (case.append + f" maxcpus={value}").strip()
        elif option == "--stimulus":
            case.stimulus = pins(value)
        elif option not in HARMLESS:
            raise CannotRun(f"has an option that only the simulator has: {option}")
    for module, _ in case.modules:
        stem = judge.HASH.sub("", module)
        case.execs = [(ms, command.replace(f"/sys/module/{stem}/", f"/sys/module/{module}/")) for ms, command in case.execs]
    if "--for" not in words and case.stimulus:
        case.for_ms = int(case.stimulus.split("\n")[-2].split()[0]) / 1000 + AFTER_STIMULUS
    if not case.modules and not case.execs:
        raise CannotRun("loads no module and runs no command")
    if case.for_ms > LONGEST:
        raise CannotRun("takes more than seven minutes")
    return case


# What only a debug kernel says; another one does nothing, or stops for good.
CHECKS = re.compile(r"WARNING: (possible|bad unlock|inconsistent)|BUG: (spinlock|sleeping function|scheduling|workqueue)|"
                    r"Invalid wait context|LOCKUP|lockup|ODEBUG|list_(add|del) corruption|bad: scheduling|held lock freed|"
                    r"lock held when|irq lock inversion|DEBUG_LOCKS|do not call blocking ops|leaked lock|hung_task|overwritten")


def cases(names, checks):
    """name of the claim -> its runs: (number, Case or reason, what the simulator said). checks: of a debug kernel."""
    found = {}
    for name in names:
        runs = []
        for path in sorted(glob.glob(os.path.join(FOLDER, name, "*", "run.json")),
                           key=lambda p: int(p.split("/")[-2])):
            with open(path, encoding="utf-8") as text:
                run = json.load(text)
            number = int(path.split("/")[-2])
            if not checks and (name.startswith("test_defects/") or CHECKS.search(run["out"])):
                runs.append((number, "wants a debug kernel", run))
                continue
            try:
                runs.append((number, as_case(name, number, run["arguments"]), run))
            except CannotRun as reason:
                runs.append((number, str(reason), run))
        found[name] = runs
    return found


def apart(lines):
    """What commands print and what they say on standard error, which the simulator begins with the command."""
    said, errors, command = [], [], ""
    for line in lines:
        if line.startswith(there.ERROR):
            errors.append(f"rk3568-sim: {command}: {line[len(there.ERROR):]}")
            continue
        command = line[2:] if line.startswith("# ") else command
        said.append(line)
    return said, errors


def verdict_there(name, lines_of):
    """Lets the test itself judge what real Linux said. lines_of: number of the run -> lines."""
    folder = os.path.join(FOLDER, name)
    with open(os.path.join(folder, "verdict.json"), encoding="utf-8") as text:
        verdict = json.load(text)
    if os.path.exists(os.path.join(folder, "turn")):
        os.remove(os.path.join(folder, "turn"))
    for number, lines in lines_of.items():
        with open(os.path.join(folder, str(number), "run.json"), encoding="utf-8") as text:
            status = json.load(text)["status"]
        with open(os.path.join(folder, str(number), "there.json"), "w", encoding="utf-8") as out:
            said, errors = apart(judge.HASH.sub("", line) for line in lines if not judge.LOADING.search(line))
            json.dump({"out": "\n".join(said) + "\n", "err": "\n".join(errors) + "\n", "status": status}, out)
    done = test(verdict["program"], verdict["argument"], "replay", folder)
    complaints = re.findall(r"error: in \"[^\"]*\": (.*)", done.stdout + done.stderr)
    return done.returncode == 0, complaints
