// SPDX-License-Identifier: Apache-2.0
// The distribution of a stage, on a logarithmic axis; that of an earlier run behind it.
import { duration } from "./format.js";

// Where labels may stand so that none covers another: of [{x, text, rank}], those of the best (lowest) rank stay.
export function placeLabels(labels, widthOf, gap = 6) {
  const placed = [];
  for (const label of [...labels].sort((a, b) => a.rank - b.rank)) {
    const from = label.x, to = label.x + widthOf(label.text);
    if (placed.every((other) => to + gap <= other.from || other.to + gap <= from)) placed.push({ ...label, from, to });
  }
  return placed.sort((a, b) => a.x - b.x);
}

export function drawHistogram(c, width, height, stage, before, colours, samples) {
  const all = [stage, before].filter((s) => s && s.hist);
  if (!all.length) return;
  const edges = all.flatMap((s) => s.hist);
  const low = Math.log10(Math.max(Math.min(...edges.map((b) => b[0])), 0.1)) - 0.05;
  const high = Math.log10(Math.max(...edges.map((b) => b[1]), 1)) + 0.05;
  const left = 60, bottom = height - 26, top = 22;
  const x = (ns) => left + (Math.log10(Math.max(ns, 0.1)) - low) / (high - low) * (width - left - 14);
  const widthOf = (text) => c.measureText(text).width;
  const ticks = [];
  c.strokeStyle = colours.line;
  for (let decade = Math.floor(low); decade <= high; ++decade)
    for (let m = 1; m < 10; ++m) {
      const ns = m * Math.pow(10, decade);
      if (Math.log10(ns) < low || Math.log10(ns) > high) continue;
      c.globalAlpha = m === 1 ? 1 : 0.4;
      c.beginPath();
      c.moveTo(x(ns), top);
      c.lineTo(x(ns), bottom);
      c.stroke();
      ticks.push({ x: x(ns) + 2, text: duration(ns * 1000), rank: m === 1 ? 0 : m === 5 ? 1 : m === 2 ? 2 : 3 });
    }
  c.globalAlpha = 1;
  c.fillStyle = colours.dim;
  for (const label of placeLabels(ticks, widthOf)) c.fillText(label.text, label.x, bottom + 13);
  const bars = (s, colour, alpha) => {
    const most = Math.max(...s.hist.map((b) => b[2]));
    c.fillStyle = colour;
    c.globalAlpha = alpha;
    for (const [from, to, count] of s.hist) {
      const h = Math.max(1, count / most * (bottom - top - 2));
      c.fillRect(x(from), bottom - h, Math.max(2, x(to) - x(from)), h);
    }
    c.globalAlpha = 1;
    return most;
  };
  if (before && before.hist) bars(before, colours.dim, 0.5);
  if (stage && stage.hist) {
    const most = bars(stage, colours.task, 1);
    c.fillStyle = colours.dim;
    c.fillText(String(most), 4, top + 8);
    c.fillText(samples, 4, top + 24);
  }
  const marks = [["p50_ns", colours.run, 2], ["p99_ns", colours.wait, 1], ["max_ns", colours.bad, 0]]
    .map(([key, colour, rank]) => ({ x: x(stage[key]) + 2, text: key.replace("_ns", ""), rank, colour, line: x(stage[key]) }));
  for (const mark of marks) {
    c.strokeStyle = mark.colour;
    c.beginPath();
    c.moveTo(mark.line, top - 6);
    c.lineTo(mark.line, bottom);
    c.stroke();
  }
  for (const label of placeLabels(marks.map((m) => ({ ...m, x: Math.min(m.x, width - 30) })), widthOf)) {
    c.fillStyle = label.colour;
    c.fillText(label.text, label.x, top - 12);
  }
}
