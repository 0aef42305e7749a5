// SPDX-License-Identifier: Apache-2.0
// The page: fills it from the run's data and connects what a person does with what is shown.
import { actions } from "./actions.js";
import { details } from "./details.js";
import { $ } from "./dom.js";
import { events } from "./events.js";
import { findingOf, groupFindings } from "./findings.js";
import { fill, moment } from "./format.js";
import { panels } from "./panels.js";
import { makeGroups, visibleRows } from "./rows.js";
import { screen } from "./screen.js";
import { tables } from "./tables.js";
import { Painter } from "./timeline.js";
import { View } from "./view.js";
import { WORDS } from "./words.js";

export class Page {
  constructor(data, signals) {
    this.data = data;
    this.signals = signals;
    this.lang = /^zh/i.test(navigator.language || "") ? "zh" : "en";
    this.colours = {};
    this.view = new View(data.end_ps, () => this.draw());
    this.painter = new Painter(data, this.view, this.colours);
    this.groups = makeGroups(signals, data.latency.paths.map((path) => path.name));
    this.allRows = this.groups.flatMap((group) => group.rows);
    this.paths = data.latency.paths;
    this.findings = groupFindings((data.latency.findings || []).map(findingOf));
    this.pinnedRows = new Set(); // full names
    this.only = null; // the rows of one way, and nothing else
    this.route = [];
    this.marked = 0; // an edge
    this.selection = null; // {from, to}
    this.chosen = 0;
    this.path = 0; // of the latency table
    this.finding = this.story = -1;
  }

  t(key, ...args) {
    return fill(WORDS[this.lang][key] || key, args);
  }
  when(ps) {
    return moment(ps, this.data.zero_ps);
  }
  say(text) {
    $("said").textContent = text;
  }

  updateRows() {
    for (const group of this.groups) group.title = this.t("group_" + group.name);
    this.rows = visibleRows(this.groups, this.only).map((entry) => (entry.heading ? { ...entry, title: entry.heading.title } : entry));
    this.chosen = Math.max(0, Math.min(this.chosen, this.rows.length - 1));
    $("only").setAttribute("aria-pressed", this.only !== null);
    $("only").textContent = this.t(this.only ? "all_rows" : "only_way");
    this.draw();
  }
  rowOf(full) {
    return this.allRows.find((row) => row.signal.full === full);
  }

  fill() {
    document.documentElement.lang = this.lang;
    for (const e of document.querySelectorAll("[data-t]")) e.textContent = this.t(e.dataset.t);
    $("lang").textContent = this.t("other");
    $("search").placeholder = this.t("search") + " (/)";
    $("command").firstElementChild.textContent = this.data.command.join(" ");
    this.fillCards();
    this.fillStories();
    this.fillFindings();
    this.fillLegend();
    this.fillLatency();
    this.fillCompare();
    this.fillTables();
    this.showNothing();
    this.updateRows();
  }
}
Object.assign(Page.prototype, screen, details, actions, panels, tables, events);
