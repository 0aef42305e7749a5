// SPDX-License-Identifier: Apache-2.0
// Which rows the timeline has, in groups that fold, and what each is called.

// Kinds of rows: how a row is drawn and what its values mean.
//   bit        a level
//   activity   0 nothing, 1 delayed, 2 waiting, 3 running
//   gic        0 inactive, 1 pending, 2 active, 3 active and pending
//   core       a core: what runs, in which context
//   text, number

const GROUPS = [
  ["pins", (s) => s.scope === "pins"],
  ["lines", (s) => /^irq\.(handler|thread)$/.test(s.scope) || s.scope === "tasklet" || s.scope === "work"],
  ["cores", (s) => /^cores\./.test(s.scope)],
  ["off", (s) => s.scope === "off"],
  ["gpio", (s) => /^gpio/.test(s.scope)],
  ["gic", (s) => /^gic/.test(s.scope)],
  ["rest", () => true],
];
const FOLDED_AT_FIRST = new Set(["gpio", "gic", "rest"]);

// A thread has its action's name; "irq/19-button" and "irq/19-s-button" serve what "button" is called for.
function handlerOfThread(name) {
  const match = /^irq\/\d+-(?:s-)?(.*)$/.exec(name);
  return match ? match[1] : name;
}

function kindOf(signal, group) {
  if (signal.width === 0) return "text";
  if (signal.width === 1) return "bit";
  if (signal.width === 2) return group === "gic" ? "gic" : "activity";
  return "number";
}

// A core's signals together are one row.
function coreRow(signal, byName) {
  const core = /^cores\.(core\d+)$/.exec(signal.scope);
  if (!core || signal.name !== "running") return null;
  return { signal, kind: "core", group: "cores", label: core[1], context: byName.get(signal.scope + ".context"),
    edge: byName.get(signal.scope + ".edge") };
}

function shortLabel(signal) {
  return signal.full.replace(/^(pins|irq\.handler|irq\.thread|tasklet|work|gic\.interrupts|off|cores)\./, "").replace(/^(core\d+)\./, "$1 ");
}

// Handlers, each followed by its thread; what has no handler of its name comes behind them. `first`: the names of
// handlers that stand above all others.
function orderLines(rows, first) {
  const isOf = (scope) => (row) => row.signal.scope === scope;
  const threads = rows.filter(isOf("irq.thread"));
  const handlers = rows.filter(isOf("irq.handler"));
  handlers.sort((a, b) => first.has(b.signal.name) - first.has(a.signal.name));
  const ordered = [];
  for (const handler of handlers) {
    ordered.push(handler);
    for (const thread of threads)
      if (handlerOfThread(thread.signal.name) === handler.signal.name) ordered.push({ ...thread, depth: 1 });
  }
  const taken = new Set(ordered.map((row) => row.signal));
  const others = rows.filter((row) => !taken.has(row.signal));
  // What the pins' handlers caused stands before what the kernel does for itself.
  const own = ordered.filter((row) => first.has(handlerOfThread(row.signal.name)));
  return [...own, ...others, ...ordered.filter((row) => !own.includes(row))];
}

// A core's row, then what else is known of it.
function orderCores(rows) {
  const core = (row) => Number(/core(\d+)/.exec(row.signal.full)[1]);
  const ordered = rows.map((row) => (row.kind === "core" ? row : { ...row, depth: 1 }));
  return ordered.sort((a, b) => core(a) - core(b) || (b.kind === "core") - (a.kind === "core"));
}

const SCOPE_WORDS = { "irq.handler": "handler", "irq.thread": "thread" };

// No two rows have the same label: the scope tells them apart, then a number.
function makeUnique(rows) {
  const seen = new Map();
  for (const row of rows) seen.set(row.label, (seen.get(row.label) || 0) + 1);
  const used = new Map();
  for (const row of rows) {
    if (seen.get(row.label) > 1) row.label += " " + (SCOPE_WORDS[row.signal.scope] || row.signal.scope);
    const times = (used.get(row.label) || 0) + 1;
    used.set(row.label, times);
    if (times > 1) row.label += " " + times;
  }
}

// [{name, rows, folded}] in the order of the timeline. A signal that never changes is left out, except for a pin. `actions`:
// the names of the handlers that the run is about.
export function makeGroups(signals, actions = []) {
  const byName = new Map(signals.map((signal) => [signal.full, signal]));
  const groups = GROUPS.map(([name]) => ({ name, rows: [], folded: FOLDED_AT_FIRST.has(name) }));
  for (const signal of signals) {
    const index = GROUPS.findIndex(([, has]) => has(signal));
    const name = GROUPS[index][0];
    if (signal.times.length < 2 && name !== "pins" && name !== "cores") continue;
    if (/^cores\.core\d+$/.test(signal.scope) && ["context", "edge"].includes(signal.name)) continue;
    const row = coreRow(signal, byName) || { signal, kind: kindOf(signal, name), group: name, label: shortLabel(signal) };
    groups[index].rows.push({ depth: 0, ...row });
  }
  for (const group of groups) {
    if (group.name === "lines") group.rows = orderLines(group.rows, new Set(actions));
    if (group.name === "cores") group.rows = orderCores(group.rows);
  }
  makeUnique(groups.flatMap((group) => group.rows));
  return groups.filter((group) => group.rows.length > 0);
}

// What is shown, from the top: a heading for each group, and the rows of those that are not folded. `only`: nothing but
// these rows, without headings.
export function visibleRows(groups, only = null) {
  if (only) return groups.flatMap((group) => group.rows).filter((row) => only.has(row.signal.full));
  const shown = [];
  for (const group of groups) {
    shown.push({ heading: group });
    if (!group.folded) shown.push(...group.rows);
  }
  return shown;
}
