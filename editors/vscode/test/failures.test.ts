/** What is told of an error: by its code in the protocol, with the remedy that came along. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Changed, failureOf, inEditor, Problem, sentence } from "../src/pure/failures.ts";

test("a cancelled request is nobody's error", () => {
  assert.equal(failureOf({ code: -32800, message: "cancelled" }).kind, "cancelled");
});

test("the editor's own cancellation is one too", () => {
  const error = new Error("Canceled");
  error.name = "Canceled";
  assert.equal(failureOf(error).kind, "cancelled");
});

test("a file that changed is told apart", () => {
  const message = "shop.py changed meanwhile: nothing was done, run it again";
  assert.deepEqual(failureOf({ code: -32801, message }), { kind: "changed", message, remedy: "" });
  assert.deepEqual(failureOf(new Changed("shop.py")), { kind: "changed", message, remedy: "" });
});

test("the server's remedy is kept", () => {
  const failure = failureOf({ code: -32803, message: "no key", data: { remedy: "set one" } });
  assert.deepEqual(failure, { kind: "failed", message: "no key", remedy: "set one" });
});

for (const data of [undefined, null, "text", { remedy: 3 }, {}]) {
  test(`data that is no remedy is left out: ${JSON.stringify(data)}`, () => {
    assert.equal(failureOf({ code: -32803, message: "no", data }).remedy, "");
  });
}

for (const [thrown, message] of [
  ["text", "text"],
  [undefined, "undefined"],
  [new Error("broken"), "broken"],
] as const) {
  test(`whatever is thrown has a message: ${String(thrown)}`, () => {
    assert.equal(failureOf(thrown).message, message);
  });
}

test("a problem of the extension has its own remedy", () => {
  const failure = failureOf(new Problem("no Python was found", "install one"));
  assert.deepEqual(failure, {
    kind: "failed",
    message: "no Python was found",
    remedy: "install one",
  });
});

test("a message box has one sentence with a capital", () => {
  assert.equal(sentence("no key", "set one"), "No key: set one");
  assert.equal(sentence("no key"), "No key");
  assert.equal(sentence(""), "");
  for (const text of ["http://host/v1 says no", "invoice.py is gone", "/opt/python is no Python"]) {
    assert.equal(sentence(text), text);
  }
});

test("the remedy for a model that is missing is the editor's, not the command line's", () => {
  const said = inEditor("no model is set up: set OPENAI_API_KEY, or model.base_url");
  assert.match(said, /^no model is set up: run Codeassist: Set API Key/);
  assert.doesNotMatch(said, /OPENAI/);
  const data = { remedy: "set OPENAI_API_KEY" };
  const failure = failureOf({ code: -32803, message: "no model is set up", data });
  assert.match(failure.remedy, /^run Codeassist: Set API Key/);
});

test("other reasons stay as they are", () => {
  const reason = "the limit of a day is reached: raise limits.day_tokens";
  assert.equal(inEditor(reason), reason);
});
