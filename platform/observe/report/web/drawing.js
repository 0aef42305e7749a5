// SPDX-License-Identifier: Apache-2.0
// The small picture of one way: its steps side by side, as wide as they are long.
import { duration } from "./format.js";

// Widths of the steps in a picture of `width`: in proportion to how long each takes, but each at least `least`.
export function stepWidths(lengths, width, least) {
  const total = lengths.reduce((a, b) => a + b, 0) || 1;
  const small = lengths.map((length) => length / total * width < least);
  const fixed = small.filter(Boolean).length * least;
  const rest = lengths.reduce((sum, length, i) => sum + (small[i] ? 0 : length), 0) || 1;
  return lengths.map((length, i) => (small[i] ? least : length / rest * Math.max(width - fixed, 0)));
}

const STEP_COLOURS = { handler: "run", softirq: "soft", tasklet: "soft", thread: "task", work: "task", delay: "delay" };

function colourOf(stage) {
  const begins = stage.replace(/^.*_to_/, "");
  return stage.includes("_to_") ? (stage.startsWith("pin") || stage.startsWith("status") || stage.startsWith("irq") ||
    stage.startsWith("vector") ? "hard" : "wait") : STEP_COLOURS[begins] || "wait";
}

// Shapes of the picture: rectangles {x, w, colour, label, amount} for an SVG of `width`.
export function shapesOf(steps, width) {
  const gap = 2;
  const widths = stepWidths(steps.map((step) => step.to - step.from), width - gap * (steps.length - 1), 54);
  let x = 0;
  return steps.map((step, i) => {
    const shape = { x, w: widths[i], colour: colourOf(step.what), label: step.what.replace(/_to_/, " → "), amount: duration(step.to - step.from) };
    x += widths[i] + gap;
    return shape;
  });
}
