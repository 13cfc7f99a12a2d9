/** What the server's actions, lenses and disabled entries start in the editor. */

import type { App } from "../app.ts";
import { withProgress } from "../editor.ts";
import { type RunParams, ServerCommand } from "../pure/protocol.ts";
import type { Handlers } from "../server/interception.ts";
import { showResolved } from "./presenting.ts";
import { reviewFor } from "./review.ts";
import { explain } from "./running.ts";
import { findBugsFor, runTask } from "./tasks.ts";

/** The server's commands that run here instead, with previews and progress. */
export function serverCommands(app: App): Handlers {
  return {
    [ServerCommand.run]: (params) => runTask(app, params as RunParams),
    [ServerCommand.bugs]: (params) => findBugsFor(app, params as object),
    [ServerCommand.review]: (params) => reviewFor(app, params),
  };
}

/** A model's action was chosen: work it out now, and preview what comes. */
export async function resolveAction(app: App, ticket: number): Promise<void> {
  const again = (): Promise<void> => resolveAction(app, ticket);
  const action = app.action(ticket);
  if (!action) return;
  try {
    const edit = await withProgress(`Codeassist: ${action.title}`, app.cancellations, (_, token) =>
      app.resolve(action, token),
    );
    await showResolved(app, edit, action.title, again);
  } catch (error) {
    explain(app, error, again);
  }
}
