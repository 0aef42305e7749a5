// SPDX-License-Identifier: Apache-2.0
// The live page: the report's page of a run that goes on, with the board and the kernel's console.
import { board } from "./board.js";
import { shell } from "./console.js";
import { $, element } from "../../observe/report/web/dom.js";
import { findingOf, groupFindings } from "../../observe/report/web/findings.js";
import { duration, fill, moment } from "../../observe/report/web/format.js";
import { lastWay } from "./last.js";
import { Link } from "./link.js";
import { LIVE_WORDS } from "./live_words.js";
import { Page } from "../../observe/report/web/page.js";
import { makeGroups } from "../../observe/report/web/rows.js";
import { GrowingSignal, takeChanges } from "./store_live.js";

const FIRST_SPAN = 2e12; // ps that are shown while the timeline is followed
const NOTHING = { latency: { paths: [], findings: [], irqs_off: [], preempt_off: [] }, irqs: [] };

export class LivePage extends Page {
  constructor() {
    super({ command: [], seed: 0, cpus: 4, zero_ps: 0, end_ps: 1, changes: 0, texts: [], dmesg: "", ...NOTHING }, []);
    this.following = true;
    this.state = {};
    this.mappedTo = 0; // the map of the whole run shows it up to there
  }
  t(key, ...args) {
    const own = LIVE_WORDS[this.lang][key];
    return own === undefined ? super.t(key, ...args) : fill(own, args);
  }

