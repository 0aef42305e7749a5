#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_shell.py SIMULATOR MODULES: lines from standard input are a run that its record plays again, to the same bytes."""
import json
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

SIMULATOR, MODULES = map(os.path.abspath, sys.argv[1:3])


def expect(what, true, shown=""):
    if not true:
        sys.exit(f"expected that {what}{': got ' if shown else ''}{shown}")


def shell(folder, lines, *options):
    return subprocess.run([SIMULATOR, "--shell", *options], input="".join(line + "\n" for line in lines), cwd=folder, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)


def outputs(folder, name):
    return [pathlib.Path(folder, name + end).read_bytes() for end in (".json", ".txt")]


def replays(folder, lines, *options):
    """The run of these lines, after it was played again from its record."""
    live = shell(folder, lines, "--record", "rec", "--latency", "live.json", "--dmesg", "live.txt", *options)
    command = pathlib.Path(folder, "rec.sh").read_text(encoding="ascii")
    expect("the record is a command", os.access(os.path.join(folder, "rec.sh"), os.X_OK) and "--live" not in command, command)
    command = command.replace("platform/run", SIMULATOR).replace("live.json", "again.json").replace("live.txt", "again.txt")
    again = subprocess.run(["sh", "-c", command], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           timeout=120, check=False)
    expect("it has the same end", live.returncode == again.returncode, f"{live.returncode}, then {again.returncode}: {again.stderr}")
    expect("its log and latencies are the same", outputs(folder, "live") == outputs(folder, "again"))
    expect("it prints the same", live.stdout == again.stdout)
    return live


def test_presses_and_lines_replay(folder):
    run = replays(folder, [":press GPIO3_A5", "sleep 0.02", ":release GPIO3_A5", ":bounce on", ":press GPIO3_A5", "sleep 0.03",
                           "cat /proc/interrupts | grep button", ":level GPIO0_B1 1", "sleep 1 &", ":release GPIO3_A5",
                           f"insmod {MODULES}/irq_tasklet.ko gpio=102", ":press GPIO3_A6", "sleep 0.01", "rmmod irq_tasklet"],
                  "--insmod", f"{MODULES}/irq_thread.ko")
    expect("all is well", run.returncode == 0, run.stderr)
    expect("each press was served", re.search(r"button-thread +thread .* [1-9]", run.stderr), run.stderr)
    expect("the tasklet's was, too", "irq_tasklet: 1 new" in run.stdout, run.stdout)


PRESSES = [":press GPIO3_A5", "sleep 0.02", ":release GPIO3_A5", "sleep 0.02"] * 6


def test_presses_replay_however_the_console_looks_and_with_seeds(folder):
    for options in (["--console-every", "1ms"], ["--console-every", "300us"], ["--console-every", "2ms"], ["--seed", "7"],
                    ["--seed", "8"], ["--gpio", "3=rtl"], ["--cpus", "1"]):
        os.makedirs(inner := os.path.join(folder, "-".join(options).replace("/", "")))
        replays(inner, PRESSES, "--insmod", f"{MODULES}/irq_thread.ko", *options)


def test_presses_do_not_all_meet_the_consoles_look(folder):
    run = shell(folder, PRESSES * 4, "--insmod", f"{MODULES}/irq_thread.ko", "--latency", "live.json")
    path = next(p for p in json.loads(pathlib.Path(folder, "live.json").read_text())["paths"] if p["mechanism"] == "hardirq")
    expect("24 presses were handled", path["handled"] == 24, run.stderr)
    expect("they come at any moment", path["stages"]["pin_to_handler"]["p50_ns"] < 1300, str(path["stages"]["pin_to_handler"]["p50_ns"]))


def test_steps_replay_and_a_pipe_is_not_held_up_by_a_pause(folder):
    run = replays(folder, ["sleep 0.03", ":step edge", ":press GPIO3_A5", ":bounce off", ":release GPIO3_A5", ":run", "sleep 0.1",
                           ":pause", "echo x", ":step irq", "echo y"], "--insmod", f"{MODULES}/irq_thread.ko")
    expect("both lines ran", "\nx\n" in run.stdout and "\ny\n" in run.stdout, run.stdout)


def test_without_a_module_there_is_a_button_in_the_replay_too(folder):
    run = replays(folder, PRESSES)
    expect("the button was pressed", "irq_thread: 6 presses" in run.stdout, run.stdout)


