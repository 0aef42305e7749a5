// SPDX-License-Identifier: Apache-2.0
// Methods of the page that fill the pane beside the timeline: a finding, what was clicked, a stretch of time.
import { $, element, tableRow } from "./dom.js";
import { duration, percent } from "./format.js";
import { handlerCounts, runningTotals } from "./selection.js";
import { lastIndex, valueAt } from "./store.js";

export const details = {
  describe(row, ps) {
    const { times, values } = row.signal;
    const i = lastIndex(times, ps), value = values[i];
    const until = i + 1 < times.length ? times[i + 1] : this.data.end_ps;
    const states = { activity: ["nothing", "delayed", "waiting", "running"], gic: ["nothing", "pending", "active", "active_pending"] }[row.kind];
    const what = states ? this.t(states[value & 3]) : row.kind === "bit" ? String(value) : this.painter.textOf(row, i);
    const edge = row.edge ? valueAt(row.edge, Math.max(times[i], ps)) : 0;
    return { index: i, what, from: times[i], until, edge };
  },
  describeLine(row, ps) {
    const d = this.describe(row, ps);
    return row.label + ": " + d.what + " · " + this.t("since") + " " + this.when(d.from) + " " + this.t("for") + " " + duration(d.until - d.from, 6) +
      (d.edge ? " · " + this.t("edge") + " " + d.edge : "");
  },

  showDetails(title, pairs, ...more) {
    const pane = $("details");
    pane.textContent = "";
    pane.append(element("h3", title));
    const list = element("dl");
    for (const [key, value] of pairs) if (value !== undefined && value !== "") list.append(element("dt", key), element("dd", value));
    pane.append(list, ...more);
  },
  showNothing() {
    $("details").textContent = "";
    $("details").append(element("h3", this.t("details")), element("p", this.t("nothing_chosen"), "dim"));
  },
  showElement(row, ps) {
    const d = this.describe(row, ps);
    const pin = element("button", this.t(this.pinnedRows.has(row.signal.full) ? "unpin_row" : "pin_row"));
    pin.onclick = () => this.togglePin(row);
    this.showDetails(row.label, [["", d.what], [this.t("since"), this.when(d.from)], [this.t("for"), duration(d.until - d.from, 6)],
      [this.t("edge"), d.edge || ""]], pin);
  },
  showFinding(f) {
    const more = [];
    if (f.hint) more.push(element("p", f.hint));
    if (f.stack) more.push(element("h3", this.t("stack")), element("pre", Array.isArray(f.stack) ? f.stack.join("\n") : f.stack));
    this.showDetails(f.text, [[this.t("place"), f.place], [this.t("first"), this.when(f.ps)],
      [this.t("last"), f.count > 1 ? this.when(f.last_ps) : ""], ["", f.count > 1 ? this.t("times", f.count) : ""]], ...more);
  },
  showSelection() {
    const { from, to } = this.selection, whole = to - from;
    const cores = this.allRows.filter((row) => row.kind === "core");
    const ran = element("table"), called = element("table");
    ran.append(tableRow("th", [this.t("ran"), "", this.t("share")]));
    for (const [name, ps] of runningTotals(cores, this.data.texts, from, to).slice(0, 20))
      ran.append(tableRow("td", [name, duration(ps, 4), percent(ps, whole * Math.max(cores.length, 1))]));
    const counts = handlerCounts(this.allRows, from, to);
    if (counts.length) called.append(tableRow("th", [this.t("handlers_called"), ""]));
    for (const [name, count] of counts) called.append(tableRow("td", [name, count]));
    this.showDetails(this.t("totals", this.when(from), this.when(to), duration(whole, 5)), [], ran, element("br"), called);
    this.say(this.t("totals", this.when(from), this.when(to), duration(whole, 5)));
  },
};