  open() {
    this.connect();
    this.makeBoard();
    this.makeConsole();
    for (const words of ["run", "pause", "step edge", "step irq", "step switch", "step finding"])
      $(words.replace(" ", "_")).onclick = () => this.link.ask(words);
    $("speed").onchange = () => this.link.ask("speed " + $("speed").value);
    $("bounce").onchange = () => this.link.ask("bounce " + ($("bounce").checked ? "on" : "off"));
    $("follow").onclick = () => this.follow(!this.following);
    $("save").onclick = () => this.link.ask("recording");
    $("end").onclick = () => this.link.ask("quit");
    for (const id of ["lines", "minimap"]) $(id).addEventListener("mousedown", () => this.follow(false));
    $("lines").addEventListener("wheel", () => this.follow(false));
    for (const id of ["fit", "in", "out", "left", "right"]) $(id).addEventListener("click", () => this.follow(false));
    this.fill();
    this.follow(true);
    this.link = new Link(this);
    const frame = () => {
      if (this.dirty) this.refresh();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }
  follow(on) {
    this.following = on;
    $("follow").setAttribute("aria-pressed", on);
    this.dirty = true;
  }
  onKey(event) {
    if (event.target.id === "line" || event.target.id === "module") return;
    if (event.target.classList && event.target.classList.contains("pin") && [" ", "Enter", "t"].includes(event.key)) return;
    if (event.key === "r" && !event.ctrlKey) this.link.ask(this.state.paused ? "run" : "pause");
    else if (event.key === "c" && !event.ctrlKey) $("line").focus();
    else {
      if (["+", "-", "=", "0", "ArrowLeft", "ArrowRight", "w", "W", "f", "F", "n", "p"].includes(event.key) && !/^(SELECT|INPUT)$/.test(event.target.tagName))
        this.follow(false);
      super.onKey(event);
      return;
    }
    event.preventDefault();
  }

  // What has come since the last frame, drawn once.
  refresh() {
    this.dirty = false;
    if (this.newRows) this.makeRows();
    this.view.end = Math.max(this.data.end_ps, 1);
    if (this.data.end_ps > this.mappedTo * 1.02) {
      this.busy = undefined;
      this.mappedTo = this.data.end_ps;
    }
    this.painter.shares.clear();
    if (this.following) this.view.set(this.data.end_ps - FIRST_SPAN * 0.97, this.data.end_ps + FIRST_SPAN * 0.03);
    else this.draw();
    $("now").textContent = moment(this.data.end_ps, this.data.zero_ps);
  }
  // Rows appear with the first change of their signal.
  makeRows() {
    this.newRows = false;
    const folded = new Map(this.groups.map((group) => [group.name, group.folded]));
    const moved = this.signals.filter((signal) => signal.scope !== "pins" || signal.count > 1);
    this.groups = makeGroups(moved, this.paths.map((path) => path.name));
    for (const group of this.groups) if (folded.has(group.name)) group.folded = folded.get(group.name);
    this.allRows = this.groups.flatMap((group) => group.rows);
    this.updateRows();
  }

  on_head(head) {
    Object.assign(this.data, head);
    this.signals.length = 0;
    this.data.texts.length = 0;
    $("console").textContent = "";
    this.mappedTo = 0;
    this.fill();
  }
  on_more({ signals, texts }) {
    for (const head of signals) this.signals.push(new GrowingSignal(head));
    this.data.texts.push(...texts);
    this.newRows = this.dirty = true;
  }
  onChanges(bytes) {
    const shown = this.signals.filter((signal) => signal.count > 1).length;
    this.data.end_ps = takeChanges(bytes, this.signals);
    if (this.signals.filter((signal) => signal.count > 1).length !== shown) this.newRows = true;
    this.dirty = true;
  }
  on_state(state) {
    this.state = state;
    this.data.zero_ps = state.zero_ps;
    $("run").setAttribute("aria-pressed", !state.paused);
    $("pause").setAttribute("aria-pressed", state.paused);
    const speed = state.speed === 0 ? "max" : String(state.speed);
    if (![...$("speed").options].some((option) => option.value === speed)) $("speed").append(new Option(speed, speed));
    $("speed").value = speed;
    $("bounce").checked = state.bounce;
    $("prompt").textContent = state.prompt ? "#" : "…";
    this.showState();
    this.dirty = true;
  }
  showState() {
    const s = this.state;
    const key = !s.booted ? "state_booting" : s.quitting ? "state_ending" : s.paused ? "state_paused" : "state_running";
    $("state").textContent = this.t(key) + (s.step ? " · " + this.t("stopped_at", s.step) : "");
  }
  on_latency({ now }) {
    this.data.latency = now.latency;
    this.data.irqs = now.irqs;
    this.paths = now.latency.paths;
    this.findings = groupFindings((now.latency.findings || []).map(findingOf));
    this.newRows = this.dirty = true;
    this.fillNow();
  }
  fillNow() {
    this.data.changes = this.signals.reduce((sum, signal) => sum + signal.count - 1, 0);
    this.fillCards();
    this.fillStories();
    this.fillFindings();
    this.fillLatency();
    this.fillTables();
    this.titlePins();
    this.showLast();
  }
  showLast() {
    const box = $("last");
    box.textContent = "";
    const path = this.paths.find((p) => p.mechanism === "hardirq" && p.line === this.lastPin) || this.paths.find((p) => p.mechanism === "hardirq");
    const cores = this.allRows.filter((row) => row.kind === "core");
    const way = path && lastWay(this.signals, cores, this.data.texts, path.line, path.name);
    if (!way) {
      box.append(element("p", this.t("last_none"), "dim"));
      return;
    }
    const say = way.thread === undefined ? "last_handler" : "last_thread";
    box.append(element("p", this.t(say, path.line, path.name, duration(way.handler - way.from), duration(way.to - way.from))));
    const busy = way.busy.slice(0, 3).map(([name, ps]) => name + " " + duration(ps));
    if (busy.length) box.append(element("p", this.t("last_busy", busy.join(", "))));
    const show = element("button", this.t("show_way"));
    show.onclick = () => {
      this.follow(false);
      const span = Math.max(way.to - way.from, 1e5);
      this.view.set(way.from - span * 0.3, way.to + span * 0.3);
    };
    box.append(show);
  }
  on_recording({ stimulus, command }) {
    for (const [name, text] of [["live.stim", stimulus], ["live.sh", "#!/bin/sh\n" + command + ' "$@"\n']]) {
      const link = element("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
      link.download = name;
      link.click();
    }
    this.recording = { stimulus, command };
  }
  on_error({ text }) {
    this.say(text);
  }
  on_ended({ text }) {
    this.ended = true;
    $("state").textContent = text;
  }
  onGone() {
    if (!this.ended) $("state").textContent = this.t("state_gone");
    document.documentElement.dataset.gone = "1";
  }

  fill() {
    super.fill();
    $("module").placeholder = this.t("module");
    if (this.pins) this.titlePins();
    if ($("last")) this.showLast();
    if (this.state.type) this.showState();
  }
}
Object.assign(LivePage.prototype, board, shell);

// Opens the page. `failures` collects what went wrong, for tests.
export function openPage() {
  const failures = [];
  addEventListener("error", (event) => failures.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => failures.push(String(event.reason)));
  const page = new LivePage();
  globalThis.live = { page, failures };
  page.open();
}
