# SPDX-License-Identifier: Apache-2.0
"""The real kernels: Debian's for arm64, and one with a debug kernel's checks that is built from Debian's source.

Packages are unpacked into the cache, build/oracle; nothing of them is installed.
"""
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
ORACLE = os.path.dirname(HERE)
TOP = os.path.dirname(os.path.dirname(ORACLE))
CACHE = os.environ.get("RK3568_ORACLE_CACHE", os.path.join(TOP, "build", "oracle"))
SOURCE = "/usr/src/linux-source-6.1.tar.xz"
CROSS = ["ARCH=arm64", "CROSS_COMPILE=aarch64-linux-gnu-"]


class Kernel:
    """What a boot and the build of a module need of a kernel."""

    def __init__(self, name, image, headers, busybox, version, source, support, ours):
        self.name = name
        self.image = image
        self.headers = headers
        self.busybox = busybox
        self.version = version
        self.source = source  # Linux's source, or the few files of it that support/ wants
        self.support = support  # modules that stand in for what it was built without, in the order of loading
        self.ours = ours  # the command line that makes the simulated kernel most like this one


class Failed(Exception):
    pass


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, log, **how):
    """Runs a command; its output is shown if it fails."""
    with open(log, "a", encoding="utf-8") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, check=False, **how).returncode
    if status:
        with open(log, encoding="utf-8", errors="replace") as text:
            say("".join(text.readlines()[-20:]))
        raise Failed(f"tests/oracle/run: this failed: {' '.join(command)}")


def ensure_packages(*lists):
    setup = os.path.join(TOP, "platform", "setup", "packages.sh")
    names = " ".join(f"'{os.path.join(ORACLE, name)}'" for name in lists)
    if subprocess.run(["sh", "-c", f"top='{TOP}'; . '{setup}'; ensure_packages {names}"], check=False).returncode:
        raise SystemExit(1)


class Apt:
    """apt for another architecture, with its own lists, beside the host's."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("lists/partial", "cache/archives/partial"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)
        self.options = ["-oAPT::Architecture=arm64", "-oAPT::Architectures=arm64", "-oAcquire::Languages=none",
                        "-oDir::State::status=/dev/null", f"-oDir::State::Lists={folder}/lists",
                        f"-oDir::Cache={folder}/cache", "-oAPT::Sandbox::User=root"]
        self.log = os.path.join(folder, "log")

    def update(self):
        run(["apt-get", *self.options, "update"], self.log)

    def ask(self, *words):
        return subprocess.run(["apt-cache", *self.options, *words], capture_output=True, text=True, check=True).stdout

    def download(self, folder, *packages):
        run(["apt-get", *self.options, "download", *packages], self.log, cwd=folder)


def take_from_source(folder, *files):
    """Single files of Linux's source, for what Debian's kernel leaves out."""
    run(["tar", "xf", SOURCE, "-C", folder, "--wildcards", *[f"*/{name}" for name in files]],
        os.path.join(folder, "log"))


def stock():
    """Debian's own kernel for arm64, downloaded once; remove the cache to get a newer one."""
    folder = os.path.join(CACHE, "stock")
    ready = os.path.join(folder, "ready")
    if not os.path.exists(ready):
        say("Fetching Debian's arm64 kernel.")
        shutil.rmtree(folder, ignore_errors=True)
        debs, root = os.path.join(folder, "debs"), os.path.join(folder, "root")
        os.makedirs(debs)
        os.makedirs(root)
        apt = Apt(os.path.join(CACHE, "apt"))
        apt.update()
        found = re.search(r"linux-image-(6\.1\S*)-arm64", apt.ask("depends", "linux-image-arm64"))
        if not found:
            raise Failed("tests/oracle/run: apt knows no linux-image-6.1*-arm64; Debian 12's sources are needed")
        abi = found.group(1)
        apt.download(debs, f"linux-image-{abi}-arm64", f"linux-headers-{abi}-arm64", f"linux-headers-{abi}-common",
                     "busybox-static")
        take_from_source(root, "kernel/irq/irq_sim.c")
        # scripts/ holds programs that run here
        run(["apt-get", "-oAPT::Sandbox::User=root", "download", "linux-kbuild-6.1"], apt.log, cwd=debs)
        for deb in glob.glob(os.path.join(debs, "*.deb")):
            if os.path.basename(deb).startswith("linux-image"):
                shell = f"dpkg-deb --fsys-tarfile '{deb}' | tar x -C '{root}' --wildcards './boot/*'"
                run(["sh", "-c", shell], apt.log)
            else:
                run(["dpkg-deb", "-x", deb, root], apt.log)
        # The headers name each other by absolute paths.
        makefile = os.path.join(root, f"usr/src/linux-headers-{abi}-arm64/Makefile")
        with open(makefile, "w", encoding="utf-8") as out:
            out.write(f"include $(dir $(lastword $(MAKEFILE_LIST)))../linux-headers-{abi}-common/Makefile\n")
        deb = glob.glob(os.path.join(debs, "linux-image*.deb"))[0]
        package = subprocess.run(["dpkg-deb", "-f", deb, "Version"], capture_output=True, text=True,
                                 check=True).stdout.strip()
        with open(ready, "w", encoding="utf-8") as out:
            out.write(f"{abi} {package}\n")
    with open(ready, encoding="utf-8") as text:
        abi, package = text.read().split()
    root = os.path.join(folder, "root")
    return Kernel("stock", f"{root}/boot/vmlinuz-{abi}-arm64", f"{root}/usr/src/linux-headers-{abi}-arm64",
                  f"{root}/bin/busybox", f"{abi}-arm64, Debian {package}",
                  f"{root}/linux-source-6.1", ["unexported", "irq_sim", "pins"], "preempt=voluntary debug=off")


def debug():
    """6.1 with debug.config: about ten minutes on two cores, once for each version of the source and of the file."""
    busybox = stock().busybox
    config = os.path.join(ORACLE, "debug.config")
    package = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "linux-source-6.1"], capture_output=True,
                             text=True, check=True).stdout
    with open(config, "rb") as text:
        key = f"{package} {hashlib.sha256(text.read()).hexdigest()[:16]}"
    folder = os.path.join(CACHE, "debug")
    source, ready = os.path.join(folder, "src"), os.path.join(folder, "ready")
    built = ""
    if os.path.exists(ready):
        with open(ready, encoding="utf-8") as text:
            built = text.read().strip()
    if built != key:
        say("Building the kernel with the checks. That takes about ten minutes, once.")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(source)
        log = os.path.join(folder, "log")
        make = ["nice", "-n", "19", "make", "-s", *CROSS]
        run(["tar", "xf", SOURCE, "--strip-components=1"], log, cwd=source)
        run([*make, "allnoconfig"], log, cwd=source)
        run(["sh", "-c", f"{' '.join(CROSS)} ./scripts/kconfig/merge_config.sh -m .config '{config}'"], log,
            cwd=source)
        run([*make, "olddefconfig"], log, cwd=source)
        run([*make, f"-j{os.cpu_count()}", "Image", "modules_prepare"], log, cwd=source)
        shutil.copy(os.path.join(source, "vmlinux.symvers"), os.path.join(source, "Module.symvers"))
        with open(ready, "w", encoding="utf-8") as out:
            out.write(key + "\n")
    with open(os.path.join(source, "include/config/kernel.release"), encoding="utf-8") as text:
        release = text.read().strip()
    return Kernel("debug", f"{source}/arch/arm64/boot/Image", source, busybox,
                  f"{release} of linux-source-6.1 {package} with debug.config", source, ["unexported", "pins"], "preempt=full")
