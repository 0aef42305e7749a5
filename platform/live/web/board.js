// SPDX-License-Identifier: Apache-2.0
// Methods of the page that show the board: 160 pins by bank and name, buttons, levels, outputs.
import { $, element } from "../../observe/report/web/dom.js";

const BANKS = 5, PINS = 32, PIN_GROUPS = "ABCD";

export function pinName(bank, pin) {
  return "GPIO" + bank + "_" + PIN_GROUPS[pin >> 3] + (pin & 7);
}

export const board = {
  makeBoard() {
    const table = $("board");
    this.pins = [];
    this.held = new Set();
    for (let bank = 0; bank < BANKS; ++bank) {
      const row = element("div", undefined, "bank");
      row.append(element("span", "GPIO" + bank, "bank-name"));
      for (let pin = 0; pin < PINS; ++pin) {
        const button = element("button", PIN_GROUPS[pin >> 3] + (pin & 7), "pin");
        button.dataset.pin = pinName(bank, pin);
        if (pin && pin % 8 === 0) row.append(element("span", undefined, "gap"));
        this.connectPin(button);
        row.append(button);
        this.pins.push(button);
      }
      table.append(row);
    }
  },
  connectPin(button) {
    const name = button.dataset.pin;
    button.onpointerdown = (event) => {
      if (event.button !== 0) return;
      button.setPointerCapture(event.pointerId);
      if (event.shiftKey) this.toggleLevel(name);
      else this.hold(name);
    };
    button.onpointerup = button.onpointercancel = () => this.letGo(name);
    button.onkeydown = (event) => {
      if (event.key === "t") this.toggleLevel(name);
      else if ((event.key === " " || event.key === "Enter") && !event.repeat) this.hold(name);
      else if (event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      event.stopPropagation();
    };
    button.onkeyup = (event) => {
      if (event.key === " " || event.key === "Enter") this.letGo(name);
    };
    button.onblur = () => this.letGo(name);
  },
  hold(name) {
    this.held.add(name);
    this.lastPin = name;
    this.link.ask("press " + name);
  },
  letGo(name) {
    if (this.held.delete(name)) this.link.ask("release " + name);
  },
  toggleLevel(name) {
    const button = this.pins.find((pin) => pin.dataset.pin === name);
    this.lastPin = name;
    this.link.ask("level " + name + " " + (button.classList.contains("high") ? 0 : 1));
  },

  on_pins({ banks }) {
    banks.forEach((bank, b) => {
      for (let pin = 0; pin < PINS; ++pin) {
        const button = this.pins[b * PINS + pin], drives = (bank.out >>> pin) & 1;
        if (drives) button.classList.add("out"); // what was driven high once is an output
        button.classList.toggle("lit", drives === 1);
        button.classList.toggle("high", ((bank.in >>> pin) & 1) === 1);
      }
    });
    this.titlePins();
  },
  // Who listens on a pin, from the interrupts that were requested.
  titlePins() {
    for (const button of this.pins) button.classList.remove("used");
    const names = new Map();
    for (const path of this.paths) if (path.mechanism === "hardirq") names.set(path.line, path.name);
    for (const irq of this.data.irqs) {
      const bank = /gpio(\d)$/.exec(irq.domain);
      if (bank) names.set(pinName(Number(bank[1]), irq.hwirq), irq.names);
    }
    for (const button of this.pins) {
      const name = names.get(button.dataset.pin);
      button.classList.toggle("used", name !== undefined);
      const state = this.t(button.classList.contains("high") ? "is_high" : "is_low");
      button.title = button.dataset.pin + (name ? ": " + name : "") + " · " + state;
      button.setAttribute("aria-label", button.title);
    }
    const used = [...names.entries()].map(([pin, name]) => pin + " " + name);
    $("used").textContent = used.length ? used.join(", ") : this.t("no_listener");
  },
};