def test_a_run_that_is_ended_early_leaves_out_what_was_to_come(folder):
    run = replays(folder, ["echo x"], "--insmod", f"{MODULES}/irq_thread.ko", "--exec", "2s echo late", "--for", "100s")
    expect("the late line is not run", "late" not in run.stdout, run.stdout)


def test_a_line_that_dies_gives_the_prompt_back(folder):
    pathlib.Path(folder, "oops.c").write_text("#include <linux/module.h>\nstatic int __init begin(void)\n{\n\t*(volatile int *)0 = 1;\n"
                                              "\treturn 0;\n}\nmodule_init(begin);\nMODULE_LICENSE(\"GPL\");\n", encoding="ascii")
    run = replays(folder, ["insmod oops.c", "echo behind"], "--insmod", f"{MODULES}/irq_thread.ko")
    expect("the next line runs", "\nbehind\n" in run.stdout, run.stdout)


def test_a_line_is_trimmed_and_not_endless(folder):
    run = replays(folder, ["   \techo x", "echo " + "a" * 5000], "--insmod", f"{MODULES}/irq_thread.ko")
    expect("a long line is answered", "expected a line of at most 4096 bytes" in run.stderr, run.stderr)


def test_a_failed_line_fails_the_run_and_its_replay(folder):
    run = replays(folder, ["nosuch", "echo on"], "--insmod", f"{MODULES}/irq_thread.ko")
    expect("it exits 1", run.returncode == 1)
    expect("the shell goes on", "\non\n" in run.stdout, run.stdout)


def test_a_line_waits_for_the_one_before(folder):
    run = shell(folder, ["sleep 0.5", "echo behind", "sleep 5 &", "echo beside"], "--insmod", f"{MODULES}/irq_thread.ko")
    end = float(re.findall(r"\[ *(\d+\.\d+)\]", run.stdout)[-1])
    expect("the foreground was waited for, the background was not", 0.5 < end < 1, str(end))


def test_what_is_not_known_gets_one_line(folder):
    run = shell(folder, [":press GPIO9_A9", ":jump", ":speed fast", ":level GPIO3_A5 2", ":step twice"], "--insmod",
                f"{MODULES}/irq_thread.ko")
    said = [line for line in run.stderr.splitlines() if ": expected " in line]
    expect("each is answered by what was expected and what came", len(said) == 5 and all("got '" in line for line in said), run.stderr)


def test_a_pin_of_a_recording_stays_the_recordings(folder):
    pathlib.Path(folder, "a.stim").write_text("5ms GPIO3_A5 press 2ms\n", encoding="ascii")
    run = replays(folder, [":press GPIO3_A5", ":press GPIO3_A6", "sleep 0.02"], "--insmod", f"{MODULES}/irq_thread.ko",
                  "--stimulus", "a.stim")
    expect("it says so", "GPIO3_A5 is driven by the recording" in run.stderr, run.stderr)


def test_a_terminal_edits_lines_and_control_d_ends_the_run(folder):
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["TERM"] = "xterm"
        os.execv(SIMULATOR, [SIMULATOR, "--shell", "--insmod", f"{MODULES}/irq_thread.ko"])
    seen = ""

    def read_until(text, seconds=30):
        nonlocal seen
        end = time.monotonic() + seconds
        while text not in seen and time.monotonic() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    seen += os.read(terminal, 65536).decode(errors="replace")
                except OSError:
                    return
        expect(f"the terminal shows {text!r}", text in seen, seen[-2000:])

    read_until("taints kernel")
    os.write(terminal, b"echo onx\x7fe; lsmod\r")  # a correction by backspace
    read_until("# echo one; lsmod\r\n")
    read_until("Used by")
    os.write(terminal, b"sleep 100\r")
    read_until("# sleep 100\r\n")
    time.sleep(0.2)
    os.write(terminal, b":interrupt\r")
    read_until("# ^C")
    os.write(terminal, b"\x04")
    read_until("Power down")
    _, status = os.waitpid(child, 0)
    expect("it exits 0", os.waitstatus_to_exitcode(status) == 0, str(status))


def main():
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            with tempfile.TemporaryDirectory() as folder:
                print(name, flush=True)
                test(folder)


main()
