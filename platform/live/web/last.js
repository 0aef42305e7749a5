// SPDX-License-Identifier: Apache-2.0
// Why the last press took as long as it did: the way from the pin's last edge that was handled, out of the signals.
import { runningTotals } from "../../observe/report/web/selection.js";
import { lastIndex } from "../../observe/report/web/store.js";

const RUNS = 3; // the value of a handler's or thread's signal while it runs

// The first moment from `ps` on at which the signal gets the value; undefined: none.
function nextWith(signal, value, ps) {
  for (let i = lastIndex(signal.times, ps) + (signal.times[0] <= ps ? 0 : 0); i < signal.times.length; ++i)
    if (signal.times[i] >= ps && signal.values[i] === value) return signal.times[i];
  return undefined;
}

// {from, handler, thread, to, busy: [[name, ps]]} of the last edge of `line` that a handler of `name` served; null: none did.
export function lastWay(signals, cores, texts, line, name) {
  const find = (full) => signals.find((signal) => signal.full === full);
  const pin = find("pins." + line), handler = find("irq.handler." + name);
  if (!pin || !handler) return null;
  let called;
  for (let i = handler.times.length - 1; i > 0 && called === undefined; --i)
    if (handler.values[i] === RUNS) called = handler.times[i];
  if (called === undefined) return null;
  const from = pin.times[lastIndex(pin.times, called)];
  const thread = signals.find((s) => s.scope === "irq.thread" && (s.name === name || s.name.endsWith("-" + name)));
  const ran = thread && nextWith(thread, RUNS, called);
  const to = ran === undefined ? called : ran;
  const busy = runningTotals(cores, texts, from, to).filter(([task]) => !/^swapper|^exception$/.test(task) && task !== name);
  return { from, handler: called, thread: ran, to, busy };
}
