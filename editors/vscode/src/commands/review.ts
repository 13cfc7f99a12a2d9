/** Review of changes, and what can be done with its findings. */

import type { App, Command } from "../app.ts";
import { ask, folder, run, tell, warn } from "../editor.ts";
import { tally } from "../pure/findings.ts";
import type { FindingNode } from "../pure/findings.ts";
import { Method, type ReviewResult, ServerCommand } from "../pure/protocol.ts";
import { explain, long, quick } from "./running.ts";

async function review(app: App, scope: string, uri?: string): Promise<void> {
  const place = uri ?? (await folder());
  const params = { scope, ...(place === undefined ? {} : { uri: place }) };
  const again = (): Promise<void> => review(app, scope, place);
  const result = await long<ReviewResult>(
    app,
    "reviewing",
    { method: Method.review, params },
    again,
  );
  if (!result) return;
  await app.findings.show(result);
  const { failures, skipped } = result.coverage;
  if (failures.length) warn(`the review is incomplete: ${failures.join("; ")}`);
  else if (!result.findings.length) {
    const left = skipped.length ? `, ${skipped.length} not looked at` : "";
    tell(`nothing found in ${result.coverage.reviewed.length} files${left}`);
  } else app.log.info(`review: ${tally(result.findings)}`);
  for (const note of result.notes) app.log.info(note);
}

async function reviewAgainst(app: App): Promise<void> {
  const revision = await ask({
    title: "Review against a revision",
    prompt: "A branch, tag or commit to compare with, or a range such as v1.2...HEAD",
    placeHolder: "main",
    value: "main",
  });
  if (revision) await review(app, revision.includes("..") ? revision : `${revision}...HEAD`);
}

async function dismiss(app: App, node: FindingNode): Promise<void> {
  const { finding } = node;
  const { uri, range, code } = finding;
  const params = { command: ServerCommand.dismiss, arguments: [{ uri, range, code }] };
  try {
    await app.session.request("workspace/executeCommand", params);
    app.findings.remove(finding);
  } catch (error) {
    explain(app, error);
  }
}

async function explainCheck(app: App, code: string): Promise<void> {
  const page = await quick<{ text: string }>(app, Method.explain, { code });
  if (page) await app.pages.read(code, page.text);
}

async function clear(app: App): Promise<void> {
  app.findings.clear();
  try {
    await run(ServerCommand.clear, {});
  } catch (error) {
    explain(app, error);
  }
}

/** The server's command: `{uri?, scope?}` as in a code action. */
export async function reviewFor(app: App, given: unknown): Promise<void> {
  const { uri, scope } = (given ?? {}) as { uri?: string; scope?: string };
  await review(app, scope ?? "head", uri);
}

export const REVIEW_COMMANDS: readonly Command[] = [
  { name: "reviewChanges", run: (app) => review(app, "head") },
  { name: "reviewAgainst", run: reviewAgainst },
  { name: "findings.dismiss", run: (app, node) => dismiss(app, node as FindingNode) },
  {
    name: "findings.explain",
    run: (app, node) => explainCheck(app, (node as FindingNode).finding.code),
  },
  { name: "findings.clear", run: clear },
];
