// SPDX-License-Identifier: Apache-2.0
// The parts of the report's page that need no browser: node --test tests/platform/report/page.mjs
import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import test from "node:test";

import { shapesOf, stepWidths } from "../../../platform/observe/report/web/drawing.js";
import { groupFindings } from "../../../platform/observe/report/web/findings.js";
import { duration, fill, moment, niceStep, tick } from "../../../platform/observe/report/web/format.js";
import { placeLabels } from "../../../platform/observe/report/web/histogram.js";
import { makeGroups, visibleRows } from "../../../platform/observe/report/web/rows.js";
import { handlerCounts, runningTotals } from "../../../platform/observe/report/web/selection.js";
import { Shares, decodeColumns, lastIndex, unpack, valueAt } from "../../../platform/observe/report/web/store.js";
import { makeStories, routeOf } from "../../../platform/observe/report/web/stories.js";
import { overview } from "../../../platform/observe/report/web/timeline.js";
import { View } from "../../../platform/observe/report/web/view.js";
import { WORDS } from "../../../platform/observe/report/web/words.js";

const signal = (full, width, changes) => {
  const dot = full.lastIndexOf(".");
  return { scope: full.slice(0, dot), name: full.slice(dot + 1), full, width, times: Float64Array.from(changes.map(([ps]) => ps)),
    values: Float64Array.from(changes.map(([, value]) => value)) };
};

test("durations and moments have the unit that fits, and axes no more digits than their steps", () => {
  assert.equal(duration(301e6), "301 us");
  assert.equal(duration(1506), "1.51 ns");
  assert.equal(duration(0), "0 ps");
  assert.equal(moment(3e12, 1e12), "2.000000000 s");
  assert.equal(niceStep(0.3), 0.5);
  assert.equal(niceStep(200), 200);
  assert.equal(tick(1.5e9, 5e8), "1.5 ms");
  assert.equal(tick(2e9, 1e9), "2 ms");
});

test("columns come back as they were written, also where signals share their times", async () => {
  const heads = [{ scope: "a", name: "x", width: 1, initial: 1, n: 2 }, { scope: "a", name: "y", width: 64, initial: 0, n: 2, same: 0 }];
  const bytes = Buffer.from([5, 0x80, 0x01, 0, 1, 0xff, 0x01, 3]);
  const [x, y] = decodeColumns(await unpack(deflateSync(bytes).toString("base64")), heads);
  assert.deepEqual([...x.times], [0, 5, 133]);
  assert.deepEqual([...x.values], [1, 0, 1]);
  assert.deepEqual([...y.values], [0, 255, 3]);
  assert.equal(y.times, x.times);
});

test("the value at a moment is that of the last change before it", () => {
  const s = signal("a.b", 8, [[0, 1], [10, 2], [20, 3]]);
  assert.equal(valueAt(s, 9), 1);
  assert.equal(valueAt(s, 10), 2);
  assert.equal(valueAt(s, 1e9), 3);
  assert.equal(lastIndex(s.times, 0), 0);
});

test("shares of a stretch are exact however many changes it has: 10 % busy is 10 %", () => {
  const changes = [[0, 0]];
  for (let i = 0; i < 1000; ++i) changes.push([i * 100 + 50, 1], [i * 100 + 60, 0]);
  const s = signal("a.b", 1, changes);
  const shares = new Shares(s, 1, (i) => (s.values[i] ? 0 : -1), 100000);
  assert.equal(shares.between(0, 100000)[0], 10000);
  assert.equal(shares.between(55, 100)[0], 5);
  assert.equal(shares.between(61, 149)[0], 0);
});

