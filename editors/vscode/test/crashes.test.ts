/** Later and later, then not at all; a long quiet time is forgiven. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CrashPolicy } from "../src/pure/crashes.ts";

const MINUTE = 60_000;

test("each start waits longer than the last, and the fourth crash in a row is one too many", () => {
  const policy = new CrashPolicy();
  const delays = [0, 1, 2, 3].map((second) => policy.next(second * 1_000));
  const [first = 0, second = 0, third = 0, fourth] = delays;
  assert.ok(0 < first && first < second && second < third);
  assert.equal(fourth, undefined);
});

test("a server that ran for long starts from the beginning", () => {
  const policy = new CrashPolicy();
  const first = policy.next(0);
  policy.next(1);
  assert.equal(policy.next(20 * MINUTE), first);
});

test("who asks for a start gets all of them again", () => {
  const policy = new CrashPolicy();
  const first = policy.next(0);
  for (let crash = 0; crash < 5; crash++) policy.next(crash);
  policy.reset();
  assert.equal(policy.next(6), first);
});
