// SPDX-License-Identifier: Apache-2.0
// Methods of the page that fill the tables below the timeline, and the distribution of a stage.
import { $, element, tableRow } from "./dom.js";
import { duration } from "./format.js";
import { drawHistogram } from "./histogram.js";
import { TOTAL } from "./stories.js";
import { prepare } from "./timeline.js";

export const tables = {
  fillLatency() {
    const table = $("latency");
    table.textContent = "";
    const head = element("tr"), left = new Set(["line", "name", "mechanism", "stage", "worst", "cause"]);
    for (const key of ["line", "irq", "name", "mechanism", "edges", "handled", "merged", "lost", "stage"])
      head.append(element("th", this.t(key), left.has(key) ? "l" : ""));
    for (const key of ["p50", "p90", "p99", "max"]) head.append(element("th", key));
    head.append(element("th", this.t("worst"), "l"), element("th", this.t("cause"), "l"));
    table.append(head);
    const stories = this.stories();
    this.paths.forEach((p, i) => {
      const stage = p.stages[TOTAL[p.mechanism]] || {};
      const row = element("tr", undefined, "pick" + (i === this.path ? " on" : ""));
      row.tabIndex = 0;
      const cells = [[p.line, 1], [p.irq], [p.name, 1], [p.mechanism, 1], [p.edges], [p.handled], [p.merged], [p.lost],
        [TOTAL[p.mechanism], 1]];
      for (const [value, isLeft] of cells)
        row.append(element("td", value, isLeft ? "l" : ""));
      for (const key of ["p50_ns", "p90_ns", "p99_ns", "max_ns"]) row.append(element("td", stage[key] === undefined ? "-" : duration(stage[key] * 1000, 4)));
      const at = element("td", undefined, "l");
      if (stage.worst) {
        const link = element("a", this.when(stage.worst.at_ns * 1000) + " " + this.t("cpu") + stage.worst.cpu);
        link.href = "#worst-" + i;
        link.onclick = (event) => {
          event.preventDefault();
          event.stopPropagation();
          this.followStory(stories.findIndex((story) => story.index === i));
        };
        at.append(link);
      }
      const cause = stage.worst && stage.worst.cause;
      row.append(at, element("td", cause ? cause.kind + " " + cause.name + ", " + duration(cause.ns * 1000) : "", "l"));
      row.onclick = () => {
        this.path = i;
        $("stage").textContent = "";
        this.fillLatency();
      };
      row.onkeydown = (event) => {
        if (event.key === "Enter") row.onclick();
      };
      table.append(row);
    });
    this.fillStages();
  },
  fillStages() {
    const select = $("stage"), before = select.value, path = this.paths[this.path];
    select.textContent = "";
    if (path) {
      for (const name of Object.keys(path.stages)) select.append(new Option(name, name));
      select.value = [...select.options].some((option) => option.value === before) ? before : TOTAL[path.mechanism];
    }
    this.drawStage();
  },
  earlier(path) {
    const old = this.data.before && this.data.before.paths;
    return old ? old.find((p) => p.line === path.line && p.name === path.name && p.mechanism === path.mechanism) : undefined;
  },
  drawStage() {
    const path = this.paths[this.path], name = $("stage").value, stage = path && path.stages[name];
    const height = 220, [c, width] = prepare($("histogram"), stage ? height : 1);
    $("stage-said").textContent = "";
    if (!stage) return;
    const before = this.earlier(path);
    drawHistogram(c, width, height, stage, before && before.stages[name], this.colours, this.t("samples"));
    $("stage-said").textContent = ["count", "min_ns", "mean_ns", "p50_ns", "p90_ns", "p99_ns", "p999_ns", "max_ns"].map((key) =>
      (key === "count" ? stage[key] + " " + this.t("samples") : key.replace("_ns", "") + " " + duration(stage[key] * 1000))).join("   ");
  },
  fillCompare() {
    $("compare-section").hidden = !this.data.before;
    if (!this.data.before) return;
    const table = $("compare");
    table.textContent = "";
    table.append(tableRow("th", [this.t("line"), this.t("name"), this.t("stage"), "", this.t("before"), "", this.t("change")], 3));
    for (const path of this.paths) {
      const old = this.earlier(path);
      for (const [name, stage] of Object.entries(path.stages))
        for (const key of ["p50_ns", "p99_ns", "max_ns"]) {
          const was = old && old.stages[name] && old.stages[name][key];
          if (was === undefined || Math.abs(stage[key] - was) < 0.0005 * Math.max(was, 1)) continue;
          const row = tableRow("td", [path.line, path.name, name, key.replace("_ns", ""), duration(was * 1000, 4), duration(stage[key] * 1000, 4)], 3);
          const change = was > 0 ? (stage[key] / was - 1) * 100 : 0;
          row.append(element("td", (change > 0 ? "+" : "") + change.toFixed(1) + " %", change > 0 ? "worse" : "better"));
          table.append(row);
        }
    }
  },
  fillTables() {
    const off = $("off"), longest = [["irqs_off", this.data.latency.irqs_off || []], ["preempt_off", this.data.latency.preempt_off || []]];
    off.textContent = "";
    off.append(tableRow("th", ["what", "cpu", "duration", "at", "from", "to"].map((key) => this.t(key)), 6));
    for (const [key, list] of longest)
      for (const o of list) off.append(tableRow("td", [this.t(key), o.cpu, duration(o.max_ns * 1000), this.when(o.at_ns * 1000), o.from, o.to], 6));
    $("off-section").hidden = off.rows.length < 2;
    const irqs = $("irqs"), cpus = [...Array(this.data.cpus).keys()];
    irqs.textContent = "";
    irqs.append(tableRow("th", [this.t("irq"), ...cpus.map((n) => "CPU" + n), "", this.t("name")], 0));
    for (const r of this.data.irqs) {
      const row = tableRow("td", [r.irq, ...cpus.map((n) => r.counts[n] || 0)], 0);
      row.append(element("td", r.domain ? r.domain + " " + r.hwirq : "", "l"), element("td", r.names, "l"));
      irqs.append(row);
    }
    $("dmesg").textContent = this.data.dmesg;
  },
};
