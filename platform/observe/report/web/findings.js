// SPDX-License-Identifier: Apache-2.0
// What the kernel reported: one entry for each kind and place.

// A finding as the page shows it, from one of the run's JSON.
export function findingOf({ first_ns, last_ns, stack, ...rest }) {
  const calls = (stack || []).map(({ symbol, module, place }) =>
    symbol + (module ? " [" + module + "]" : "") + (place ? "  " + place : ""));
  return { ...rest, ps: first_ns * 1000, last_ps: last_ns * 1000, stack: calls.length ? calls : null };
}

// A finding: {ps, text, kind, place, count, last_ps, hint, stack}; all but the first two may be missing. Entries of the
// same kind and place become one, with how often it came and when first and last.
export function groupFindings(findings) {
  const groups = new Map();
  findings.forEach((finding, index) => {
    const key = (finding.kind || finding.text) + "\n" + (finding.place || "");
    const count = finding.count || 1;
    const last = finding.last_ps || finding.ps;
    const group = groups.get(key);
    if (group) {
      group.count += count;
      group.last_ps = Math.max(group.last_ps, last);
    } else {
      groups.set(key, { ...finding, count, last_ps: last, index });
    }
  });
  return [...groups.values()].sort((a, b) => a.ps - b.ps);
}
