// SPDX-License-Identifier: Apache-2.0
// Signals that grow while the run goes on.
import { Reader } from "../../observe/report/web/store.js";

const FIRST_ROOM = 64, MOST_CHANGES = 1 << 18;

// As a signal of the report: `times` and `values` are views on what there is so far.
export class GrowingSignal {
  constructor(head) {
    this.scope = head.scope;
    this.name = head.name;
    this.width = head.width;
    this.full = head.scope + "." + head.name;
    this.count = 1;
    this.room(FIRST_ROOM);
    this.allTimes[0] = head.from || 0;
    this.allValues[0] = head.initial;
    this.show();
  }
  room(size) {
    const times = new Float64Array(size), values = this.width > 0 && this.width <= 32 ? new Uint32Array(size) : new Float64Array(size);
    if (this.allTimes) {
      times.set(this.allTimes.subarray(0, this.count));
      values.set(this.allValues.subarray(0, this.count));
    }
    this.allTimes = times;
    this.allValues = values;
  }
  show() {
    this.times = this.allTimes.subarray(0, this.count);
    this.values = this.allValues.subarray(0, this.count);
  }
  // The older half goes where there is too much for a browser.
  forget() {
    const from = this.count >> 1;
    this.allTimes.copyWithin(0, from, this.count);
    this.allValues.copyWithin(0, from, this.count);
    this.count -= from;
  }
  add(distances, values) {
    if (this.count + distances.length > MOST_CHANGES) this.forget();
    let size = this.allTimes.length;
    while (size < this.count + distances.length) size *= 2;
    if (size > this.allTimes.length) this.room(size);
    let ps = this.allTimes[this.count - 1];
    for (let i = 0; i < distances.length; ++i) {
      this.allTimes[this.count] = ps += distances[i];
      this.allValues[this.count++] = values[i];
    }
    this.show();
  }
}

// A message of changes: returns the time up to which it goes.
export function takeChanges(bytes, signals) {
  const reader = new Reader(bytes);
  for (let number; (number = reader.next()) !== 0;) {
    const count = reader.next(), distances = new Array(count), values = new Array(count);
    for (let i = 0; i < count; ++i) distances[i] = reader.next();
    for (let i = 0; i < count; ++i) values[i] = reader.next();
    if (signals[number - 1]) signals[number - 1].add(distances, values);
  }
  return reader.next();
}
