# SPDX-License-Identifier: Apache-2.0
"""Runs cases in the simulator."""
import concurrent.futures
import os
import re
import subprocess

from . import kernels

SUMMARY = re.compile(r"^\d+ findings?:$")
SIMULATOR = os.environ.get("RK3568_SIMULATOR", os.path.join(kernels.TOP, "build", "rk3568-sim"))


def arguments(kernel, case):
    words = []
    for module, parameters in case.modules:
        source, _ = case.sources[module]
        words += ["--insmod", source + (":" + parameters.replace(" ", ",") if parameters else "")]
    words += ["--for", f"{case.for_ms}ms", "--accounts", "off", "--append", f"{kernel.ours} {case.append}".strip()]
    for ms, command in case.execs:
        words += ["--exec", f"{ms}ms {command}"]
    return words


def uncompiled(lines):
    """The compiler's first complaint, if a module could not be built for the simulator."""
    if not any("the module does not compile" in line for line in lines):
        return ""
    return next((line.split("error: ")[-1] for line in lines if "error: " in line), "unknown")


def after_boot(lines):
    """Without what the kernel says before the first module, and without the summary of the findings."""
    for number, line in enumerate(lines):
        if SUMMARY.match(line):
            lines = lines[:number]
            break
    for number, line in enumerate(lines):
        if "taints kernel." in line:
            return lines[number + 1:]
    return lines


def run(kernel, cases, jobs):
    """Returns name -> (lines, end); the end is the exit status."""

    def one(case):
        try:
            done = subprocess.run([SIMULATOR, *arguments(kernel, case)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, check=False, timeout=300, errors="replace")
        except subprocess.TimeoutExpired:
            return case.name, ([], "does not end")
        lines = after_boot(done.stdout.split("\n"))
        return case.name, (lines, str(done.returncode))

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return dict(pool.map(one, cases))
