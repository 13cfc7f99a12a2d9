/** Tasks on the code at hand: run one, and show what comes of it. */

import type { App, Command } from "../app.ts";
import { ask, here, pick, type Place, rename, run, tell, warn } from "../editor.ts";
import { inEditor } from "../pure/failures.ts";
import { Method, type RunParams, type RunResult, ServerCommand } from "../pure/protocol.ts";
import { present, sayNothing } from "./presenting.ts";
import { explain, long } from "./running.ts";

const TITLES: Record<RunParams["task"], string> = {
  docs: "documenting",
  bugs: "looking for bugs",
  refactor: "refactoring",
  architecture: "describing the architecture",
};

/** Run a task and show its result; `subject` is what is said while it runs. */
export async function runTask(
  app: App,
  params: RunParams,
  subject = TITLES[params.task],
): Promise<void> {
  const again = (): Promise<void> => runTask(app, params, subject);
  const result = await long<RunResult>(app, subject, { method: Method.run, params }, again);
  if (!result) return;
  try {
    await present(app, params, result, again);
  } catch (error) {
    explain(app, error, again);
  }
}

function onPlace(work: (app: App, place: Place) => Promise<void>): Command["run"] {
  return async (app) => {
    const place = here();
    if (place) await work(app, place);
    else tell("open a file first");
  };
}

async function instruct(app: App, place: Place): Promise<void> {
  const instruction = await ask({
    title: "Refactor with an instruction",
    prompt: "What should change? You see the edit before it is made.",
    placeHolder: "split the loop into a function of its own",
  });
  if (!instruction) return;
  const options = { action: "instruct", instruction };
  await runTask(app, { task: "refactor", ...place, options }, "following the instruction");
}

/** Bugs of the selection, or of the whole file where nothing is selected. */
async function findBugs(app: App, { uri, range }: Place): Promise<void> {
  const { start, end } = range;
  const isEmpty = start.line === end.line && start.character === end.character;
  await findBugsFor(app, isEmpty ? { uri } : { uri, range });
}

/** The server keeps hypotheses as diagnostics only for its own command, so that is what runs. */
export async function findBugsFor(app: App, params: object): Promise<void> {
  const again = (): Promise<void> => findBugsFor(app, params);
  const asked = { command: ServerCommand.bugs, params };
  const result = await long<RunResult>(app, TITLES.bugs, asked, again);
  if (!result) return;
  for (const { message, remedy } of result.failures) warn(inEditor(`${message}: ${remedy}`));
  if (result.hypotheses.length + result.findings.length) {
    await run("workbench.actions.view.problems");
  } else if (!result.failures.length) sayNothing(app, result, "nothing was found");
}

const PROMPTS: readonly { label: string; value: Pick<RunParams, "task" | "options"> }[] = [
  { label: "Document this", value: { task: "docs", options: { scope: "symbol" } } },
  { label: "Find bugs here", value: { task: "bugs" } },
  { label: "Suggest refactorings", value: { task: "refactor", options: { action: "suggest" } } },
  { label: "Architecture document", value: { task: "architecture" } },
];

async function showPrompt(app: App, place: Place): Promise<void> {
  const task = await pick(PROMPTS, "What would be sent?", "Nothing is sent by looking");
  if (!task) return;
  const params = { ...task, ...place };
  const again = (): Promise<void> => showPrompt(app, place);
  const shown = await long<{ text: string }>(
    app,
    "building the request",
    { method: Method.showPrompt, params },
    again,
  );
  if (shown)
    await app.pages.show({ title: "What would be sent", language: "markdown", text: shown.text });
}

/** The editor's own menu has the local refactorings and the model's, each where it applies. */
async function refactorMenu(): Promise<void> {
  await run("editor.action.refactor");
}

export const TASK_COMMANDS: readonly Command[] = [
  {
    name: "document",
    run: onPlace((app, place) =>
      runTask(app, { task: "docs", ...place, options: { scope: "symbol" } }),
    ),
  },
  {
    name: "documentFile",
    run: onPlace((app, { uri }) =>
      runTask(app, { task: "docs", uri, options: { scope: "file" } }, "documenting the file"),
    ),
  },
  { name: "findBugs", run: onPlace(findBugs) },
  { name: "refactor", run: refactorMenu },
  {
    name: "suggest",
    run: onPlace((app, place) =>
      runTask(
        app,
        { task: "refactor", ...place, options: { action: "suggest" } },
        "thinking about refactorings",
      ),
    ),
  },
  { name: "instruct", run: onPlace(instruct) },
  { name: "showPrompt", run: onPlace(showPrompt) },
  { name: "client.instruct", run: (app, place) => instruct(app, place as Place) },
  { name: "client.rename", run: (_, place) => rename(place as Place) },
];
