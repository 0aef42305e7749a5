// SPDX-License-Identifier: Apache-2.0
// The parts of the live page that need no browser: node --test tests/platform/live/page.mjs
import assert from "node:assert/strict";
import test from "node:test";

import { common, completions } from "../../../platform/live/web/console.js";
import { lastWay } from "../../../platform/live/web/last.js";
import { LIVE_WORDS } from "../../../platform/live/web/live_words.js";
import { GrowingSignal, takeChanges } from "../../../platform/live/web/store_live.js";

function leb(...numbers) {
  const bytes = [];
  for (let n of numbers) {
    for (; n >= 128; n = Math.floor(n / 128)) bytes.push(n % 128 | 128);
    bytes.push(n);
  }
  return Uint8Array.from(bytes);
}

const head = (scope, name, width, more = {}) => ({ scope, name, width, initial: 0, ...more });

test("changes are added to the signals that they name, and say how far they go", () => {
  const signals = [new GrowingSignal(head("pins", "GPIO3_A5", 1)), new GrowingSignal(head("irq.handler", "button", 2))];
  assert.equal(takeChanges(leb(2, 2, 1000, 500, 3, 0, 0, 5000), signals), 5000);
  assert.deepEqual([...signals[1].times], [0, 1000, 1500]);
  assert.deepEqual([...signals[1].values], [0, 3, 0]);
  assert.equal(takeChanges(leb(1, 1, 300000, 1, 2, 1, 500000, 3, 0, 600000), signals), 600000);
  assert.deepEqual([...signals[0].times], [0, 300000]);
  assert.deepEqual([...signals[1].times], [0, 1000, 1500, 501500]);
});

test("a signal of which the beginning was forgotten begins where it goes on", () => {
  const signal = new GrowingSignal(head("pins", "GPIO3_A5", 1, { initial: 1, from: 7000 }));
  takeChanges(leb(1, 1, 1000, 0, 0, 9000), [signal]);
  assert.deepEqual([...signal.times], [7000, 8000]);
  assert.deepEqual([...signal.values], [1, 0]);
});

test("a signal keeps its last changes when there are too many", () => {
  const signal = new GrowingSignal(head("pins", "GPIO3_A5", 1));
  for (let i = 0; i < 40; ++i) signal.add(new Array(10000).fill(1), new Array(10000).fill(i & 1));
  assert.ok(signal.count <= 1 << 18);
  assert.equal(signal.times[signal.count - 1], 400000);
});

test("a word is completed from what begins with it, as far as all agree", () => {
  const words = ["/proc/interrupts", "/proc/iomem", "cat", "/proc/interrupts"];
  assert.deepEqual(completions("cat /proc/i", words), { start: 4, words: ["/proc/interrupts", "/proc/iomem"] });
  assert.equal(common(["/proc/interrupts", "/proc/iomem"]), "/proc/i");
  assert.deepEqual(completions("c", words).words, ["cat"]);
  assert.deepEqual(completions("cat ", words).words, []);
});

test("the last press is the edge before the handler's last run, up to its thread's", () => {
  const grown = (scope, name, width, changes) => {
    const signal = new GrowingSignal(head(scope, name, width));
    for (const [ps, value] of changes) signal.add([ps - signal.times[signal.count - 1]], [value]);
    return signal;
  };
  const signals = [grown("pins", "GPIO3_A5", 1, [[100, 1], [900, 0], [2000, 1]]),
    grown("irq.handler", "button", 2, [[200, 3], [210, 0], [2100, 3], [2110, 0]]),
    grown("irq.thread", "irq/19-button", 2, [[205, 2], [300, 3], [400, 0], [2105, 2], [2600, 3], [2700, 0]])];
  const way = lastWay(signals, [], [], "GPIO3_A5", "button");
  assert.deepEqual([way.from, way.handler, way.thread, way.to], [2000, 2100, 2600, 2600]);
  assert.equal(lastWay(signals, [], [], "GPIO0_A0", "button"), null);
});

test("everything is said in both languages", () => {
  assert.deepEqual(Object.keys(LIVE_WORDS.zh), Object.keys(LIVE_WORDS.en));
});
