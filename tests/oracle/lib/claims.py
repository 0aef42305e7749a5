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

from . import kernels
from .case import Case, milliseconds

BUILD = os.path.join(kernels.TOP, "build")
FOLDER = os.path.join(kernels.CACHE, "claims")
STAND_IN = os.path.join(kernels.ORACLE, "lib", "stand_in")
LONGEST = 60000  # ms that a run may take on real Linux


def listed():
    """(program, name of the case, path of the program, its argument) of each case of tests/sw, as ctest has them."""
    cases = []
    for path in sorted(glob.glob(os.path.join(BUILD, "tests", "sw", "*", "*_cases.cmake"))):
        with open(path, encoding="utf-8") as text:
            for name, program, argument in re.findall(r'add_test\("([^"]+)" "([^"]+)" (--run_test=\S+)', text.read()):
                cases.append((name, os.path.join(BUILD, os.path.relpath(program, start_of(program))), argument))
    return cases


def start_of(program):
    return program[:program.index("/build/") + len("/build")]


def collect(names, jobs):
    """Runs the cases whose name begins with one of the names, or all."""
    chosen = [c for c in listed() if not names or any(c[0].startswith(n) or c[0].split("/")[-1] == n for n in names)]

    def one(case):
        name, program, argument = case
        folder = os.path.join(FOLDER, name)
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
    return subprocess.run([program, argument, "--log_level=test_suite", "--report_level=no"], env=environment,
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


def as_case(name, number, words):
    """A run of the simulator as a case for real Linux."""
    case = Case(f"{name}#{number}")
    words = list(words)
    while words:
        option = words.pop(0)
        if option == "--workqueue" and words[0] == "cmwq" or option == "--gpio" and words[0] == "systemc":
            words.pop(0)
            continue
        if option == "--workqueue":
            raise CannotRun("is about the workqueue that Linux had before 2.6.36")
        if option in FOREIGN:
            raise CannotRun(FOREIGN[option])
        value = words.pop(0) if words else ""
        if option == "--insmod":
            path, _, parameters = value.partition(":")
            if not os.path.isfile(path):
                raise CannotRun("loads no single module")
            source, flags = source_of(path)
            stem = re.sub(r"\W", "_", os.path.splitext(os.path.basename(source))[0])
            with open(source, "rb") as text:
                content = text.read()
            case.add_unique(stem, source, content, parameters.replace(",", " "), flags)
        elif option == "--for":
            case.for_ms = milliseconds(value)
        elif option == "--append":
            case.append = (case.append + " " + value).strip()
        elif option == "--exec":
            when, command = value.split(" ", 1)
            case.execs.append((milliseconds(when), command))
        elif option == "--cpus":
            case.append = (case.append + f" maxcpus={value}").strip()
        elif option == "--stimulus":
            case.stimulus = value
        elif option not in HARMLESS:
            raise CannotRun(f"has an option that only the simulator has: {option}")
    if not case.modules:
        raise CannotRun("loads no module")
    if case.for_ms > LONGEST:
        raise CannotRun("takes more than a minute of real time")
    return case


def cases(names):
    """name of the claim -> its runs: (number, Case or reason, what the simulator said)."""
    found = {}
    for name in names:
        runs = []
        for path in sorted(glob.glob(os.path.join(FOLDER, name, "*", "run.json")),
                           key=lambda p: int(p.split("/")[-2])):
            with open(path, encoding="utf-8") as text:
                run = json.load(text)
            number = int(path.split("/")[-2])
            try:
                runs.append((number, as_case(name, number, run["arguments"]), run))
            except CannotRun as reason:
                runs.append((number, str(reason), run))
        found[name] = runs
    return found


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
            json.dump({"out": "\n".join(lines) + "\n", "status": status}, out)
    done = test(verdict["program"], verdict["argument"], "replay", folder)
    complaints = re.findall(r"error: in \"[^\"]*\": (.*)", done.stdout + done.stderr)
    return done.returncode == 0, complaints
