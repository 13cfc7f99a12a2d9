/** Commands that only look: the pack, the architecture, the cost, the doctor, pages of the server. */

import type { App, Command } from "../app.ts";
import { here, pick, relative, run, tell } from "../editor.ts";
import { inEditor } from "../pure/failures.ts";
import { packPage } from "../pure/pages.ts";
import { type DoctorResult, Method, type PackResult } from "../pure/protocol.ts";
import type { Page } from "../views/pages.ts";
import { long, quick } from "./running.ts";
import { runTask } from "./tasks.ts";

async function pack(app: App): Promise<void> {
  const place = here();
  if (!place) {
    tell("open a file first");
    return;
  }
  const again = (): Promise<void> => pack(app);
  const packed = await long<PackResult>(
    app,
    "packing",
    { method: Method.pack, params: place },
    again,
  );
  if (packed)
    await app.pages.show({ title: "Pack", language: "markdown", text: packPage(packed, relative) });
}

async function architecture(app: App): Promise<void> {
  const place = here(); // the server wants a document that is open, for its repository
  if (place) await runTask(app, { task: "architecture", uri: place.uri });
  else tell("open a file of the repository first");
}

async function showCost(app: App): Promise<void> {
  const cost = await quick<{ text: string }>(app, Method.cost, {});
  if (cost) await app.pages.read("Cost", cost.text);
}

async function doctor(app: App): Promise<void> {
  const again = (): Promise<void> => doctor(app);
  const result = await long<DoctorResult>(
    app,
    "looking at the installation",
    { method: Method.doctor, params: {} },
    again,
  );
  if (result)
    await app.pages.show({ title: "Doctor.txt", language: "plaintext", text: result.text });
}

const MENU: readonly { label: string; value: string }[] = [
  { label: "$(checklist) Review my changes", value: "codeassist.reviewChanges" },
  { label: "$(note) Document this", value: "codeassist.document" },
  { label: "$(bug) Find bugs here", value: "codeassist.findBugs" },
  { label: "$(key) Set API key", value: "codeassist.setKey" },
  { label: "$(server) Use a local model", value: "codeassist.useLocalModel" },
  { label: "$(credit-card) Show cost", value: "codeassist.showCost" },
  { label: "$(pulse) Doctor", value: "codeassist.doctor" },
  { label: "$(output) Show log", value: "codeassist.showLog" },
  { label: "$(debug-restart) Restart server", value: "codeassist.restart" },
];

/** What the item in the status bar opens: the state in words, and what can be done. */
async function menu(app: App): Promise<void> {
  const { life, status } = app.session;
  const state = life.stage === "running" ? status.message || status.state : life.stage;
  const model = status.hasModel ? status.model : inEditor(status.reason) || "no model";
  const command = await pick(MENU, `Codeassist: ${state}`, model);
  if (command) await run(command);
}

export const LOOKING_COMMANDS: readonly Command[] = [
  { name: "pack", run: pack },
  { name: "architecture", run: architecture },
  { name: "showCost", run: showCost },
  { name: "doctor", run: doctor },
  { name: "menu", run: menu },
  { name: "client.showDocument", run: (app, page) => app.pages.show(page as Page) },
];
