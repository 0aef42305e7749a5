# SPDX-License-Identifier: Apache-2.0
"""Runs cases on a real kernel: builds their modules, boots QEMU, loads one after the other, and cuts the log up."""
import concurrent.futures
import gzip
import os
import re
import shlex
import shutil
import subprocess
import time

from . import kernels

MARK = "@@oracle "
SAID = "@@> "
ERROR = "@@! "
UNASKED = "unasked"  # the end of a case that no boot came to
FLAGS = "-Wno-unused-function -Wno-unused-variable -Wno-declaration-after-statement " \
        "-DTEST_SOFTIRQ=IRQ_POLL_SOFTIRQ"  # the vector that is the tests' own has no name there
GROUP = 80  # cases for one boot, if none kills it
ALLOWED = 90, 4  # seconds of QEMU's CPU time that a case, or the boot, may take, and for each second that it lasts


def write(path, text):
    """Leaves a file alone that has this text."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as old:
            if old.read() == text:
                return
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def make(kernel, folder, wanted, jobs, symbols="", together=False):
    """Builds modules in a folder, those that are out of date. Returns what could not be built: module -> complaint."""
    os.makedirs(folder, exist_ok=True)
    for module, (source, _) in wanted.items():
        write(os.path.join(folder, module + ".c"), f'#include "{source}"\n')
    failed = {}
    while True:
        left = [m for m in wanted if m not in failed and not fresh(folder, m, wanted[m][0])]
        if not left:
            return failed
        if together:  # what they export is written down in one file
            left = list(wanted)
        lines = [f"ccflags-y := {FLAGS}"]
        for module in left:
            lines += [f"obj-m += {module}.o", f"CFLAGS_{module}.o := {wanted[module][1]}"]
        write(os.path.join(folder, "Kbuild"), "\n".join(lines) + "\n")
        done = subprocess.run(["make", "-k", "-O", "CC=ccache aarch64-linux-gnu-gcc", "-C", kernel.headers, *kernels.CROSS, f"M={folder}", f"-j{jobs}",
                               "KBUILD_MODPOST_WARN=1", f"KBUILD_EXTRA_SYMBOLS={symbols}", "modules"],
                              capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        for module in left:
            wants = re.findall(rf'modpost: "(\w+)" \[{folder}/{module}\.ko\] undefined', said)
            write(os.path.join(folder, module + ".undefined"), " ".join(wants))
        wrong = {m for m in left if not os.path.exists(os.path.join(folder, m + ".o"))}
        wrong |= set(re.findall(rf"ERROR: modpost: .*{folder}/(\w+)\.o", said))
        for module in wrong:
            complaint = re.search(rf"{folder}/{module}\.c:1:\n(?:.*\n)*?.*?error: (.*)|"
                                  rf"(ERROR: modpost: .*)/{module}\.o", said)
            failed[module] = (complaint[1] or complaint[2]) if complaint else said[-300:]
        if not wrong and done.returncode:
            raise SystemExit("tests/oracle/run: make says:\n" + done.stderr[-2000:])


def build(kernel, cases, jobs, label):
    """The modules of the cases, and those that stand in for what the kernel was built without."""
    folder = os.path.join(kernels.CACHE, "modules", f"{kernel.name}-{label}")
    support = {name: (os.path.join(kernels.ORACLE, "support", name + ".c"), f"-I{kernel.source}")
               for name in kernel.support}
    failed = make(kernel, os.path.join(folder, "support"), support, jobs, together=True)
    if failed:
        raise SystemExit(f"tests/oracle/run: the support modules cannot be built: {failed}")
    wanted = {}
    for case in cases:
        wanted.update(case.sources)
    return make(kernel, folder, wanted, jobs, os.path.join(folder, "support", "Module.symvers"))


def fresh(folder, module, source):
    ko = os.path.join(folder, module + ".ko")
    return os.path.exists(ko) and os.path.getmtime(ko) > os.path.getmtime(source)


def newc(files):
    """An archive as the kernel unpacks it. files: path -> (mode, bytes or device number)."""
    out = bytearray()

    def entry(number, path, mode, data, device=(0, 0)):
        name = path.encode() + b"\0"
        fields = [number, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(name), 0]
        out.extend(b"070701" + b"".join(b"%08X" % field for field in fields) + name)
        out.extend(b"\0" * (-len(out) % 4))
        out.extend(data)
        out.extend(b"\0" * (-len(out) % 4))

    for number, (path, (mode, data)) in enumerate(files.items(), 1):
        if isinstance(data, tuple):
            entry(number, path, mode, b"", data)
        else:
            entry(number, path, mode, data)
    entry(0, "TRAILER!!!", 0, b"")
    return bytes(out)


def script(case, number):
    """What a case does there, as a shell's text."""
    lines = ["echo >/proc/pins"]
    lines += [f"insmod /m/{module}.ko {parameters} 2>&1 || echo insmod failed" for module, parameters in case.modules]
    if case.stimulus:
        lines.append(f"cat /c/{number}.pins >/proc/pins")
    now = 0.0
    for ms, command in sorted(case.execs, key=lambda e: e[0]):
        if ms > now:
            lines.append(f"usleep {int((ms - now) * 1000)}")
            now = ms
        lines.append(f"echo {shlex.quote('# ' + command)}; {{ {command}\n}} " +
                     (f"2>/tmp/errors; sed 's/^/{ERROR}/' /tmp/errors" if case.errors_apart else "2>&1"))
    if case.for_ms > now:
        lines.append(f"usleep {int((case.for_ms - now) * 1000)}")
    lines += [f"rmmod {module} 2>&1" for module, _ in reversed(case.modules)]
    return "\n".join(lines) + "\n"


