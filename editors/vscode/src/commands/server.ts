/** The server itself: restart, log, cancel what runs. */

import type { App, Command } from "../app.ts";

/** Cancel what the user started here, and what the server started by itself. */
async function cancel(app: App): Promise<void> {
  for (const each of app.cancellations) each();
  await app.session.cancelAll();
}

function restart(app: App): Promise<void> {
  return app.session.restart();
}

function showLog(app: App): void {
  app.log.show();
}

export const SERVER_COMMANDS: readonly Command[] = [
  { name: "restart", run: restart },
  { name: "showLog", run: showLog },
  { name: "cancel", run: cancel },
];
