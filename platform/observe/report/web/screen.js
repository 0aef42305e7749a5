// SPDX-License-Identifier: Apache-2.0
// Methods of the page that draw: the timeline, what lies over it, the map of the whole run.
import { $ } from "./dom.js";
import { AXIS_HEIGHT, LABEL_WIDTH, ROW_HEIGHT, overview, prepare } from "./timeline.js";

const MINIMAP_HEIGHT = 24;
const COLOURS = ["bg", "panel", "ink", "dim", "line", "accent", "bad", "run", "wait", "delay", "hard", "soft", "task", "idle", "mark",
  "bright"];

export const screen = {
  readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of COLOURS) this.colours[name] = style.getPropertyValue("--" + name).trim();
  },

  draw() {
    if (!this.rows) return;
    const [c, width] = prepare($("lines"), Math.max(this.rows.length, 1) * ROW_HEIGHT);
    this.width = width;
    // The rows may have a scroll bar beside them: what stands above them is as wide as they are.
    for (const id of ["axis", "pinned", "minimap"]) $(id).style.width = width + "px";
    const box = $("rows");
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT));
    const stop = Math.min(this.rows.length, first + Math.ceil((box.clientHeight || 600) / ROW_HEIGHT) + 1);
    for (let r = first; r < stop; ++r) this.drawEntry(c, this.rows[r], r * ROW_HEIGHT, width, r === this.chosen);
    this.drawOver(c, width, this.rows.length * ROW_HEIGHT);
    const points = this.route.map(({ full, ps }) => ({ ps, y: this.rows.findIndex((e) => !e.heading && e.signal.full === full) * ROW_HEIGHT }))
      .filter(({ y }) => y >= 0);
    this.painter.route(c, points, width);
    const [a] = prepare($("axis"), AXIS_HEIGHT);
    this.painter.axis(a, width);
    this.drawFindings(a, width);
    const pinned = this.allRows.filter((row) => this.pinnedRows.has(row.signal.full));
    $("pinned").hidden = !pinned.length;
    if (pinned.length) {
      const [p] = prepare($("pinned"), pinned.length * ROW_HEIGHT);
      pinned.forEach((row, i) => this.drawEntry(p, row, i * ROW_HEIGHT, width, false));
      this.drawOver(p, width, pinned.length * ROW_HEIGHT);
    }
    this.drawMinimap();
    document.documentElement.dataset.from = this.view.from;
    document.documentElement.dataset.to = this.view.to;
  },

  drawEntry(c, entry, y, width, chosen) {
    if (chosen) {
      c.globalAlpha = 0.5;
      c.fillStyle = this.colours.idle;
      c.fillRect(0, y, width, ROW_HEIGHT);
      c.globalAlpha = 1;
    }
    if (!entry.heading) this.painter.row(c, entry, y, width, this.marked);
    this.painter.caption(c, entry, y, chosen, !entry.heading && this.pinnedRows.has(entry.signal.full));
    c.strokeStyle = this.colours.line;
    c.beginPath();
    c.moveTo(0, y + ROW_HEIGHT - 0.5);
    c.lineTo(width, y + ROW_HEIGHT - 0.5);
    c.stroke();
  },

  // The selected stretch of time and the moments of findings, over the rows.
  drawOver(c, width, height) {
    if (this.selection) {
      const x0 = Math.max(LABEL_WIDTH, this.painter.x(this.selection.from, width));
      const x1 = Math.max(x0, this.painter.x(this.selection.to, width));
      c.globalAlpha = 0.16;
      c.fillStyle = this.colours.accent;
      c.fillRect(x0, 0, x1 - x0, height);
      c.globalAlpha = 1;
    }
    c.strokeStyle = this.colours.bad;
    for (const f of this.findings) {
      const x = this.painter.x(f.ps, width);
      if (x < LABEL_WIDTH || x > width) continue;
      c.beginPath();
      c.moveTo(x, 0);
      c.lineTo(x, height);
      c.stroke();
    }
  },

  drawFindings(a, width) {
    a.fillStyle = this.colours.bad;
    for (const f of this.findings) {
      const x = this.painter.x(f.ps, width);
      if (x < LABEL_WIDTH || x > width) continue;
      a.beginPath();
      a.moveTo(x - 5, 0);
      a.lineTo(x + 5, 0);
      a.lineTo(x, 9);
      a.fill();
    }
  },

  drawMinimap() {
    const [c, width] = prepare($("minimap"), MINIMAP_HEIGHT);
    const span = Math.max(width - LABEL_WIDTH, 1), buckets = Math.ceil(span / 2);
    if (!this.busy || this.busy.length !== buckets)
      this.busy = overview(this.allRows.filter((row) => row.group === "cores" || row.group === "lines"), this.data.end_ps, buckets);
    c.fillStyle = this.colours.task;
    this.busy.forEach((part, i) => c.fillRect(LABEL_WIDTH + i * 2, MINIMAP_HEIGHT * (1 - part), 2, MINIMAP_HEIGHT * part));
    const x = (ps) => LABEL_WIDTH + ps / this.data.end_ps * span;
    c.fillStyle = this.colours.bad;
    for (const f of this.findings) c.fillRect(x(f.ps) - 1, 0, 2, MINIMAP_HEIGHT);
    c.strokeStyle = this.colours.accent;
    c.lineWidth = 2;
    const from = x(Math.max(this.view.from, 0)), to = x(Math.min(this.view.to, this.data.end_ps));
    c.strokeRect(from, 1, Math.max(to - from, 3), MINIMAP_HEIGHT - 2);
    c.lineWidth = 1;
  },
};