def initramfs(kernel, cases, label):
    """The modules of the cases and what is done with them: cases are numbered."""
    modules = os.path.join(kernels.CACHE, "modules", f"{kernel.name}-{label}")
    files = {name: (0o40755, b"") for name in ("bin", "dev", "proc", "sys", "m", "c", "s", "tmp")}
    files["dev/console"] = (0o20600, (5, 1))
    with open(kernel.busybox, "rb") as data:
        files["bin/busybox"] = (0o100755, data.read())
    with open(os.path.join(kernels.ORACLE, "init"), "rb") as data:
        files["init"] = (0o100755, data.read())
    with open(os.path.join(kernels.ORACLE, "support", "unexported.txt"), "rb") as data:
        files["s/names"] = (0o100644, data.read())
    for number, module in enumerate(kernel.support):
        with open(os.path.join(modules, "support", module + ".ko"), "rb") as data:
            files[f"s/{number}.ko"] = (0o100644, data.read())
    for number, case in enumerate(cases):
        files[f"c/{number}"] = (0o100755, script(case, number).encode())
        if case.stimulus:
            files[f"c/{number}.pins"] = (0o100644, case.stimulus.encode())
        for module, _ in case.modules:
            with open(os.path.join(modules, module + ".ko"), "rb") as data:
                files[f"m/{module}.ko"] = (0o100644, data.read())
    return gzip.compress(newc(files), 1)


