// SPDX-License-Identifier: Apache-2.0
// The run's signals: each is a column of times (picoseconds since power-on) and a column of values.

// The last index whose time is not after ps. times[0] is the beginning of the run.
export function lastIndex(times, ps, low = 0, high = times.length - 1) {
  let a = low, b = high;
  while (a < b) {
    const middle = (a + b + 1) >> 1;
    if (times[middle] <= ps) a = middle;
    else b = middle - 1;
  }
  return a;
}

export function valueAt(signal, ps) {
  return signal.values[lastIndex(signal.times, ps)];
}

// Reads LEB128 numbers from bytes, one after the other.
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  next() {
    let byte = this.bytes[this.at++];
    if (byte < 128) return byte;
    let value = byte & 127, weight = 128;
    do {
      byte = this.bytes[this.at++];
      value += (byte & 127) * weight;
      weight *= 128;
    } while (byte > 127);
    return value;
  }
}

// The columns of all signals, in the order of `heads`: for each the times, as distances, then the values. A signal whose
// head names another one in `same` has the times of that one and no column of its own.
export function decodeColumns(bytes, heads) {
  const reader = new Reader(bytes);
  const signals = [];
  for (const head of heads) {
    const count = head.n;
    let times;
    if (head.same === undefined) {
      times = new Float64Array(count + 1);
      let ps = 0;
      for (let i = 1; i <= count; ++i) times[i] = ps += reader.next();
    } else {
      times = signals[head.same].times;
    }
    const values = head.width > 0 && head.width <= 32 ? new Uint32Array(count + 1) : new Float64Array(count + 1);
    values[0] = head.initial;
    for (let i = 1; i <= count; ++i) values[i] = reader.next();
    signals.push({ scope: head.scope, name: head.name, width: head.width, full: head.scope + "." + head.name, times, values });
  }
  return signals;
}

function fromBase64(text) {
  const raw = atob(text.trim());
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; ++i) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

// What the page carries: base64 of a zlib stream.
export async function unpack(text) {
  const stream = new Blob([fromBase64(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// How long a signal was in each of `classes` states up to a moment. Sums are made once, so that any stretch of time costs
// two searches however many changes it has.
export class Shares {
  // classOf(index): the class of the stretch that begins at the signal's change `index`, or -1.
  constructor(signal, classes, classOf, end) {
    const count = signal.times.length;
    this.times = signal.times;
    this.end = end;
    this.classOf = classOf;
    this.sums = Array.from({ length: classes }, () => new Float64Array(count));
    const running = new Float64Array(classes);
    for (let i = 1; i < count; ++i) {
      const before = classOf(i - 1);
      if (before >= 0) running[before] += this.times[i] - this.times[i - 1];
      for (let c = 0; c < classes; ++c) this.sums[c][i] = running[c];
    }
  }
  upTo(c, ps, index) {
    const extra = this.classOf(index) === c ? Math.min(ps, this.end) - this.times[index] : 0;
    return this.sums[c][index] + Math.max(extra, 0);
  }
  // Time in each class between two moments.
  between(from, to) {
    const i = lastIndex(this.times, from), j = lastIndex(this.times, to, i);
    return this.sums.map((sum, c) => this.upTo(c, to, j) - this.upTo(c, from, i));
  }
}
