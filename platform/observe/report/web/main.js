// SPDX-License-Identifier: Apache-2.0
// The report: a page of a run that has ended, whose data it carries.
import { $ } from "./dom.js";
import { Page } from "./page.js";
import { decodeColumns, unpack } from "./store.js";
import { WORDS } from "./words.js";

// Opens the report that this page carries. `failures` collects what went wrong, for tests.
export async function openPage() {
  const started = performance.now(), failures = [];
  addEventListener("error", (event) => failures.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => failures.push(String(event.reason)));
  const data = JSON.parse($("data").textContent);
  const page = new Page(data, decodeColumns(await unpack($("columns").textContent), data.signals));
  page.connect();
  page.fill();
  document.documentElement.dataset.ready = Math.round(performance.now() - started);
  document.documentElement.dataset.opened = Math.round(performance.now());
  globalThis.report = { data, page, words: WORDS, failures, rows: () => page.rows.filter((entry) => !entry.heading),
    range: () => [page.view.from, page.view.to], marked: () => page.marked };
}
