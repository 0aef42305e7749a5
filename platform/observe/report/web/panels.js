// SPDX-License-Identifier: Apache-2.0
// Methods of the page that fill its first screen: slowest ways, findings, numbers.
import { $, element } from "./dom.js";
import { shapesOf } from "./drawing.js";
import { duration } from "./format.js";
import { makeStories } from "./stories.js";
import { WORDS } from "./words.js";

export const panels = {
  stories() {
    return makeStories(this.paths, WORDS[this.lang]);
  },
  fillStories() {
    const box = $("stories"), stories = this.stories(), most = 3;
    box.textContent = "";
    stories.slice(0, this.allStories ? stories.length : most).forEach((story, i) => {
      const card = element("button", undefined, "story" + (i === this.story ? " on" : ""));
      card.append(element("span", story.sentence), this.picture(story));
      card.onclick = () => this.followStory(i);
      box.append(card);
    });
    if (stories.length > most && !this.allStories) {
      const more = element("button", this.t("more_ways", stories.length - most));
      more.onclick = () => {
        this.allStories = true;
        this.fillStories();
      };
      box.append(more);
    }
    if (!stories.length) box.append(element("p", this.t("no_ways"), "dim"));
  },
  picture(story) {
    const namespace = $("svg").namespaceURI;
    const svg = document.createElementNS(namespace, "svg");
    const width = 640;
    svg.setAttribute("viewBox", "0 0 " + width + " 44");
    svg.setAttribute("preserveAspectRatio", "none");
    const put = (name, attributes, text) => {
      const node = document.createElementNS(namespace, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      if (text) node.textContent = text;
      svg.append(node);
    };
    for (const shape of shapesOf(story.steps, width)) {
      put("rect", { x: shape.x, y: 16, width: shape.w, height: 12, fill: "var(--" + shape.colour + ")", rx: 2 });
      put("text", { x: shape.x + 1, y: 11 }, shape.amount);
      put("text", { x: shape.x + 1, y: 40, class: "small" }, shape.label.length * 6 > shape.w ? "" : shape.label);
    }
    if (!story.steps.length) svg.setAttribute("hidden", "");
    return svg;
  },
  fillFindings() {
    const list = $("findings");
    list.textContent = "";
    this.findings.forEach((f, i) => {
      const item = element("li"), link = element("a", this.when(f.ps));
      link.href = "#finding-" + i;
      link.onclick = (event) => {
        event.preventDefault();
        this.followFinding(i);
      };
      item.append(link, " ", element("code", f.text), f.count > 1 ? " (" + this.t("times", f.count) + ")" : "",
        f.place ? element("div", f.place, "dim") : "");
      list.append(item);
    });
    if (!this.findings.length) list.append(element("div", this.t("no_findings"), "dim"));
  },
  fillCards() {
    const cards = $("cards"), lines = new Map();
    for (const p of this.paths) if (p.mechanism === "hardirq") lines.set(p.line + "/" + p.name, p);
    const sum = (key) => [...lines.values()].reduce((n, p) => n + p[key], 0);
    cards.textContent = "";
    for (const [value, key, bad] of [[duration(this.data.end_ps, 4), "simulated"], [sum("edges"), "edges"], [sum("handled"), "handled"],
      [sum("merged"), "merged"], [sum("lost"), "lost", sum("lost")], [this.findings.length, "found", this.findings.length],
      [this.data.changes, "changes"], [this.data.seed, "seed"]]) {
      const card = element("span", undefined, bad ? "bad" : "");
      card.append(element("b", value), " " + this.t(key));
      cards.append(card);
    }
  },
  fillLegend() {
    const legend = $("legend");
    legend.textContent = "";
    for (const [key, colour] of [["hardirq", "hard"], ["softirq", "soft"], ["task", "task"], ["waiting", "wait"], ["running", "run"],
      ["delayed", "delay"], ["same_edge", "mark"]]) {
      const swatch = element("span", undefined, "swatch");
      swatch.style.background = "var(--" + colour + ")";
      legend.append(swatch, this.t(key));
    }
  },
};