test("no two rows have the same label, a thread stands below its handler, and folded groups hide their rows", () => {
  const groups = makeGroups([
    signal("pins.GPIO3_A5", 1, [[0, 0]]),
    signal("irq.thread.irq/19-button", 2, [[0, 0], [5, 3]]), signal("irq.handler.other", 2, [[0, 0], [5, 3]]),
    signal("irq.handler.button", 2, [[0, 0], [5, 3]]), signal("work.button", 2, [[0, 0], [5, 3]]),
    signal("tasklet.never", 2, [[0, 0]]), signal("gic.interrupts.spi36", 2, [[0, 0], [1, 1]]),
  ]);
  const labels = groups.flatMap((group) => group.rows).map((row) => row.label);
  assert.equal(new Set(labels).size, labels.length);
  assert.ok(!labels.some((label) => label.includes("never")));
  const lines = groups.find((group) => group.name === "lines").rows.map((row) => row.signal.full);
  assert.equal(lines.indexOf("irq.thread.irq/19-button"), lines.indexOf("irq.handler.button") + 1);
  const shown = visibleRows(groups);
  assert.ok(shown.some((entry) => entry.heading && entry.heading.name === "gic"));
  assert.ok(!shown.some((entry) => entry.group === "gic"));
  assert.deepEqual(visibleRows(groups, new Set(["pins.GPIO3_A5"])).map((row) => row.label), ["GPIO3_A5"]);
});

const stageOf = (max, p50, worst) => ({ count: 9, p50_ns: p50, max_ns: max, worst });
const paths = [
  { line: "GPIO3_A5", name: "button", mechanism: "hardirq", stages: { pin_to_handler: stageOf(1139, 946, { at_ns: 2000, cpu: 0, edge: 7 }) } },
  { line: "GPIO3_A5", name: "button", mechanism: "thread", stages: { pin_to_thread: stageOf(251000, 2794,
    { at_ns: 300000, cpu: 1, edge: 301, cause: { kind: "busy", name: "the run before", ns: 249000 },
      way: [{ stage: "pin_to_handler", at_ns: 49000, ns: 946 }, { stage: "wake_to_thread", at_ns: 49946, ns: 250054 }] }) } },
];

test("the slowest way comes first and says what stood in the way, in both languages", () => {
  const [story] = makeStories(paths, WORDS.en);
  assert.equal(story.sentence, "GPIO3_A5 button: edge 301 waited 251 us for its thread: it was still serving an earlier edge (249 us).");
  assert.match(makeStories(paths, WORDS.zh)[0].sentence, /第 301 号边沿等了 251 us.*249 us/);
  assert.deepEqual(story.steps.map((step) => step.what), ["pin_to_handler", "wake_to_thread"]);
  assert.match(makeStories(paths, WORDS.en)[1].sentence, /took 1.14 us to its handler/);
});

test("a run that waited longer for a lock than its edge for the run tells of the lock and of who had it", () => {
  const cause = { kind: "lock", name: "bus_lock", ns: 3090000, holder: "hog" };
  const tell = (of, words) => makeStories([{ ...paths[1], stages: { ...paths[1].stages,
    thread: stageOf(3100000, 5000, { at_ns: 400000, cpu: 1, edge: 300, cause: of }) } }], words)[0].sentence;
  assert.equal(tell(cause, WORDS.en), "GPIO3_A5 button: the thread of edge 300 ran for 3.1 ms: it waited for the lock bus_lock, which was with hog, for 3.09 ms of that.");
  assert.match(tell(cause, WORDS.zh), /等锁 bus_lock.*hog 持有/);
  assert.match(tell({ ...cause, holder: undefined }, WORDS.en), /it waited for the lock bus_lock for 3.09 ms/);
  assert.match(tell({ kind: "preempted", name: "load", ns: 2e6 }, WORDS.en), /for 2 ms of that load had the core/);
  assert.match(tell({ kind: "computing", name: "t", ns: 3e6 }, WORDS.en), /edge 301 waited 251 us/);
});

test("a way goes from the pin over its handler to its thread and the core", () => {
  const signals = [signal("pins.GPIO3_A5", 1, [[0, 0]]), signal("irq.handler.button", 2, [[0, 0], [49.9e6, 3], [50e6, 0]]),
    signal("irq.thread.irq/19-button", 2, [[0, 0], [300e6, 3]]), signal("cores.core1.running", 0, [[0, 0]])];
  const route = routeOf(makeStories(paths, WORDS.en)[0], signals);
  assert.deepEqual(route.map(({ full, ps }) => [full, ps]), [["pins.GPIO3_A5", 49e6], ["irq.handler.button", 49.9e6],
    ["irq.thread.irq/19-button", 300e6], ["cores.core1.running", 300e6]]);
});

