/** Makes the language client: what is said at the start, and what passes through our hands. */

import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
} from "vscode-languageclient/node";

import { isTrusted, userSettings } from "../editor.ts";
import { ClientCommand } from "../pure/protocol.ts";
import type { Declared } from "../pure/settings.ts";
import type { ServerCommand } from "./discovery.ts";
import type { Log } from "./log.ts";
import { surroundings } from "./privateEnvironment.ts";

export interface ClientParts {
  readonly server: ServerCommand;
  readonly cwd: string;
  readonly log: Log;
  readonly languages: readonly string[];
  readonly settings: readonly Declared[];
  readonly key: string | undefined;
  readonly middleware: Middleware;
  readonly onClosed: () => void;
}

/** Says what went wrong to the log alone: whoever asked tells the user, once and with a remedy. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export function makeClient(parts: ClientParts): LanguageClient {
  const { command, args } = parts.server;
  const options: LanguageClientOptions = {
    documentSelector: ["file", "untitled"].flatMap((scheme) =>
      parts.languages.map((language) => ({ scheme, language })),
    ),
    diagnosticCollectionName: "codeassist",
    outputChannel: parts.log,
    traceOutputChannel: parts.log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: () => ({
      settings: userSettings(parts.settings),
      ...(parts.key ? { key: parts.key } : {}),
      restricted: !isTrusted(),
      clientCommands: Object.values(ClientCommand),
      diagnosticsInHover: true, // the editor shows them above what the server says there
    }),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        parts.onClosed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    initializationFailedHandler: () => false,
    middleware: { ...settingsMiddleware(parts.settings), ...parts.middleware },
  };
  return new QuietClient(
    "codeassist",
    "Codeassist",
    {
      command,
      args: [...args],
      options: { cwd: parts.cwd, env: surroundings() },
    },
    options,
  );
}

/** The server's questions for settings are answered with what the user set, without defaults. */
function settingsMiddleware(settings: readonly Declared[]): Middleware {
  return {
    workspace: {
      configuration: (params) =>
        params.items.map((item) =>
          item.section === "codeassist" ? userSettings(settings, item.scopeUri) : null,
        ),
      didChangeConfiguration: () => Promise.resolve(), // the session tells, for its own listener
    },
  };
}

/** Whether a code action is a model's: worked out already, or still to be. */
export function isModels(action: vscode.CodeAction | vscode.Command): action is vscode.CodeAction {
  if (!(action instanceof vscode.CodeAction) || action.disabled) return false;
  const { isAI } = action as { isAI?: boolean };
  return Boolean(isAI) && !action.command;
}
