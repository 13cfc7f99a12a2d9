/** No key in any log, however it is written there. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { redact } from "../src/pure/redaction.ts";

const KEY = 'sk-"odd\\key"-1234567890';

test("a key is blacked out everywhere", () => {
  assert.equal(redact(`a ${KEY} b ${KEY}`, [KEY]), "a [key] b [key]");
});

test("a key inside of JSON is blacked out", () => {
  const text = JSON.stringify({ key: KEY });
  assert.equal(redact(text, [KEY]), '{"key":"[key]"}');
});

test("a key that is a pattern is taken as it stands", () => {
  assert.equal(redact("sk-aaaa", ["sk-.*+?"]), "sk-aaaa");
  assert.equal(redact("x sk-.*+? y", ["sk-.*+?"]), "x [key] y");
});

test("a text without keys stays as it is", () => {
  assert.equal(redact("nothing here", []), "nothing here");
  assert.equal(redact("nothing here", [KEY]), "nothing here");
});

test("what is too short to be a key would black out words", () => {
  assert.equal(redact("a test", ["a", ""]), "a test");
});
