// SPDX-License-Identifier: Apache-2.0
// Making and finding elements of the page.

export const $ = (id) => document.getElementById(id);

export function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// A row of a table; the first `left` cells stand at the left.
export function tableRow(kind, cells, left = 1) {
  const row = element("tr");
  cells.forEach((cell, i) => row.append(element(kind, cell, i < left ? "l" : "")));
  return row;
}
