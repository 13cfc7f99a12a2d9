/** Starts and stops the extension: makes the parts, and joins them. */

import * as vscode from "vscode";

import type { App } from "./app.ts";
import { resolveAction, serverCommands } from "./commands/actions.ts";
import { explain } from "./commands/running.ts";
import { COMMANDS } from "./commands/table.ts";
import { SECTION, setContext } from "./editor.ts";
import { convert, resolveEdit } from "./server/edits.ts";
import { type Handlers, interception, RESOLVE_COMMAND, Tickets } from "./server/interception.ts";
import { KeyStore } from "./server/key.ts";
import { redactingLog } from "./server/log.ts";
import { onOtherPython } from "./server/pythonExtension.ts";
import { Session } from "./server/session.ts";
import { Findings } from "./views/findings.ts";
import { Pages } from "./views/pages.ts";
import { Previews } from "./views/preview.ts";
import { statusBar } from "./views/statusBar.ts";
import { welcome } from "./views/welcome.ts";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const app = assemble(context);
  session = app.session;
  registerCommands(context, app);
  listen(context, app);
  setContext("languages", languages(context));
  setContext("active", true);
  await welcome(context);
  // Not awaited: the editor shows every extension that takes long to activate as a culprit.
  void app.session.restart();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

function assemble(context: vscode.ExtensionContext): App {
  const key = new KeyStore(context.secrets);
  const log = redactingLog("Codeassist", () => key.secretsInMemory());
  const tickets = new Tickets();
  const handlers: Handlers = {};
  const middleware = interception(tickets, handlers, (error) => {
    explain(app, error);
  });
  const server = new Session(context, log, key, languages(context), middleware);
  const app: App = {
    session: server,
    key,
    log,
    pages: new Pages(),
    previews: new Previews(),
    findings: new Findings(),
    cancellations: new Set(),
    convert: (edit) => convert(server.running, edit),
    action: (ticket) => tickets.action(ticket),
    resolve: (action, token) => resolveEdit(server.running, action, token),
  };
  Object.assign(handlers, serverCommands(app));
  context.subscriptions.push(log, server, app.pages, app.previews, app.findings, statusBar(server));
  return app;
}

function registerCommands(context: vscode.ExtensionContext, app: App): void {
  for (const { name, run } of COMMANDS) {
    const guarded = async (...args: unknown[]): Promise<void> => {
      try {
        await run(app, ...args);
      } catch (error) {
        explain(app, error);
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(`${SECTION}.${name}`, guarded));
  }
  const resolve = (ticket: number): Promise<void> => resolveAction(app, ticket);
  context.subscriptions.push(vscode.commands.registerCommand(RESOLVE_COMMAND, resolve));
}

// Settings that say which server runs: a change of the others is only told to it.
const SERVER_SETTINGS = `${SECTION}.server`;

function listen(context: vscode.ExtensionContext, app: App): void {
  const { session: server, key, log } = app;
  const restart = (): void => void server.restart();
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SERVER_SETTINGS)) restart();
      else if (event.affectsConfiguration(SECTION)) void server.sendSettings();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    key.onChange(() => void server.sendKey()),
  );
  void onOtherPython(restart).then((listening) => {
    if (listening) context.subscriptions.push(listening);
    else log.debug("the Python extension is not there");
  });
}

/** The languages of the server, as the manifest has them (written there by scripts/settings.py). */
function languages(context: vscode.ExtensionContext): string[] {
  const { activationEvents } = context.extension.packageJSON as { activationEvents: string[] };
  return activationEvents
    .filter((event) => event.startsWith("onLanguage:"))
    .map((event) => event.slice("onLanguage:".length));
}