def used(pid):
    """Seconds of CPU time."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as text:
        fields = text.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def boot(kernel, archive, append, members, start, log, repetition):
    """One boot, from the case of number `start` on. Returns its output.

    With -icount the guest's time is that of its instructions: it does not matter how busy the machine is, and waiting
    takes no time. Another repetition has another speed of the CPUs, to see what real Linux itself varies.
    """
    command = ["qemu-system-aarch64", "-machine", "virt,gic-version=3", "-cpu", "cortex-a57", "-smp", "4", "-m",
               "1024", "-icount", f"shift={1 - repetition % 2},sleep=off,align=off", "-nographic", "-nic", "none", "-no-reboot", "-kernel", kernel.image, "-initrd", archive,
               "-append", f"console=ttyAMA0 panic=-1 oops=panic panic_print=32 printk.devkmsg=on log_buf_len=4M loglevel=1 workqueue.power_efficient=1 "
                          f"oracle.start={start} {append}"]
    current, since = None, 0.0
    with open(log, "wb") as out:
        qemu = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
        while qemu.poll() is None:
            time.sleep(0.2)
            with open(log, "rb") as text:
                begun = re.findall(rb"@@oracle begin (\d+)", text.read())
            if begun and int(begun[-1]) != current:
                current, since = int(begun[-1]), used(qemu.pid)
            lasts = members[current].for_ms / 1000 if current is not None else 0
            if used(qemu.pid) - since > ALLOWED[0] + ALLOWED[1] * lasts:
                qemu.kill()
                qemu.wait()
    with open(log, encoding="utf-8", errors="replace") as text:
        return text.read().replace("\r", "")


def cut(output):
    """The part of each case number, and how it ended: done, stuck (it did not come back) or dead (the kernel died)."""
    parts, ends, current = {}, {}, None
    for line in output.split("\n"):
        text = re.sub(r"^\[ *\d+\.\d+\] ?", "", line)
        if text.startswith(SAID):  # by a command
            line = text[len(SAID):]
        if text.startswith(MARK):
            what, number = text[len(MARK):].split()[:2]
            number = int(number)
            if what == "begin" and ends.get(number, "dead") == "dead":
                current = number
                parts[number], ends[number] = [], "dead"
            elif what == "begin":  # a kernel that dies says once more all that it said
                current = None
            else:
                ends[number] = what
                current = None
        elif current is not None:
            parts[current].append(line)
    return parts, ends


def groups(cases, most):
    """(command line, cases) of each row of boots: what a case leaves behind reaches those after it in its row."""
    alike = {}
    for case in cases:
        alike.setdefault(case.append, []).append(case)
    return [(append, members[at:at + most]) for append, members in alike.items() for at in range(0, len(members), most)]


def run(kernel, cases, label, repetition, jobs):
    """Runs cases whose modules are built; when it is repeated, each case has a boot of its own. Returns name ->
    (lines, end)."""
    folder = os.path.join(kernels.CACHE, "boots")
    os.makedirs(folder, exist_ok=True)
    results = {}
    def group(item):
        number, (append, members) = item
        stem = os.path.join(folder, f"{kernel.name}-{label}-{repetition}-{number}")
        with open(stem + ".cpio.gz", "wb") as out:
            out.write(initramfs(kernel, members, label))
        start, tries, silent = 0, 0, 0
        while start < len(members):
            output = boot(kernel, stem + ".cpio.gz", append, members, start, f"{stem}-{tries}.log", repetition)
            tries += 1
            parts, ends = cut(output)
            if not parts:  # on a busy machine a boot may take too long
                silent += 1
                if silent == 3:
                    raise kernels.Failed(f"tests/oracle/run: the boot in {stem}-{tries - 1}.log came to no case")
                continue
            silent = 0
            for at, lines in parts.items():
                results[members[at].name] = (lines, ends[at])
            start = max(parts) + 1
        os.remove(stem + ".cpio.gz")

    said = os.path.join(folder, f"{kernel.name}-{label}-said")
    os.makedirs(said, exist_ok=True)

    def safe(item):
        try:
            group(item)
        except kernels.Failed as failure:  # what the other boots said is not lost
            kernels.say(str(failure))

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        list(pool.map(safe, enumerate(groups(cases, 1 if repetition else GROUP))))
    for case in cases:
        results.setdefault(case.name, ([], UNASKED))
    for name, (lines, _) in results.items():  # to be read
        write(os.path.join(said, name.replace("/", ".")), "\n".join(lines) + "\n")
    return results


def clean():
    shutil.rmtree(os.path.join(kernels.CACHE, "boots"), ignore_errors=True)
