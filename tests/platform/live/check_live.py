#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_live.py SIMULATOR MODULES [--picture FOLDER]: uses the live page in headless Chromium as a person does.

Presses a button, stops and steps time, types lines, loads and unloads a module, with two viewers of which one goes; then plays the
recording again, which must give the same log and latencies. Other pages must not get in."""
import argparse
import base64
import http.client
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import websocket

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "outputs"))
from check_report import Browser, expect  # noqa: E402  pylint: disable=wrong-import-position

PATIENCE = 60  # seconds


class Run:
    def __init__(self, simulator, folder, *options):
        self.process = subprocess.Popen([simulator, "--live", *options], cwd=folder, text=True, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        line = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]+)", line)
        expect(f"the run says where its page is: {line}", found)
        self.address, self.port, self.token = found[0], int(found[1]), found[2]


class Viewer:
    """A browser with the page open."""

    def __init__(self, folder, address, language="en-US", size=(1280, 720)):
        os.makedirs(folder)
        self.browser = Browser(folder, language)
        self.browser.call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False)
        self.browser.call("Page.navigate", url=address)
        self.wait("the page is connected", "globalThis.live && live.page.state.booted ? 1 : 0")

    def value(self, expression):
        return self.browser.value(expression)

    def wait(self, what, expression):
        end = time.monotonic() + PATIENCE
        while not self.value(expression):
            expect(f"{what} within a minute", time.monotonic() < end)
            time.sleep(0.05)

    def middle(self, selector):
        box = self.value(f"(() => {{ const e = document.querySelector({selector!r}); e.scrollIntoView({{ block: 'nearest' }}); "
                         "const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })()")
        return {"x": box[0], "y": box[1]}

    def mouse(self, kind, selector):
        self.browser.call("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **self.middle(selector))

    def click(self, selector):
        self.mouse("mousePressed", selector)
        self.mouse("mouseReleased", selector)

    def type(self, line):
        self.value("document.getElementById('line').focus()")
        self.browser.call("Input.insertText", text=line)
        self.browser.key("Enter")

    def console(self):
        return self.value("document.getElementById('console').textContent")

    def picture(self, folder, name):
        if folder:
            shot = self.browser.call("Page.captureScreenshot", format="png")
            pathlib.Path(folder, name + ".png").write_bytes(base64.b64decode(shot["data"]))

    def complaints(self):
        told = [str(event)[:400] for event in self.browser.events
                if event.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")]
        return told + self.value("live.failures")


def check_strangers(run):
    """Neither a wrong token, nor another host's name, nor another page gets anything."""
    def get(path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=10)
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status

    good = "/?token=" + run.token
    expect("the page is there", get(good) == 200)
    expect("nothing else is", get("/other?token=" + run.token) == 404)
    expect("a token is needed", get("/") == 403 and get("/?token=" + "0" * 32) == 403)
    expect("another name of this host is refused", get(good, Host="evil.example") == 403)
    expect("another page's request is refused", get(good, Origin="http://evil.example") == 403)
    for origin, token in (("http://evil.example", run.token), (f"http://127.0.0.1:{run.port}", "0" * 32)):
        try:
            websocket.create_connection(f"ws://127.0.0.1:{run.port}/live?token={token}", origin=origin, timeout=10)
            expect(f"no connection for {origin} with {token}", False)
        except websocket.WebSocketBadStatusException as error:
            expect("it is refused", error.status_code == 403)


def press(viewer, times):
    pin = ".pin[data-pin=GPIO3_A5]"
    for _ in range(times):
        viewer.mouse("mousePressed", pin)
        viewer.wait("the pin is high", f"document.querySelector({pin!r}).classList.contains('high')")
        viewer.mouse("mouseReleased", pin)
        viewer.wait("the pin is low", f"!document.querySelector({pin!r}).classList.contains('high')")