test("every cause that the account knows has a sentence, and every word a translation", () => {
  for (const kind of ["busy", "hardirq", "softirq", "task", "idle", "other", "plain", "run", "run_lock", "run_holder", "run_preempted",
    "run_asleep"]) assert.ok(WORDS.en["story_" + kind], kind);
  assert.deepEqual(Object.keys(WORDS.en).sort(), Object.keys(WORDS.zh).sort());
  for (const [key, text] of Object.entries(WORDS.en)) {
    const places = (s) => (s.match(/\{\d\}/g) || []).sort().join();
    if (!key.startsWith("story_")) assert.equal(places(text), places(WORDS.zh[key]), key);
    assert.ok(!/\{\d\}/.test(fill(text, Array(9).fill("-"))), key);
  }
});

test("findings of one kind and place are one entry with a count; two places stay two", () => {
  const groups = groupFindings([{ ps: 5, text: "BUG", kind: "bug", place: "a.c:1" }, { ps: 3, text: "BUG", kind: "bug", place: "a.c:2" },
    { ps: 9, text: "BUG", kind: "bug", place: "a.c:1", count: 3, last_ps: 40 }]);
  assert.deepEqual(groups.map((g) => [g.place, g.count, g.ps, g.last_ps]), [["a.c:2", 1, 3, 3], ["a.c:1", 4, 5, 40]]);
});

test("a stretch of time has totals a task and counts a handler", () => {
  const core = { kind: "core", signal: signal("cores.core0.running", 0, [[0, 0], [10, 1], [40, 0], [60, 1]]) };
  assert.deepEqual(runningTotals([core], ["swapper/0", "insmod"], 20, 70), [["insmod", 30], ["swapper", 20]]);
  const handler = { label: "button", signal: signal("irq.handler.button", 2, [[0, 0], [10, 3], [12, 0], [30, 3], [31, 0]]) };
  assert.deepEqual(handlerCounts([handler], 5, 31), [["button", 2]]);
  assert.deepEqual(handlerCounts([handler], 11, 29), []);
});

test("labels of an axis never cover each other, and the best of them stay", () => {
  const labels = Array.from({ length: 40 }, (_, i) => ({ x: i * 7, text: "100 us", rank: i % 10 ? 3 : 0 }));
  const placed = placeLabels(labels, () => 40);
  for (let i = 1; i < placed.length; ++i) assert.ok(placed[i].from >= placed[i - 1].to + 6);
  assert.equal(placed.filter((label) => label.rank === 0).length, 4);
});

test("steps of a drawing fill its width, and the shortest can still be read", () => {
  const widths = stepWidths([1, 1, 98], 600, 54);
  assert.deepEqual(widths.slice(0, 2), [54, 54]);
  assert.equal(Math.round(widths.reduce((a, b) => a + b)), 600);
  const shapes = shapesOf([{ what: "pin_to_status", from: 0, to: 15e3 }, { what: "thread", from: 15e3, to: 9e6 }], 600);
  assert.deepEqual(shapes.map((s) => s.label), ["pin → status", "thread"]);
  assert.ok(shapes[1].x + shapes[1].w <= 600.01);
});

test("zooming keeps the moment at its anchor, and the run's ends bound what is shown", () => {
  const view = new View(1000000, () => {});
  view.zoom(4, 250000);
  assert.equal(view.from, 187500);
  assert.equal(view.to - view.from, 250000);
  view.move(-10);
  assert.ok(view.from >= -10000);
  view.set(0, 1);
  assert.ok(view.to - view.from >= 99.99);
});

test("the overview is empty where nothing changes and full where most does", () => {
  const rows = [{ signal: signal("irq.handler.b", 2, [[0, 0], [10, 3], [11, 0], [12, 3], [990, 0]]) }];
  const parts = overview(rows, 1000, 10);
  assert.equal(parts[0], 1);
  assert.equal(parts[5], 0);
  assert.ok(parts[9] > 0 && parts[9] < 1);
});
