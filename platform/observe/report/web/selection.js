// SPDX-License-Identifier: Apache-2.0
// What happened in a stretch of time: who ran how long, which handlers were called how often.
import { lastIndex } from "./store.js";

// [[name, ps]] of what ran on the cores between two moments, the longest first. Idle is what begins with "swapper/".
export function runningTotals(coreRows, texts, from, to) {
  const totals = new Map();
  for (const row of coreRows) {
    const { times, values } = row.signal;
    for (let i = lastIndex(times, from); i < times.length && times[i] < to; ++i) {
      const begin = Math.max(times[i], from);
      const end = Math.min(i + 1 < times.length ? times[i + 1] : to, to);
      const name = texts[values[i]].replace(/^swapper\/\d+$/, "swapper");
      if (end > begin) totals.set(name, (totals.get(name) || 0) + end - begin);
    }
  }
  return [...totals].sort((a, b) => b[1] - a[1]);
}

// [[label, times]] of handlers that began to run between two moments.
export function handlerCounts(rows, from, to) {
  const counts = [];
  for (const row of rows) {
    if (row.signal.scope !== "irq.handler") continue;
    const { times, values } = row.signal;
    let count = 0;
    for (let i = Math.max(1, lastIndex(times, from)); i < times.length && times[i] < to; ++i)
      if (times[i] >= from && values[i] === 3) ++count;
    if (count) counts.push([row.label, count]);
  }
  return counts;
}
