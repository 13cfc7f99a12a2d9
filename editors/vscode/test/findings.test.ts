/** The tree of findings: worst files first, findings by line, and what was not looked at. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { byFile, leftOut, summary, tally } from "../src/pure/findings.ts";
import type { Coverage, Finding, Severity } from "../src/pure/protocol.ts";

function finding(uri: string, line: number, severity: Severity): Finding {
  const at = { line, character: 0 };
  return {
    code: "CA101",
    name: "removed-name",
    severity,
    message: `${uri} ${line}`,
    remedy: "",
    uri,
    range: { start: at, end: at },
    symbol: "",
    url: "",
    evidence: [],
    fingerprint: `${uri}${line}`,
  };
}

const COVERAGE: Coverage = { reviewed: [], partial: [], skipped: [], failures: [] };

test("files go by their worst finding, then by name; findings by line", () => {
  const files = byFile([
    finding("b", 9, "warning"),
    finding("c", 1, "info"),
    finding("c", 7, "error"),
    finding("c", 3, "warning"),
    finding("a", 2, "warning"),
  ]);
  assert.deepEqual(
    files.map(({ uri }) => uri),
    ["c", "a", "b"],
  );
  const lines = files[0]?.findings.map((node) => node.finding.range.start.line);
  assert.deepEqual(lines, [1, 3, 7]);
});

test("no findings, no files", () => {
  assert.deepEqual(byFile([]), []);
});

test("the summary says what was compared and what was not looked at", () => {
  const coverage = {
    ...COVERAGE,
    reviewed: ["a", "b"],
    skipped: [{ path: "x.bin", reason: "binary" }],
    failures: ["a file broke"],
  };
  const text = summary({
    base: "main (a0c19f6cbf)",
    head: "work",
    findings: [],
    coverage,
    notes: [],
  });
  assert.equal(text, "main..work · 2 files reviewed · 1 file skipped · 1 failure");
  assert.deepEqual(leftOut(coverage), ["x.bin: binary", "a file broke"]);
});

test("a review that saw nothing does not look like a clean one", () => {
  const text = summary({ base: "", head: "", findings: [], coverage: COVERAGE, notes: [] });
  assert.equal(text, "no file reviewed");
});

test("findings are counted by severity", () => {
  const all = [finding("a", 1, "error"), finding("a", 2, "warning"), finding("a", 3, "warning")];
  assert.equal(tally(all), "1 error, 2 warnings");
  assert.equal(tally([]), "nothing");
});
