# SPDX-License-Identifier: Apache-2.0
"""Seeds single faults into the kernel or the simulator and checks that test cases notice each one.

A fault needs one compiled file and a link of vmlinux.so or rk3568-sim; both go to a folder that looks like the build folder otherwise,
and the tests are told to start the simulator there (RK3568_SIMULATOR). Nothing of the tree or of the build changes. A
script gives its faults, beside it, and the test programs:

    sys.exit(mutation.main(__doc__, "tests/sw/workqueue/mutations.txt", ["sw/workqueue/test_workqueue"]))

Before the first fault an image is made the same way without one: the cases that `try:` names must pass on it.

The file of faults has blocks of

    # what is wrong
    file: sw/kernel/workqueue/pool.cpp
    try: name_of_the_test_case_that_is_likely_to_notice     (optional; may stand several times)
    - lines that stand once in the file
    + what replaces them
"""
import argparse
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TREE = pathlib.Path(__file__).resolve().parents[2]
TIMEOUT = 90  # seconds for one test case


def stop(text):
    print(f"mutate: {text}", file=sys.stderr)
    sys.exit(2)


def read_mutations(path):
    mutations, block = [], {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("# "):
            block = {"title": line[2:], "try": []}
        elif line.startswith("file: ") and "title" in block:
            block["file"] = line[6:]
        elif line.startswith("try: ") and "file" in block:
            block["try"].append(line[5:])
        elif line.startswith("- ") and "file" in block:
            block["old"] = block["old"] + "\n" + line[2:] if "old" in block else line[2:]
        elif line.startswith("+") and "old" in block:
            if "new" not in block:
                mutations.append(block)
            block["new"] = block["new"] + "\n" + line[2:] if "new" in block else line[2:]
        elif line.strip() and not line.startswith("//"):
            stop(f"{path.name}:{number}: expected '# ', 'file: ', 'try: ', '- ' or '+ ' in this order, got: {line}")
    return mutations


def run(command, timeout=None, **options):
    """As subprocess.run, but what runs out of time is killed with all that it has started."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          start_new_session=True, **options) as process:
        try:
            output, _ = process.communicate(timeout=timeout)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(command, process.returncode, output)


class Image:
    """The build, and a folder that is the build but for one object of vmlinux.so or of rk3568-sim."""

    def __init__(self, build, work, name):
        self.build, self.work, self.name = build, work, name
        commands = run(["ninja", "-C", str(build), "-t", "commands", name]).stdout.splitlines()
        self.link = commands[-1]
        self.compile = {}
        for command in commands:
            if match := re.search(r" -o (\S+) -c (\S+)$", command):
                self.compile[match[2]] = (command, match[1])
        work.mkdir(parents=True, exist_ok=True)
        for entry in build.iterdir():
            target = work / entry.name
            if entry.name == name or target.exists() or target.is_symlink():
                continue
            if entry.name == "rk3568-sim":  # it looks for the rest where it is itself
                shutil.copy(entry, target)
            else:
                target.symlink_to(entry)

    def shell(self, command):
        return run(["sh", "-c", command], cwd=self.build, env=dict(os.environ, CCACHE_DISABLE="1"))

    def make(self, source, text):
        """Links the image with `text` in place of the source; the error of the compiler, or None."""
        command, name = self.compile[str(source)]
        mutant = self.work / "mutant.cpp"
        mutant.write_text(f'#line 1 "{source}"\n{text}')
        made = self.shell(command.replace(f" -o {name} -c {source}",
                                          f" -I{shlex.quote(str(source.parent))} -o {self.work}/mutant.o -c {mutant}")
                          .replace(f"-MF {name}.d", f"-MF {self.work}/mutant.d"))
        if made.returncode:
            return made.stdout
        link = self.link.replace(f" {name} ", f" {self.work}/mutant.o ")
        if link == self.link:  # in an archive, from which the linker then takes it no more
            link = re.sub(r" (\S+\.cpp\.o) ", rf" {self.work}/mutant.o \1 ", link, count=1)
        made = self.shell(link.replace(f"-o {self.name} ", f"-o {self.work}/{self.name} "))
        return made.stdout if made.returncode else None


def all_cases(build, programs):
    cases = []
    for program in programs:
        path = str(build / "tests" / program)
        content = run([path, "--list_content"]).stdout
        cases += [(path, case) for case in re.findall(r"^(\w+)\*?$", content, re.MULTILINE)]
    return cases


def first_failure(work, cases, wanted):
    """Name of the first test case that notices, or None; the wanted ones first."""
    environment = dict(os.environ, SYSTEMC_DISABLE_COPYRIGHT_MESSAGE="1", RK3568_SIMULATOR=str(work / "rk3568-sim"))
    for path, case in sorted(cases, key=lambda entry: wanted.index(entry[1]) if entry[1] in wanted else len(wanted)):
        try:
            if run([path, f"--run_test={case}"], env=environment, timeout=TIMEOUT).returncode:
                return case
        except subprocess.TimeoutExpired:
            return f"{case} (no end within {TIMEOUT} s)"
    return None


def main(description, faults, programs, image="vmlinux.so"):
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", metavar="N[-M]", help="these faults alone, counted from 1")
    options.add_argument("--build", type=pathlib.Path, default=TREE / "build", help="build folder (default: build)")
    options.add_argument("--work", type=pathlib.Path, help="folder for the mutants (default: a temporary one)")
    options.add_argument("--list", action="store_true", help="print the faults and stop")
    options = options.parse_args()

    mutations = read_mutations(TREE / faults)
    if options.list:
        for number, m in enumerate(mutations, 1):
            print(f"{number:3} {m['file']}: {m['title']}")
        return 0
    first, last = 1, len(mutations)
    if options.only:
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", options.only)
        if not match:
            stop(f"--only expects N or N-M, got {options.only}")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= len(mutations):
            stop(f"--only expects numbers from 1 to {len(mutations)}, got {options.only}")

    build = options.build.resolve()
    made = run(["ninja", "-C", str(build), "rk3568-sim", "vmlinux.so", "device_tree", "modules",
                *(pathlib.Path(p).name for p in programs)])
    if made.returncode:
        stop(f"{image} does not build without faults:\n{made.stdout}")
    work = (options.work or pathlib.Path(tempfile.mkdtemp(prefix="kernel-mutate-"))).resolve()
    mutants = Image(build, work, image)
    cases = all_cases(build, programs)
    known = {case for _, case in cases}

    control = TREE / mutations[first - 1]["file"]  # a mutant without a fault: what it fails, every mutant would
    if error := mutants.make(control, control.read_text()):
        stop(f"{control} does not build without faults:\n{error}")
    wanted = {case for m in mutations[first - 1:last] for case in m["try"]}
    if failure := first_failure(work, [entry for entry in cases if entry[1] in wanted], []):
        stop(f"{failure} fails without any fault")

    survivors = []
    for number in range(first, last + 1):
        m = mutations[number - 1]
        source = TREE / m["file"]
        text = source.read_text()
        if text.count(m["old"]) != 1:
            stop(f"fault {number} ({m['title']}): expected once in {m['file']}, found {text.count(m['old'])} times: "
                 f"{m['old']}")
        if missing := [case for case in m["try"] if case not in known]:
            stop(f"fault {number} ({m['title']}): there is no test case {missing[0]}")
        start = time.monotonic()
        if error := mutants.make(source, text.replace(m["old"], m["new"])):
            stop(f"fault {number} ({m['title']}) does not build:\n{error}")
        failure = first_failure(work, cases, m["try"])
        if not failure:
            survivors.append(number)
        print(f"{number:3} {'caught' if failure else 'SURVIVED':8} {time.monotonic() - start:5.1f} s  {m['title']}"
              + (f"  [{failure}]" if failure else ""), flush=True)
    if not options.work:
        shutil.rmtree(work, ignore_errors=True)
    total = last - first + 1
    print(f"caught {total - len(survivors)}/{total}")
    return 1 if survivors else 0
