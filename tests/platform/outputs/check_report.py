#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_report.py REPORT.html [--latency FILE.json] [--finding TEXT] [--story TEXT]... [--compared STAGE] [--seconds S] [--picture FILE.png] [--language L]

Opens a report in headless Chromium and uses it as a person does: zooms with the keyboard and the wheel, follows a
finding, reads a latency back. Fails on any message of the browser's console and on anything that the page would fetch.
Speaks the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/)."""
import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
import time

import websocket


class Browser:
    def __init__(self, folder, language):
        self.log = open(os.path.join(folder, "chromium.log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}/profile",
             f"--lang={language}", f"--accept-lang={language}", "--window-size=1366,900",
             "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=self.log)
        port_file = os.path.join(folder, "profile", "DevToolsActivePort")
        for _ in range(600):
            if os.path.exists(port_file) and open(port_file, encoding="ascii").read().count("\n"):
                break
            if self.process.poll() is not None:
                self.log.seek(0)
                sys.exit("chromium did not start:\n" + self.log.read())
            time.sleep(0.1)
        port, path = open(port_file, encoding="ascii").read().split("\n")[:2]
        self.socket = websocket.create_connection(f"ws://127.0.0.1:{port}{path}", timeout=60)
        self.number = 0
        self.session = None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            sys.exit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def key(self, key):
        text = {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def close(self):
        self.process.terminate()
        self.process.wait()


def expect(what, true):
    if not true:
        sys.exit(f"expected that {what}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("report")
    parser.add_argument("--latency")
    parser.add_argument("--finding")
    parser.add_argument("--story", action="append", default=[])
    parser.add_argument("--compared", help="a stage that another run had, too, and that changed")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--picture")
    parser.add_argument("--language", default="en-US")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder, options.language)
        try:
            use(browser, options)
        finally:
            browser.close()


def use(browser, options):
    begun = time.monotonic()
    browser.call("Page.navigate", url="file://" + os.path.abspath(options.report))
    while not browser.value("(document.documentElement || {dataset: {}}).dataset.ready || ''"):
        expect("the page gets ready within a minute", time.monotonic() - begun < 60)
        time.sleep(0.02)
    opened = browser.value("+document.documentElement.dataset.opened") / 1000
    for _ in range(5):  # other things that this machine does are no fault of the page
        if not options.seconds or opened <= options.seconds:
            break
        browser.call("Page.reload")
        while not browser.value("(document.documentElement || {dataset: {}}).dataset.ready || ''"):
            time.sleep(0.05)
        opened = min(opened, browser.value("+document.documentElement.dataset.opened") / 1000)
    changes = browser.value("report.data.changes")
    print(f"{changes} changes, {os.path.getsize(options.report)} bytes, ready after {opened:.3f} s")
    if options.seconds:
        expect(f"the page is ready within {options.seconds} s, not {opened}", opened <= options.seconds)
    title = browser.value("document.querySelector('h1').textContent")
    expect(f"the title is in the browser's language, not {title}",
           ("引脚" in title) == options.language.startswith("zh") and title)

    # Zooming: by keys, and by the wheel around the pointer.
    browser.value("document.getElementById('lines').focus()")
    whole = browser.value("report.range()")
    browser.key("+")
    near = browser.value("report.range()")
    expect(f"+ halves what is shown: {whole} {near}", abs((near[1] - near[0]) * 2 - (whole[1] - whole[0])) < 2)
    browser.key("0")
    expect("0 shows everything again", browser.value("report.range()") == whole)
    box = browser.value("(b => [b.left, b.top, b.width, b.height])(document.getElementById('lines').getBoundingClientRect())")
    x, y = box[0] + box[2] * 0.6, box[1] + 30
    before = browser.value(f"report.range()[0] + ({x} - {box[0]} - 200) / ({box[2]} - 200) * (report.range()[1] - report.range()[0])")
    browser.call("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0, deltaY=-600)
    for _ in range(100):
        if browser.value("report.range()[1] - report.range()[0]") < (whole[1] - whole[0]) * 0.9:
            break
        time.sleep(0.02)
    after = browser.value("report.range()")
    expect("the wheel zooms in", after[1] - after[0] < (whole[1] - whole[0]) / 2)
    expect("what is below the pointer stays there", after[0] < before < after[1])
    # The change before, of the chosen row, comes to the middle, as far as the run's ends let it.
    browser.key("p")
    shown = browser.value("report.range()")
    middle = (shown[0] + shown[1]) / 2
    near = (shown[1] - shown[0]) / 2 if shown[0] < 0 else 2
    expect("p goes to a change of the row", browser.value(f"[...report.rows()[0].signal.times].some(t => Math.abs(t - {middle}) <= {near})"))
    # Something is drawn.
    browser.key("0")
    expect("the timeline shows something", browser.value(
        "(() => { const c = document.getElementById('lines'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " const s = new Set(); for (let i = 0; i < d.length; i += 4) s.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return s.size; })()") > 5)

    # The slowest ways are the first thing to read, and one key leads into the timeline.
    stories = browser.value("[...document.querySelectorAll('.story span')].map(e => e.textContent)")
    if stories:
        expect("they are seen without scrolling", browser.value(
            "scrollTo(0, 0), [...document.querySelectorAll('.story')].every(e => e.getBoundingClientRect().bottom < innerHeight)"))
        browser.value("document.getElementById('lines').focus()")
        browser.key("w")
        expect("w tells the slowest way", browser.value("document.getElementById('said').textContent") == stories[0])
        expect("its rows are joined by arrows", browser.value("report.page.route.length") >= 2)
        shown = browser.value("report.range()")
        end = browser.value("report.page.stories()[0].worst.at_ns") * 1000
        expect("its end is shown", shown[0] <= end <= shown[1])
        browser.key("o")
        expect("o leaves only the rows of this way", browser.value("report.rows().length") == browser.value("report.page.route.length"))
        browser.key("o")
        expect("and brings the others back", browser.value("report.rows().length") > browser.value("report.page.route.length"))
        browser.key("Escape")
        expect("Escape takes the arrows away", browser.value("report.page.route.length") == 0)
    for text in options.story:
        expect(f"a way is told as '{text}': {stories}", any(text in story for story in stories))
    labels = browser.value("report.page.allRows.map(r => r.label)")
    expect("no two rows have one label", len(set(labels)) == len(labels))
    # Folding, pinning, measuring and searching by keys.
    rows = browser.value("report.page.rows.length")
    browser.value("report.page.choose(0)")
    browser.key("Enter")
    expect("Enter folds a group", browser.value("report.page.rows.length") < rows)
    browser.key("Enter")
    expect("and unfolds it", browser.value("report.page.rows.length") == rows)
    browser.key("j")
    browser.key("x")
    expect("x pins a row", browser.value("report.page.pinnedRows.size") == 1)
    browser.key("x")
    browser.key("0")
    browser.key("m")
    browser.key("ArrowRight")
    browser.key("m")
    selected = browser.value("report.page.selection")
    expect("m and m again select what lies between", selected["to"] - selected["from"] > 0)
    expect("totals of what is selected stand beside the timeline", browser.value("document.querySelectorAll('#details table').length") == 2)
    browser.key("Escape")
    browser.key("0")

    if options.finding:
        expect("there are links to findings", browser.value("document.querySelectorAll('#findings a').length"))
        browser.value("document.querySelector('#findings a').click()")
        said = browser.value("document.getElementById('said').textContent")
        expect(f"the finding is told: {said}", options.finding in said)
        at = browser.value("report.page.findings[0].ps")
        shown = browser.value("report.range()")
        expect("it is in the middle of the timeline", abs((shown[0] + shown[1]) / 2 - at) < 1 + (shown[1] - shown[0]) / 100)
        expect("the timeline is zoomed in on it", shown[1] - shown[0] <= 2.1e9)

    if options.latency:
        with open(options.latency, encoding="utf-8") as file:
            paths = json.load(file)["paths"]
        expect("there is a row for each way", browser.value("document.querySelectorAll('#latency tr').length") == len(paths) + 1)
        totals = {"hardirq": "pin_to_handler", "softirq": "pin_to_softirq", "tasklet": "pin_to_tasklet",
                  "thread": "pin_to_thread", "work": "pin_to_work", "delayed_work": "pin_to_work"}
        units = {"s": 1e9, "ms": 1e6, "us": 1e3, "ns": 1, "ps": 1e-3}
        for number, path in enumerate(paths):
            browser.value(f"document.querySelectorAll('#latency tr')[{number + 1}].click()")
            cells = browser.value(f"[...document.querySelectorAll('#latency tr')[{number + 1}].cells].map(c => c.textContent)")
            expect(f"row {number} is {path['name']}", cells[0] == path["line"] and cells[2] == path["name"])
            stage = path["stages"].get(totals[path["mechanism"]])
            for cell, key in zip(cells[9:13], ("p50_ns", "p90_ns", "p99_ns", "max_ns")):
                if stage:
                    amount, unit = cell.split()
                    expect(f"{key} of {path['name']} is {stage[key]}, not {cell}",
                           abs(float(amount) * units[unit] - stage[key]) <= stage[key] * 6e-4)
            said = browser.value("document.getElementById('stage-said').textContent")
            expect(f"the distribution has all samples: {said}", not stage or said.startswith(f"{stage['count']} "))
        with_worst = browser.value("(a => a && (a.click(), 1))(document.querySelector('#latency a'))")
        expect("the worst sample has a link", with_worst)
        worst = next(p["stages"][totals[p["mechanism"]]]["worst"] for p in paths
                     if "worst" in p["stages"].get(totals[p["mechanism"]], {}))
        shown = browser.value("report.range()")
        expect("it leads to the worst sample", shown[0] <= worst["at_ns"] * 1000 <= shown[1])
        expect("and marks its edge", browser.value("report.marked()") == worst["edge"])

    compared = browser.value("[...document.querySelectorAll('#compare tr')].map(r => r.cells[2].textContent)")
    expect("a table of changes is there if another run is", bool(compared) == bool(options.compared))
    expect(f"{options.compared} is in it: {compared}", not options.compared or options.compared in compared)

    # Language and theme.
    first = browser.value("document.querySelector('h1').textContent")
    browser.value("document.getElementById('lang').click()")
    expect("the other language is another", browser.value("document.querySelector('h1').textContent") != first)
    browser.value("document.getElementById('lang').click()")
    background = browser.value("getComputedStyle(document.body).backgroundColor")
    browser.value("document.getElementById('theme').click()")
    expect("the other theme is another", browser.value("getComputedStyle(document.body).backgroundColor") != background)
    browser.value("document.getElementById('theme').click()")
    untranslated = browser.value("(w => Object.keys(w.en).filter(k => !w.zh[k]).concat(Object.keys(w.zh).filter(k => !w.en[k])))(report.words)")
    expect(f"every word has a translation: {untranslated}", not untranslated)

    if options.picture:
        data = browser.call("Page.captureScreenshot", format="png")["data"]
        with open(options.picture, "wb") as file:
            file.write(base64.b64decode(data))
    expect("nothing failed in the page", browser.value("report.failures.length") == 0)
    for event in browser.events:
        method, p = event.get("method"), event.get("params", {})
        expect(f"the console is silent: {p}", method not in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"))
        if method == "Network.requestWillBeSent":
            url = p["request"]["url"]
            expect(f"nothing is fetched: {url}", url.startswith(("file:", "data:", "about:")))


if __name__ == "__main__":
    main()
