// SPDX-License-Identifier: Apache-2.0
// Draws the rows of the timeline on a canvas.
import { niceStep, tick } from "./format.js";
import { Shares, lastIndex, valueAt } from "./store.js";

export const ROW_HEIGHT = 21;
export const LABEL_WIDTH = 210;
export const AXIS_HEIGHT = 26;

// Sets a canvas up for the screen's pixels. Returns its context and width in CSS pixels.
export function prepare(canvas, height) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth || 1000;
  canvas.style.height = height + "px";
  const w = Math.round(width * scale), h = Math.round(height * scale);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  return [context, width];
}

// Where a class of a row stands in it: [top, height] as parts of the row, so that an interrupt lies above what it
// interrupts and a softirq between the two.
const CORE_BANDS = [[0.28, 0.72], [0.14, 0.86], [0, 1]]; // task, softirq, hard interrupt

// How a row's values are classes that have colours. -1: nothing is drawn.
function classes(row, texts) {
  if (row.kind === "core") {
    const idle = (index) => /^swapper\//.test(texts[row.signal.values[index]]);
    return { colours: ["task", "soft", "hard"],
      of: (index) => {
        const context = row.context ? valueAt(row.context, row.signal.times[index]) : 1;
        return context > 0 ? context - 1 : idle(index) ? -1 : 0;
      } };
  }
  if (row.kind === "activity" || row.kind === "gic")
    return { colours: row.kind === "gic" ? ["wait", "run", "hard"] : ["delay", "wait", "run"], of: (index) => (row.signal.values[index] & 3) - 1 };
  if (row.kind === "bit") return { colours: ["run"], of: (index) => (row.signal.values[index] ? 0 : -1) };
  if (row.kind === "text")
    return { colours: ["idle"], of: (index) => (/^swapper\//.test(texts[row.signal.values[index]]) ? -1 : 0) };
  return { colours: ["idle"], of: (index) => (row.signal.values[index] ? 0 : -1) };
}

export class Painter {
  constructor(data, view, colours) {
    this.data = data;
    this.view = view;
    this.colours = colours; // of the theme, by name
    this.shares = new Map(); // of rows that were drawn dense once
  }

  x(ps, width) {
    return LABEL_WIDTH + (ps - this.view.from) / (this.view.to - this.view.from) * (width - LABEL_WIDTH);
  }

  // One row, `y` from the top. `marked`: the edge whose consequences are marked.
  row(c, row, y, width, marked) {
    const { times } = row.signal;
    const look = classes(row, this.data.texts);
    const stop = Math.min(width, this.x(this.data.end_ps, width));
    let i = lastIndex(times, this.view.from);
    let px = Math.max(LABEL_WIDTH, this.x(0, width));
    while (px < stop) {
      const next = i + 1 < times.length ? times[i + 1] : this.data.end_ps;
      const x1 = Math.min(next >= this.view.to ? width : this.x(next, width), stop);
      if (x1 - px < 1 && i + 1 < times.length) {
        const span = (this.view.to - this.view.from) / (width - LABEL_WIDTH);
        const from = this.view.from + (px - LABEL_WIDTH) * span;
        this.dense(c, row, look, from, from + span, px, y);
        px += 1;
        i = lastIndex(times, from + span, i);
        continue;
      }
      this.stretch(c, row, look, i, px, x1, y, marked);
      px = x1;
      ++i;
      if (i >= times.length) break;
    }
  }

  band(row, which, y) {
    const height = ROW_HEIGHT - 5;
    const [top, share] = row.kind === "core" ? CORE_BANDS[which] : [0, 1];
    return [y + 2 + top * height, share * height];
  }

  // Less than a pixel a change: the colour is as dense as the time that was spent in it.
  dense(c, row, look, from, to, px, y) {
    if (!this.shares.has(row))
      this.shares.set(row, new Shares(row.signal, look.colours.length, look.of, this.data.end_ps));
    const spent = this.shares.get(row).between(from, to);
    spent.forEach((ps, which) => {
      if (ps <= 0) return;
      const [top, height] = this.band(row, which, y);
      c.globalAlpha = Math.min(1, 0.12 + 0.88 * ps / (to - from));
      c.fillStyle = this.colours[look.colours[which]];
      c.fillRect(px, top, 1, height);
    });
    c.globalAlpha = 1;
  }

  // One value that is wide enough to see.
  stretch(c, row, look, i, px, x1, y, marked) {
    const which = look.of(i);
    const width = x1 - px;
    if (row.kind === "bit") this.level(c, row.signal.values[i], px, x1, y);
    if (which < 0) return;
    const [top, height] = this.band(row, which, y);
    if (row.kind === "bit") {
      c.globalAlpha = 0.22;
      c.fillStyle = this.colours.run;
      c.fillRect(px, top, width, height);
      c.globalAlpha = 1;
      return;
    }
    c.fillStyle = this.colours[look.colours[which]];
    c.fillRect(px, top, Math.max(width - (width > 3 ? 1 : 0), 0.7), height);
    if (marked && this.edgeOf(row, i) === marked) {
      c.strokeStyle = this.colours.mark;
      c.lineWidth = 2;
      c.strokeRect(px + 1, y + 2, Math.max(width - 2, 1), ROW_HEIGHT - 5);
      c.lineWidth = 1;
    }
    this.label(c, this.textOf(row, i), px, width, y, row.kind);
  }

  level(c, value, px, x1, y) {
    const high = y + 3, low = y + ROW_HEIGHT - 4;
    c.strokeStyle = value ? this.colours.run : this.colours.dim;
    c.beginPath();
    c.moveTo(px, value ? low : high);
    c.lineTo(px, value ? high : low);
    c.lineTo(x1, value ? high : low);
    c.stroke();
  }

  label(c, text, px, width, y, kind) {
    if (!text || width < 26) return;
    c.save();
    c.beginPath();
    c.rect(px, y, width, ROW_HEIGHT);
    c.clip();
    c.fillStyle = kind === "core" ? this.colours.bright : this.colours.ink;
    c.fillText(text, Math.max(px, LABEL_WIDTH) + 4, y + ROW_HEIGHT / 2 + (kind === "core" ? 2 : 0));
    c.restore();
  }

  textOf(row, i) {
    const value = row.signal.values[i];
    if (row.kind === "core" || row.kind === "text") return this.data.texts[value];
    return row.kind === "number" ? "0x" + value.toString(16) : "";
  }

  edgeOf(row, i) {
    return row.edge ? valueAt(row.edge, row.signal.times[i]) : 0;
  }

  // The name of a row at its left, or the heading of a group.
  caption(c, entry, y, chosen, pinned) {
    c.fillStyle = this.colours.panel;
    c.fillRect(0, y, LABEL_WIDTH - 4, ROW_HEIGHT);
    c.fillStyle = chosen ? this.colours.accent : entry.heading ? this.colours.dim : this.colours.ink;
    c.save();
    c.beginPath();
    c.rect(0, y, LABEL_WIDTH - 8, ROW_HEIGHT);
    c.clip();
    const text = entry.heading ? (entry.heading.folded ? "▸ " : "▾ ") + entry.title : (pinned ? "• " : "") + entry.label;
    c.fillText(text, entry.heading ? 6 : 18 + 12 * (entry.depth || 0), y + ROW_HEIGHT / 2);
    c.restore();
  }

  // The times above the rows, from time zero on.
  axis(c, width) {
    const span = width - LABEL_WIDTH;
    const step = niceStep((this.view.to - this.view.from) / (span / 130));
    const zero = this.data.zero_ps;
    c.strokeStyle = c.fillStyle = this.colours.dim;
    for (let n = Math.ceil((this.view.from - zero) / step); n * step < this.view.to - zero; ++n) {
      const x = this.x(n * step + zero, width);
      c.beginPath();
      c.moveTo(x, AXIS_HEIGHT - 6);
      c.lineTo(x, AXIS_HEIGHT);
      c.stroke();
      c.fillText(tick(n * step, step), x + 3, AXIS_HEIGHT / 2 - 1);
    }
  }

  // An arrow through the rows of a way: `points` are {y, ps}.
  route(c, points, width) {
    c.strokeStyle = c.fillStyle = this.colours.mark;
    c.lineWidth = 1.5;
    for (let i = 0; i + 1 < points.length; ++i) {
      const [a, b] = [points[i], points[i + 1]];
      const x0 = this.x(a.ps, width), x1 = this.x(b.ps, width);
      const y0 = a.y + ROW_HEIGHT / 2, y1 = b.y + (b.y > a.y ? 3 : ROW_HEIGHT - 3);
      c.beginPath();
      c.moveTo(x0, y0);
      c.bezierCurveTo(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, x1, y1);
      c.stroke();
      const down = b.y > a.y ? 1 : -1;
      c.beginPath();
      c.moveTo(x1, y1);
      c.lineTo(x1 - 4, y1 - 7 * down);
      c.lineTo(x1 + 4, y1 - 7 * down);
      c.fill();
    }
    c.lineWidth = 1;
  }
}

// How busy the run was from its beginning to its end: one value a bucket, from 0 to 1, of all rows of a group together.
export function overview(rows, end, buckets) {
  const counts = new Float64Array(buckets);
  for (const row of rows)
    for (let i = 1; i < row.signal.times.length; ++i)
      ++counts[Math.min(buckets - 1, Math.floor(row.signal.times[i] / end * buckets))];
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  return counts.map((count) => (count ? 0.15 + 0.85 * Math.log1p(count) / Math.log1p(most) : 0));
}
