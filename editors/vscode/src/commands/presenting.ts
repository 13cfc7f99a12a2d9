/** Shows what came of a task: edits as previews, suggestions to choose from, documents as pages. */

import type { App, WorkspaceEdit } from "../app.ts";
import { type Choice, pick, pickSeveral, tell, warn } from "../editor.ts";
import { Changed, inEditor, Problem } from "../pure/failures.ts";
import type { Edit, RunParams, RunResult, Suggestion } from "../pure/protocol.ts";
import type { Decision } from "../views/preview.ts";
import { explain, modelOffers } from "./running.ts";

export async function present(
  app: App,
  params: RunParams,
  result: RunResult,
  again: () => unknown,
): Promise<void> {
  for (const failure of result.failures) {
    warn(inEditor(`${failure.message}: ${failure.remedy}`), ...modelOffers(app));
  }
  if (result.document) {
    await app.pages.read(
      params.task === "architecture" ? "Architecture" : "Result",
      result.document,
    );
  }
  if (result.suggestions.length) await presentSuggestions(app, result.suggestions, again);
  else if (result.edits.length) await presentEdits(app, result.edits, again);
  else if (!result.document && !result.failures.length) sayNothing(app, result);
}

/** Nothing came of it: the reason, and what would bring more. */
export function sayNothing(
  app: App,
  result: RunResult,
  otherwise = "there is nothing to change here",
): void {
  const dropped = result.dropped.map(({ what, reason }) => `${what}: ${reason}`);
  const reasons = [...result.notes, ...dropped];
  if (reasons.length) app.log.info(reasons.join("\n"));
  const offers = modelOffers(app);
  const [first = otherwise] = [
    ...(offers.length ? [inEditor(app.session.status.reason)] : []),
    ...reasons,
  ].filter(Boolean);
  tell(first, ...offers);
}

async function presentEdits(app: App, edits: readonly Edit[], again: () => unknown): Promise<void> {
  const chosen =
    edits.length > 1 && edits.some((edit) => !edit.verified) ? await choose(edits) : edits;
  if (!chosen?.length) return;
  const problems = chosen.flatMap((edit) => edit.problems);
  if (problems.length) warn(`not proved to be right: ${problems.join("; ")}`);
  const [only] = chosen;
  const title = chosen.length === 1 && only ? only.title : `${chosen.length} edits`;
  await showEdits(app, chosen, title, again);
}

/** Some edits are not proved: those that are come ticked. */
function choose(edits: readonly Edit[]): Promise<readonly Edit[] | undefined> {
  const choices = edits.map((edit) => ({
    label: edit.title,
    description: edit.verified ? "verified" : "not proved",
    detail: edit.problems.join("; "),
    picked: edit.verified,
    value: edit,
  }));
  return pickSeveral(choices, "Which edits do you want to see?");
}

/** Choose a suggestion, look at it, and back to the others until one is taken or none is wanted. */
async function presentSuggestions(
  app: App,
  suggestions: readonly Suggestion[],
  again: () => unknown,
): Promise<void> {
  const choices: Choice<Suggestion>[] = suggestions.map((each) => ({
    label: each.title,
    description: each.verified ? "verified" : "not proved",
    detail: each.explanation,
    value: each,
  }));
  for (;;) {
    const chosen = await pick(choices, "Suggestions", "You see the edit before it is made");
    if (!chosen) return;
    const became = await showEdits(app, [chosen], chosen.title, again);
    if (became !== "discarded") return;
    if (choices.length === 1) return;
  }
}

/** Preview edits together; what became of them. */
export async function showEdits(
  app: App,
  edits: readonly Edit[],
  title: string,
  again: () => unknown,
): Promise<Decision["kind"]> {
  const converted = [];
  for (const { edit } of edits) converted.push(await app.convert(edit));
  const verified = edits.every((edit) => edit.verified) ? "verified" : "not proved";
  return decided(app, await app.previews.show(converted, `${title} (${verified})`), again);
}

/** The edit of a model's code action. */
export async function showResolved(
  app: App,
  edit: WorkspaceEdit | undefined,
  title: string,
  again: () => unknown,
): Promise<void> {
  if (!edit) throw new Problem("there is nothing to change here", "");
  decided(app, await app.previews.show([edit], title), again);
}

/** Say what kept an accepted edit from being made. */
function decided(app: App, decision: Decision, again: () => unknown): Decision["kind"] {
  if (decision.kind === "changed") explain(app, new Changed(decision.path), again);
  if (decision.kind === "refused") {
    const remedy = "see whether a file of it is read-only, or new and there already";
    explain(app, new Problem("the editor refused the edit", remedy), again);
  }
  return decision.kind;
}
