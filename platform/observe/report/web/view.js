// SPDX-License-Identifier: Apache-2.0
// Which stretch of time is shown, and how it moves.

const LEAST_SPAN = 100; // ps

export class View {
  constructor(end, changed) {
    this.end = Math.max(end, 1);
    this.changed = changed;
    this.from = 0;
    this.to = this.end;
  }
  // Shows [from, to], cut so that a little beyond both ends of the run is the most.
  set(from, to) {
    const span = Math.min(Math.max(to - from, LEAST_SPAN), this.end * 1.02);
    const middle = (from + to) / 2;
    this.from = Math.max(-this.end * 0.01, Math.min(middle - span / 2, this.end * 1.01 - span));
    this.to = this.from + span;
    this.changed();
  }
  everything() {
    this.set(0, this.end);
  }
  // Zooms so that `anchor` (the middle if there is none) stays where it is.
  zoom(factor, anchor = (this.from + this.to) / 2) {
    this.set(anchor - (anchor - this.from) / factor, anchor + (this.to - anchor) / factor);
  }
  move(part) {
    const by = (this.to - this.from) * part;
    this.set(this.from + by, this.to + by);
  }
  around(ps, half) {
    this.set(ps - half, ps + half);
  }
}
