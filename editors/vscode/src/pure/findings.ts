/** Findings as a tree: files, their findings, and the evidence of each. */

import type { Coverage, Finding, ReviewResult, Severity } from "./protocol.ts";

export interface FileNode {
  readonly kind: "file";
  readonly uri: string;
  readonly findings: readonly FindingNode[];
}

export interface FindingNode {
  readonly kind: "finding";
  readonly finding: Finding;
}

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** The files in the order of their worst finding, then by name; findings by line. */
export function byFile(findings: readonly Finding[]): FileNode[] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = files.get(finding.uri);
    if (known) known.push(finding);
    else files.set(finding.uri, [finding]);
  }
  return [...files]
    .map(([uri, own]) => ({ uri, own, worst: Math.min(...own.map(rank)) }))
    .sort((one, other) => one.worst - other.worst || (one.uri < other.uri ? -1 : 1))
    .map(({ uri, own }) => ({
      kind: "file" as const,
      uri,
      findings: own
        .toSorted(
          (one, other) => one.range.start.line - other.range.start.line || rank(one) - rank(other),
        )
        .map((finding) => ({ kind: "finding" as const, finding })),
    }));
}

/** One line above the tree: what was compared, and what was not looked at. */
export function summary(result: ReviewResult): string {
  const left = [
    counted(result.coverage.skipped.length, "file skipped", "files skipped"),
    counted(result.coverage.partial.length, "file in part", "files in part"),
    counted(result.coverage.failures.length, "failure", "failures"),
  ].filter(Boolean);
  const reviewed = counted(result.coverage.reviewed.length, "file", "files") || "no file";
  const [base, head] = [result.base, result.head].map(withoutCommit);
  const compared = base || head ? `${base}..${head}` : "";
  return [compared, `${reviewed} reviewed`, ...left].filter(Boolean).join(" \u00b7 ");
}

/** What was not looked at, a line each, for a person who asks. */
export function leftOut(coverage: Coverage): string[] {
  return [
    ...coverage.skipped.map((each) => `${each.path}: ${each.reason}`),
    ...coverage.partial.map((each) => `${each.path} (in part): ${each.reason}`),
    ...coverage.failures,
  ];
}

/** "1 error, 2 warnings", "nothing". */
export function tally(findings: readonly Finding[]): string {
  const parts = SEVERITIES.map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return counted(number, severity, severity === "info" ? "infos" : `${severity}s`);
  }).filter(Boolean);
  return parts.join(", ") || "nothing";
}

function counted(number: number, one: string, many: string): string {
  return number === 0 ? "" : `${number} ${number === 1 ? one : many}`;
}

/** "main (a0c19f6cbf)" by its name: what follows is for reports. */
function withoutCommit(revision: string): string {
  return revision.replace(/ \([0-9a-f]{7,}\)$/, "");
}

function rank(finding: Finding): number {
  return SEVERITIES.indexOf(finding.severity);
}
