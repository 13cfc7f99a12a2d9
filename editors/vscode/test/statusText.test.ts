/** The status bar in every state of the server. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Running, Status } from "../src/pure/protocol.ts";
import { count, money, statusView, type StatusView } from "../src/pure/statusText.ts";

const READY: Status = {
  state: "ready",
  message: "3,000 files",
  percent: null,
  running: [],
  model: "gpt-5.2",
  hasModel: true,
  reason: "",
  costToday: null,
};
const RUN: Running = {
  token: "1",
  title: "Documenting",
  stage: "asking",
  inputTokens: 12_400,
  cost: 0.031,
};

function view(status: Partial<Status>, restricted = false): StatusView {
  return statusView({ stage: "running", status: { ...READY, ...status }, restricted });
}

test("indexing says how far it is", () => {
  assert.match(view({ state: "indexing", percent: 42 }).text, / 42%$/);
  assert.doesNotMatch(view({ state: "indexing", percent: null }).text, /%|null/);
});

test("ready with a model has a check mark, without one it is local and says why", () => {
  assert.match(view({}).text, /\$\(check\)/);
  const local = view({ hasModel: false, model: "", reason: "no key: set OPENAI_API_KEY" });
  assert.match(local.text, /local/);
  assert.match(local.tooltip, /set OPENAI_API_KEY/);
});

test("thinking says what, how much and what it costs; a click cancels", () => {
  const thinking = view({ state: "thinking", running: [RUN] });
  assert.match(thinking.text, /Documenting · 12k tokens · \$0\.0310/);
  assert.equal(thinking.command, "codeassist.cancel");
  assert.match(thinking.tooltip, /Click to cancel/);
});

test("several runs are added up", () => {
  const thinking = view({ state: "thinking", running: [RUN, { ...RUN, token: 2, cost: null }] });
  assert.match(thinking.text, /Thinking · 25k tokens · \$0\.0310/);
});

test("a local model costs nothing, so no price is said", () => {
  assert.doesNotMatch(view({ state: "thinking", running: [{ ...RUN, cost: null }] }).text, /\$0/);
});

test("a limit is a warning", () => {
  assert.equal(view({ state: "limit" }).level, "warning");
});

test("an untrusted workspace is local, whatever model there is", () => {
  assert.match(view({}, true).text, /local/);
  assert.match(view({}, true).tooltip, /Restricted Mode/);
});

test("today's cost is told", () => {
  assert.match(view({ costToday: 1.5 }).tooltip, /Today: \$1\.50/);
});

test("a click offers what helps in every other stage", () => {
  assert.equal(statusView({ stage: "waiting", seconds: 4 }).command, "codeassist.showLog");
  const failed = statusView({ stage: "failed", message: "no Python was found" });
  assert.equal(failed.level, "error");
  assert.equal(failed.tooltip, "no Python was found");
  assert.equal(failed.command, "codeassist.menu");
  assert.equal(statusView({ stage: "installing", step: "Installing" }).tooltip, "Installing");
});

test("numbers are short", () => {
  assert.deepEqual([0, 999, 1_000, 9_949, 9_999, 34_200, 999_400, 999_600, 1_200_000].map(count), [
    "0",
    "999",
    "1.0k",
    "9.9k",
    "10k",
    "34k",
    "999k",
    "1.0M",
    "1.2M",
  ]);
});

test("small sums are not rounded to nothing", () => {
  assert.deepEqual([0, 0.0004, 0.031, 0.5, 12].map(money), [
    "$0.00",
    "$0.0004",
    "$0.0310",
    "$0.50",
    "$12.00",
  ]);
});
