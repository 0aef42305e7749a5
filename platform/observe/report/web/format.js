// SPDX-License-Identifier: Apache-2.0
// Times and numbers as people read them.

const UNITS = [[1e12, "s"], [1e9, "ms"], [1e6, "us"], [1e3, "ns"], [1, "ps"]];

// A duration in picoseconds: "301 us", "1.51 ns".
export function duration(ps, digits = 3) {
  const amount = Math.abs(ps);
  const [size, name] = UNITS.find(([unit]) => amount >= unit) || UNITS[UNITS.length - 1];
  return Number((ps / size).toPrecision(digits)) + " " + name;
}

// A moment, in seconds from `zero` on, to the nanosecond.
export function moment(ps, zero) {
  return ((ps - zero) / 1e12).toFixed(9) + " s";
}

// A distance on an axis whose steps are `step` long: no more digits than tell two steps apart.
export function tick(ps, step) {
  if (ps === 0) return "0";
  const [size, name] = UNITS.find(([unit]) => Math.abs(ps) >= unit) || UNITS[UNITS.length - 1];
  const digits = Math.max(0, Math.ceil(Math.log10(size / step) - 1e-9));
  return (ps / size).toFixed(digits) + " " + name;
}

// A step of 1, 2 or 5 times a power of ten that is at least `least`.
export function niceStep(least) {
  const power = Math.pow(10, Math.floor(Math.log10(least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * (1 - 1e-9));
}

export function percent(part, whole) {
  return whole > 0 ? Number((100 * part / whole).toPrecision(3)) + " %" : "-";
}

// "{0} waited {1}" with its arguments in place.
export function fill(template, args) {
  return template.replace(/\{(\d)\}/g, (whole, index) => (args[index] === undefined ? whole : args[index]));
}
