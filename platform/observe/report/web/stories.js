// SPDX-License-Identifier: Apache-2.0
// The slowest way of each line and mechanism, as a sentence with its cause and as steps for a drawing.
import { duration, fill } from "./format.js";
import { lastIndex } from "./store.js";

// Where each mechanism's way ends.
export const TOTAL = { hardirq: "pin_to_handler", softirq: "pin_to_softirq", tasklet: "pin_to_tasklet",
  thread: "pin_to_thread", work: "pin_to_work", delayed_work: "pin_to_work" };

// The run of each mechanism, once it has begun.
export const RUN = { hardirq: "handler", softirq: "softirq", tasklet: "tasklet", thread: "thread", work: "work",
  delayed_work: "work" };

// The moments of a way, from what the run's report has of its slowest sample: [{what, from, to}], in picoseconds.
export function stepsOf(way) {
  return way.filter((part) => part.ns > 0).map((part) => ({ what: part.stage, from: part.at_ns * 1000, to: (part.at_ns + part.ns) * 1000 }));
}

// How a cause is told: the word by which words.js knows the sentence.
function sentenceOf(cause) {
  // What the interrupt itself took is not an obstacle.
  if (!cause || !cause.kind || cause.name === "exception") return "story_plain";
  return ["busy", "hardirq", "softirq", "task", "idle"].includes(cause.kind)
    ? "story_" + cause.kind : "story_other";
}

// The same for what a run did once it had begun.
function sentenceOfRun(cause) {
  const kind = cause && cause.kind;
  if (kind === "lock") return cause.holder ? "story_run_holder" : "story_run_lock";
  return kind === "preempted" || kind === "asleep" ? "story_run_" + kind : "story_run";
}

// The stage that tells most of a path: the way to its begin, or the run itself where that has taken longer and was held
// up in it.
function tellingStage(path) {
  const total = path.stages[TOTAL[path.mechanism]], run = path.stages[RUN[path.mechanism]];
  const held = run && run.worst && sentenceOfRun(run.worst.cause) !== "story_run";
  return held && (!total || run.max_ns > total.max_ns) ? [run, sentenceOfRun(run.worst.cause)]
    : [total, total && total.worst ? sentenceOf(total.worst.cause) : ""];
}

// {sentence, path, stage, worst, steps} for each path that has a slowest sample, the slowest first.
export function makeStories(paths, words) {
  const stories = [];
  paths.forEach((path, index) => {
    const [stage, word] = tellingStage(path);
    if (!stage || !stage.worst) return;
    const cause = stage.worst.cause;
    const args = [path.line, path.name, words["mechanism_" + path.mechanism] || path.mechanism, stage.worst.edge,
      duration(stage.max_ns * 1000), cause ? cause.name : "", cause ? duration(cause.ns * 1000) : "",
      duration(stage.p50_ns * 1000), cause && cause.holder ? cause.holder : ""];
    stories.push({ index, path, stage, worst: stage.worst, sentence: fill(words[word], args),
      steps: stage.worst.way ? stepsOf(stage.worst.way) : [] });
  });
  // A handler's way is the beginning of its thread's: the longer one tells more.
  return stories.sort((a, b) => b.stage.max_ns - a.stage.max_ns);
}

// The rows that a way goes through and the moment at which it enters each: [{full, ps}], in order of time. `found` is a
// map of signals by full name; what the run did not record is left out.
export function routeOf(story, signals) {
  const end = story.worst.at_ns * 1000, begin = end - story.stage.max_ns * 1000;
  const route = [];
  const add = (full, ps) => {
    if (signals.some((signal) => signal.full === full)) route.push({ full, ps });
  };
  add("pins." + story.path.line, begin);
  const handler = signals.find((signal) => signal.full === "irq.handler." + story.path.name);
  if (handler && story.path.mechanism !== "hardirq") {
    // The last run of the handler that began on the way.
    for (let i = lastIndex(handler.times, end); i > 0 && handler.times[i] >= begin; --i)
      if (handler.values[i] === 3) {
        route.push({ full: handler.full, ps: handler.times[i] });
        break;
      }
  }
  const scope = { hardirq: "irq.handler", softirq: null, tasklet: "tasklet", thread: "irq.thread", work: "work",
    delayed_work: "work" }[story.path.mechanism];
  const last = scope && signals.find((signal) => signal.scope === scope &&
    (signal.name === story.path.name || signal.name.endsWith("-" + story.path.name) || signal.name === story.path.object));
  if (last) route.push({ full: last.full, ps: end });
  add("cores.core" + story.worst.cpu + ".running", end);
  return route;
}
