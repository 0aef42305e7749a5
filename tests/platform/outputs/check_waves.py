#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_waves.py FOLDER: what was written of the same run in FOLDER in different ways agrees: run.vcd is all of it,
run.fst the same as FST, pins.vcd has only the scope `pins`, window.vcd only the times of WINDOW_PS below after ZERO_PS."""
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from formats import Vcd  # noqa: E402


def same(what, a, b):
    if a != b:
        sys.exit(f"{what}: {[x for x in a if x not in b][:5]} here, {[x for x in b if x not in a][:5]} there")


def plain(name):
    """fst2vcd prints a vector's range as a part of the name or behind it."""
    return name.split("[")[0]


def main():
    folder = sys.argv[1]
    begin, end = int(sys.argv[2]), int(sys.argv[3])

    def path(name):
        return os.path.join(folder, name)

    all_of_it = Vcd(path("run.vcd"))
    assert len(all_of_it.history) > 50

    with tempfile.NamedTemporaryFile(suffix=".vcd") as file:
        subprocess.run(["fst2vcd", path("run.fst"), "-o", file.name], check=True)
        fst = Vcd(file.name)
    names = {plain(n): n for n in fst.history}
    same("signals of the FST", sorted(names), sorted(plain(n) for n in all_of_it.history))
    for name in all_of_it.history:
        same(f"{name} in the FST", fst.changes(names[plain(name)]), all_of_it.changes(name))
    print(f"{len(names)} signals of the FST agree")

    pins = Vcd(path("pins.vcd"))
    same("signals of one scope", sorted(pins.history), sorted(all_of_it.named("pins.")))
    for name in pins.history:
        same(name, pins.changes(name), all_of_it.changes(name))
    pin = "pins.GPIO3_A5"
    got = subprocess.run(["sigrok-cli", "-I", "vcd:downsample=1000000", "-i", path("pins.vcd"), "-O", "vcd"],
                         check=True, capture_output=True)
    assert not got.stderr, got.stderr.decode()
    with tempfile.NamedTemporaryFile(suffix=".vcd", mode="w") as file:
        file.write(got.stdout.decode().replace("1 us", "1 ps"))  # its unit is the sample
        file.flush()
        samples = Vcd(file.name)
    name = next(iter(samples.history))
    # A logic analyser's tool sees the same edges, to its sampling interval.
    seen = samples.changes(name)
    expected = all_of_it.changes(pin)
    same("levels in sigrok", [v for _, v in seen], [v for _, v in expected])
    for (us, _), (ps, _) in zip(seen, expected):
        assert abs(us - ps / 10**6) <= 1, (us, ps)
    print(f"{len(seen)} edges in sigrok agree")

    window = Vcd(path("window.vcd"))
    compared = 0
    for name, history in window.history.items():
        inside = [(ps, v) for ps, v in all_of_it.changes(name) if begin < ps <= end]
        recorded = [(ps, v) for ps, v in window.history[name] if v is not None and v != "-" and begin < ps <= end]
        same(f"{name} in the window", recorded, inside)
        compared += len(inside)
        before = [v for ps, v in [(0, all_of_it.history[name][0][1])] + all_of_it.changes(name) if ps <= begin][-1]
        dumped = [v for ps, v in history if ps == begin]
        assert not dumped or before in dumped, (name, dumped, before)
        outside = [ps for ps, v in history if (ps < begin or ps > end) and v is not None and v != "-"]
        assert not outside, (name, outside)
    assert compared > 20, compared
    print(f"{compared} changes of the window agree")


if __name__ == "__main__":
    main()
