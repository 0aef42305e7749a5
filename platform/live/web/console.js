// SPDX-License-Identifier: Apache-2.0
// Methods of the page for the kernel's console: what it says, and a line with history and completion.
import { $, element } from "../../observe/report/web/dom.js";

const MOST_LINES = 4000;
const COMMANDS = ["cat", "chmod", "chrt", "dmesg", "echo", "grep", "head", "help", "insmod", "kill", "ls", "lsmod", "mkdir", "mknod",
  "modprobe", "mount", "ps", "rmmod", "sleep", "tail", "taskset", "true", "wc"];
const PATHS = ["/proc/interrupts", "/proc/softirqs", "/proc/stat", "/proc/iomem", "/proc/modules", "/proc/sys/kernel/printk",
  "/proc/irq/", "/sys/kernel/debug/gpio", "/sys/class/gpio/", "/sys/kernel/irq/", "/dev/"];

// What may stand in place of the last word of a line: words that begin with it.
export function completions(line, words) {
  const start = line.lastIndexOf(" ") + 1, begun = line.slice(start);
  if (!begun) return { start, words: [] };
  return { start, words: [...new Set(words)].filter((word) => word.startsWith(begun) && word !== begun).sort() };
}

// The longest beginning that all have.
export function common(words) {
  let head = words[0] || "";
  for (const word of words) while (!word.startsWith(head)) head = head.slice(0, -1);
  return head;
}

export const shell = {
  makeConsole() {
    this.history = [];
    this.historyAt = 0;
    this.seenWords = new Set();
    const input = $("line");
    input.onkeydown = (event) => {
      if (event.key === "Enter") this.enter(input);
      else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.recall(input, event.key === "ArrowUp" ? -1 : 1);
      else if (event.key === "Tab" && input.value.trim()) this.complete(input);
      else if (event.key === "c" && event.ctrlKey && input.selectionStart === input.selectionEnd) this.link.ask("interrupt");
      else return;
      event.preventDefault();
    };
    $("insmod").onclick = () => this.loadModule("insmod");
    $("rmmod").onclick = () => this.loadModule("rmmod");
  },
  enter(input) {
    const line = input.value.trim();
    input.value = "";
    if (!line) return;
    this.history.push(line);
    this.historyAt = this.history.length;
    this.link.ask(line[0] === ":" ? line.slice(1) : "line " + line);
  },
  recall(input, by) {
    this.historyAt = Math.max(0, Math.min(this.historyAt + by, this.history.length));
    input.value = this.history[this.historyAt] || "";
  },
  complete(input) {
    const pins = this.pins.map((pin) => pin.dataset.pin);
    const found = completions(input.value, [...COMMANDS, ...PATHS, ...pins, ...this.seenWords]);
    if (!found.words.length) return;
    const head = common(found.words);
    input.value = input.value.slice(0, found.start) + head + (found.words.length === 1 && !head.endsWith("/") ? " " : "");
    this.say(found.words.length > 1 ? found.words.slice(0, 30).join("  ") : "");
  },
  loadModule(what) {
    const name = $("module").value.trim();
    if (!name) return $("module").focus();
    this.link.ask("line " + what + " " + (what === "rmmod" ? name.split(/[ :]/)[0].replace(/^.*\//, "").replace(/\.(ko|c)$/, "") : name));
  },

  on_log({ text }) {
    const box = $("console"), atEnd = box.scrollTop + box.clientHeight >= box.scrollHeight - 30;
    this.unfinished = (this.unfinished || "") + text;
    const lines = this.unfinished.split("\n");
    this.unfinished = lines.pop();
    for (const line of lines) {
      const kind = line.startsWith("# ") ? "typed" : /^\[ *\d+\.\d+\]/.test(line) ? "kernel" : "";
      box.append(element("div", line || " ", kind));
      for (const path of line.match(/(?:\/[\w.-]+)+\/?/g) || []) this.seenWords.add(path);
    }
    while (box.childElementCount > MOST_LINES) box.firstElementChild.remove();
    if (atEnd) box.scrollTop = box.scrollHeight;
  },
};
