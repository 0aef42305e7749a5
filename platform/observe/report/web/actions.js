// SPDX-License-Identifier: Apache-2.0
// Methods of the page for what a person does with it, whether by mouse or by keys.
import { $ } from "./dom.js";
import { duration } from "./format.js";
import { lastIndex } from "./store.js";
import { routeOf } from "./stories.js";
import { ROW_HEIGHT } from "./timeline.js";

export const actions = {
  select(from, to) {
    this.selection = from === null ? null : { from: Math.min(from, to), to: Math.max(from, to) };
    if (this.selection) this.showSelection();
    this.draw();
  },
  mark(edge) {
    this.marked = edge;
    this.say(edge ? this.t("marked", edge) : "");
    this.draw();
  },
  choose(r) {
    if (r < 0 || r >= this.rows.length) return;
    this.chosen = r;
    const y = r * ROW_HEIGHT, box = $("rows");
    if (y < box.scrollTop) box.scrollTop = y;
    if (y + ROW_HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = y + ROW_HEIGHT - box.clientHeight;
    this.draw();
  },
  togglePin(row) {
    if (!this.pinnedRows.delete(row.signal.full)) this.pinnedRows.add(row.signal.full);
    this.draw();
  },
  activate() {
    const entry = this.rows[this.chosen];
    if (!entry) return;
    if (entry.heading) {
      entry.heading.folded = !entry.heading.folded;
      this.updateRows();
    } else {
      const ps = (this.view.from + this.view.to) / 2;
      this.mark(this.describe(entry, ps).edge);
      this.showElement(entry, ps);
    }
  },
  step(direction) {
    const entry = this.rows[this.chosen];
    const row = entry && !entry.heading ? entry : this.rows.find((e) => !e.heading);
    if (!row) return;
    const { times } = row.signal, middle = (this.view.from + this.view.to) / 2;
    const i = lastIndex(times, middle);
    const next = direction > 0 ? i + 1 : times[i] < middle - 1 ? i : i - 1;
    if (next < 1 || next >= times.length) return;
    this.view.around(times[next], (this.view.to - this.view.from) / 2);
    this.say(this.describeLine(row, times[next]));
    this.showElement(row, times[next]);
  },
  followFinding(n) {
    if (!this.findings.length) return;
    this.finding = (n + this.findings.length) % this.findings.length;
    const f = this.findings[this.finding];
    this.view.around(f.ps, 1e9);
    this.showFinding(f);
    this.say(this.when(f.ps) + " " + f.text);
    $("work").scrollIntoView({ block: "nearest" });
  },
  followStory(n, alone = false) {
    const stories = this.stories();
    if (!stories.length) return;
    this.story = (n + stories.length) % stories.length;
    const story = stories[this.story];
    this.showWay(story, alone);
    this.fillStories();
    $("work").scrollIntoView({ block: "nearest" });
  },
  showWay(story, alone) {
    const end = story.worst.at_ns * 1000, length = story.stage.max_ns * 1000;
    this.route = routeOf(story, this.signals);
    this.only = alone ? new Set(this.route.map(({ full }) => full)) : null;
    if (!alone) for (const { full } of this.route) this.unfold(full);
    this.marked = story.worst.edge;
    this.updateRows();
    this.view.set(end - length * 1.25, end + length * 0.35);
    this.showDetails(story.sentence, story.steps.map((s) => [s.what, duration(s.to - s.from, 5)]));
    this.say(story.sentence);
  },
  unfold(full) {
    const row = this.rowOf(full);
    const group = row && this.groups.find((g) => g.name === row.group);
    if (group) group.folded = false;
  },
  toggleOnly() {
    if (this.only) {
      this.only = null;
      this.updateRows();
    } else {
      this.followStory(Math.max(this.story, 0), true);
    }
  },
  back() {
    this.only = null;
    this.route = [];
    this.select(null);
    this.mark(0);
    this.showNothing();
    this.updateRows();
  },
  find(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return;
    const start = this.chosen + 1;
    for (const row of this.allRows) if (row.label.toLowerCase().includes(wanted)) this.unfold(row.signal.full);
    this.updateRows();
    for (let k = 0; k < this.rows.length; ++k) {
      const r = (start + k) % this.rows.length, entry = this.rows[r];
      if (!entry.heading && entry.label.toLowerCase().includes(wanted)) {
        this.choose(r);
        this.say(entry.label);
        return;
      }
    }
    if (!this.findInLog(wanted)) this.say(this.t("no_match"));
  },
  // A line of the log leads to its time.
  findInLog(wanted) {
    const lines = this.data.dmesg.split("\n");
    const from = (this.logLine === undefined ? -1 : this.logLine) + 1;
    for (let k = 0; k < lines.length; ++k) {
      const at = (from + k) % lines.length;
      const stamp = /^\[ *(\d+)\.(\d{6})\]/.exec(lines[at]);
      if (!stamp || !lines[at].toLowerCase().includes(wanted)) continue;
      this.logLine = at;
      this.view.around((Number(stamp[1]) * 1e6 + Number(stamp[2])) * 1e6, (this.view.to - this.view.from) / 2);
      this.say(lines[at]);
      return true;
    }
    return false;
  },
};
