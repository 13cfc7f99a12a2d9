/** Arithmetic on edits, against the definition: all refer to the text as it was. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { applied, moved, type OffsetEdit } from "../src/pure/edits.ts";
import type { Span } from "../src/pure/protocol.ts";

function span(line: number, from: number, endLine: number, to: number): Span {
  return { start: { line, character: from }, end: { line: endLine, character: to } };
}

test("edits in any order give one text", () => {
  const edits: OffsetEdit[] = [
    { from: 4, to: 7, text: "B" },
    { from: 0, to: 3, text: "A" },
    { from: 7, to: 7, text: "!" },
  ];
  assert.equal(applied("one two", edits), "A B!");
  assert.equal(applied("one two", edits.toReversed()), "A B!");
});

test("insertions at one place keep their order", () => {
  const edits = [
    { from: 1, to: 1, text: "x" },
    { from: 1, to: 1, text: "y" },
  ];
  assert.equal(applied("ab", edits), "axyb");
});

test("edits that overlap have no text", () => {
  const edits = [
    { from: 0, to: 3, text: "" },
    { from: 2, to: 4, text: "" },
  ];
  assert.equal(applied("abcdef", edits), undefined);
});

test("no edits change nothing", () => {
  assert.equal(applied("abc", []), "abc");
});

// A place in line 5; what is typed above moves it, what is typed below does not.
const PLACE = span(5, 4, 5, 10);

for (const [what, replaced, text, expected] of [
  ["a new line above", span(2, 0, 2, 0), "new\n", span(6, 4, 6, 10)],
  ["two lines gone above", span(1, 0, 3, 0), "", span(3, 4, 3, 10)],
  ["text before it in its line", span(5, 0, 5, 0), "ab", span(5, 6, 5, 12)],
  ["text gone before it in its line", span(5, 0, 5, 2), "", span(5, 2, 5, 8)],
  ["its line broken before it", span(5, 2, 5, 2), "\n  ", span(6, 4, 6, 10)],
  ["the line above joined to it", span(4, 3, 5, 0), "", span(4, 7, 4, 13)],
  ["text behind it", span(5, 10, 5, 10), "abc", PLACE],
  ["text below it", span(9, 0, 9, 0), "a\nb", PLACE],
  ["text inside of it", span(5, 6, 5, 6), "abc", PLACE],
] as const) {
  test(`a place follows its code: ${what}`, () => {
    assert.deepEqual(moved(PLACE, replaced, text), expected);
  });
}
