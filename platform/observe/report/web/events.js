// SPDX-License-Identifier: Apache-2.0
// Methods of the page that listen: keys, mouse, buttons.
import { $ } from "./dom.js";
import { LABEL_WIDTH, ROW_HEIGHT } from "./timeline.js";

export const events = {
  psAt(event) {
    const box = $("lines").getBoundingClientRect();
    return this.view.from + (event.clientX - box.left - LABEL_WIDTH) / (box.width - LABEL_WIDTH) * (this.view.to - this.view.from);
  },
  rowAt(event) {
    return Math.floor((event.clientY - $("lines").getBoundingClientRect().top) / ROW_HEIGHT);
  },
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.id === "search") {
      if (event.key === "Enter") this.find(event.target.value);
      if (event.key === "Escape") $("lines").focus();
      return;
    }
    if (/^(SELECT|INPUT)$/.test(event.target.tagName)) return;
    const onControl = /^(BUTTON|A|TR|SUMMARY)$/.test(event.target.tagName);
    const actions = {
      "+": () => this.view.zoom(2, this.anchor()), "=": () => this.view.zoom(2, this.anchor()), "-": () => this.view.zoom(0.5, this.anchor()),
      "0": () => this.view.everything(), ArrowLeft: () => this.view.move(-0.2), ArrowRight: () => this.view.move(0.2),
      j: () => this.choose(this.chosen + 1), k: () => this.choose(this.chosen - 1), n: () => this.step(1), p: () => this.step(-1),
      f: () => this.followFinding(this.finding + 1), F: () => this.followFinding(this.finding - 1),
      w: () => this.followStory(this.story + 1), W: () => this.followStory(this.story - 1), o: () => this.toggleOnly(),
      x: () => this.rows[this.chosen] && !this.rows[this.chosen].heading && this.togglePin(this.rows[this.chosen]),
      m: () => this.measureByKey(), "/": () => $("search").focus(), Escape: () => this.back(),
    };
    if (!onControl) actions.Enter = () => this.activate();
    if (!actions[event.key]) return;
    actions[event.key]();
    event.preventDefault();
  },
  // Zooming keeps the selection in its place, or the middle.
  anchor() {
    const s = this.selection;
    const middle = s && (s.from + s.to) / 2;
    return s && middle > this.view.from && middle < this.view.to ? middle : undefined;
  },
  // The first m sets one end at the middle of what is shown, the second one the other.
  measureByKey() {
    const middle = (this.view.from + this.view.to) / 2;
    if (this.measureFrom === undefined) {
      this.measureFrom = middle;
      this.select(middle, middle);
    } else {
      this.select(this.measureFrom, middle);
      this.measureFrom = undefined;
    }
  },
  onDrag(event) {
    const drag = this.drag;
    if (!drag || !(event.buttons & 1)) return;
    if (Math.abs(event.clientX - drag.x) > 3) drag.moved = true;
    if (!drag.moved) return;
    if (drag.minimap) this.moveMinimap(event);
    else if (drag.measures) this.select(drag.ps, this.psAt(event));
    else {
      const ps = (event.clientX - drag.x) / (this.width - LABEL_WIDTH) * (drag.to - drag.from);
      this.view.set(drag.from - ps, drag.to - ps);
    }
  },
  moveMinimap(event) {
    const box = $("minimap").getBoundingClientRect();
    const ps = (event.clientX - box.left - LABEL_WIDTH) / (box.width - LABEL_WIDTH) * this.data.end_ps;
    this.view.around(ps, (this.view.to - this.view.from) / 2);
  },
  onRelease(event) {
    const drag = this.drag;
    this.drag = null;
    if (!drag || drag.moved || event.target !== $("lines")) return;
    const r = this.rowAt(event), entry = this.rows[r];
    if (!entry) return;
    this.chosen = r;
    if (entry.heading) this.activate();
    else {
      this.select(null);
      this.mark(this.describe(entry, this.psAt(event)).edge);
      this.showElement(entry, this.psAt(event));
    }
  },
  onHover(event) {
    const entry = this.rows[this.rowAt(event)], tip = $("tip"), box = $("view").getBoundingClientRect();
    const hide = !entry || entry.heading || (this.drag && this.drag.moved) || event.clientX < box.left + LABEL_WIDTH;
    tip.style.display = hide ? "none" : "block";
    if (hide) return;
    tip.textContent = this.describeLine(entry, this.psAt(event)).replace(/ · /g, "\n");
    tip.style.left = Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 4) + "px";
    tip.style.top = Math.min(event.clientY - box.top + 14, box.height - tip.offsetHeight - 4) + "px";
  },
  toggleTheme() {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    this.recolour();
  },
  recolour() {
    this.readColours();
    this.draw();
    this.drawStage();
  },
  connect() {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
    dark.addEventListener("change", () => {
      document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
      this.recolour();
    });
    addEventListener("keydown", (event) => this.onKey(event));
    const lines = $("lines");
    lines.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.view.zoom(Math.exp(-event.deltaY / 300), this.psAt(event));
    }, { passive: false });
    lines.addEventListener("mousedown", (event) => {
      this.drag = { x: event.clientX, from: this.view.from, to: this.view.to, ps: this.psAt(event), measures: event.shiftKey, moved: false };
      if (event.shiftKey) event.preventDefault();
    });
    $("minimap").addEventListener("mousedown", (event) => {
      this.drag = { x: event.clientX, minimap: true, moved: true };
      this.moveMinimap(event);
    });
    addEventListener("mousemove", (event) => this.onDrag(event));
    addEventListener("mouseup", (event) => this.onRelease(event));
    lines.addEventListener("mousemove", (event) => this.onHover(event));
    lines.addEventListener("mouseleave", () => {
      $("tip").style.display = "none";
    });
    $("rows").addEventListener("scroll", () => this.draw());
    addEventListener("resize", () => {
      this.draw();
      this.drawStage();
    });
    $("fit").onclick = () => this.view.everything();
    $("in").onclick = () => this.view.zoom(2, this.anchor());
    $("out").onclick = () => this.view.zoom(0.5, this.anchor());
    $("left").onclick = () => this.view.move(-0.33);
    $("right").onclick = () => this.view.move(0.33);
    $("only").onclick = () => this.toggleOnly();
    $("stage").onchange = () => this.drawStage();
    $("lang").onclick = () => {
      this.lang = this.lang === "en" ? "zh" : "en";
      this.fill();
    };
    $("theme").onclick = () => this.toggleTheme();
    this.readColours();
  },
};