def use(run, viewer, modules, pictures):
    viewer.wait("the board names who listens", "document.getElementById('used').textContent.includes('GPIO3_A5 button-thread')")
    press(viewer, 20)
    viewer.wait("20 presses are handled", "live.page.paths.some((path) => path.name === 'button-thread' && path.handled >= 20)")
    expect("the last press is explained", re.search(r"to the handler, .* to the thread", viewer.value("document.getElementById('last').textContent")))
    viewer.picture(pictures, "live_light_en")

    viewer.click("#pause")
    viewer.wait("time stands still", "live.page.state.paused")
    time.sleep(0.3)  # until it is drawn
    before = viewer.value("document.getElementById('now').textContent")
    time.sleep(0.3)
    expect("no time passes", viewer.value("document.getElementById('now').textContent") == before)
    viewer.mouse("mousePressed", ".pin[data-pin=GPIO3_A5]")
    viewer.mouse("mouseReleased", ".pin[data-pin=GPIO3_A5]")
    for step in ("step_edge", "step_irq", "step_switch"):
        stopped = viewer.value("live.page.state.step")
        viewer.click("#" + step)
        viewer.wait(f"{step} ends", f"live.page.state.paused && live.page.state.step !== {stopped!r}")
    viewer.click("#run")
    viewer.wait("time passes", "!live.page.state.paused")

    viewer.type("cat /proc/interrupts")
    viewer.wait("the console answers", "document.getElementById('console').textContent.includes('button-thread')")
    viewer.value("document.getElementById('line').focus()")
    viewer.browser.call("Input.insertText", text="cat /proc/softi")
    viewer.browser.key("Tab")
    expect("a path is completed", viewer.value("document.getElementById('line').value") == "cat /proc/softirqs ")
    viewer.browser.key("Enter")
    viewer.wait("the completed line runs", "document.getElementById('console').textContent.includes('TASKLET')")
    viewer.value("document.getElementById('module').value = " + repr(f"{modules}/irq_tasklet.ko gpio=102"))
    viewer.click("#insmod")
    viewer.wait("the module listens", "document.getElementById('used').textContent.includes('GPIO3_A6 button-tasklet')")
    viewer.click("#rmmod")
    viewer.type("sleep 1000")
    viewer.wait("it runs", "document.getElementById('console').textContent.includes('# sleep 1000')")
    viewer.value("live.page.link.ask('interrupt')")
    viewer.type("lsmod")
    viewer.wait("the module has gone", "/# lsmod[^#]*irq_thread/.test(document.getElementById('console').textContent)")
    expect("the other one has gone", "irq_tasklet" not in viewer.console().split("# lsmod")[-1])
    viewer.value("live.page.link.ask('press GPIO7_A0')")
    viewer.wait("a mistake is answered", "document.getElementById('said').textContent.includes('expected a pin')")


def look(run, folder, pictures):
    """The same in Chinese, dark, narrow; it sees what happened before it came, and goes."""
    late = Viewer(os.path.join(folder, "late"), run.address, "zh-CN", (1024, 720))
    late.wait("it has what happened before", "live.page.paths.some((path) => path.handled >= 20)")
    late.click("#theme")
    expect("it speaks Chinese", "实时开发板" in late.value("document.body.textContent"))
    late.picture(pictures, "live_dark_zh")
    complaints = late.complaints()
    late.browser.close()
    expect(f"nothing to complain about: {complaints}", not complaints)


def replay(simulator, folder, run):
    text = pathlib.Path(folder, "rec.sh").read_text(encoding="utf-8")
    command = text.replace("platform/run", simulator).replace("live.json", "again.json").replace("live.txt", "again.txt")
    again = subprocess.run(["sh", "-c", command], cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)
    expect(f"the record plays: {again.stderr}", again.returncode == run.process.returncode)
    for end in (".json", ".txt"):
        expect(f"{end[1:]} is the same", pathlib.Path(folder, "live" + end).read_bytes() == pathlib.Path(folder, "again" + end).read_bytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("simulator", type=os.path.abspath)
    parser.add_argument("modules", type=os.path.abspath)
    parser.add_argument("--pictures", help="a folder for screenshots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run = Run(options.simulator, folder, "--insmod", options.modules + "/irq_thread.ko", "--record", "rec", "--latency", "live.json",
                  "--dmesg", "live.txt")
        viewer = None
        try:
            check_strangers(run)
            viewer = Viewer(os.path.join(folder, "first"), run.address)
            use(run, viewer, options.modules, options.pictures)
            look(run, folder, options.pictures)
            press(viewer, 1)
            expect("a viewer that went leaves the run alone", run.process.poll() is None)
            complaints = viewer.complaints()
            expect(f"nothing to complain about: {complaints}", not complaints)
            viewer.click("#end")
            viewer.wait("the page says that the run has ended", "live.page.ended ? 1 : 0")
            _, errors = run.process.communicate(timeout=PATIENCE)
            expect(f"the run ends well: {errors}", run.process.returncode == 0)
        finally:
            if viewer:
                viewer.browser.close()
            run.process.kill()
        replay(options.simulator, folder, run)


main()
