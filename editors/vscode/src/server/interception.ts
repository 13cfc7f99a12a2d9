/**
 * What passes through our hands between the editor and the server: a model's actions are not applied
 * unseen, and tasks that an action or a lens starts run as those of the palette do.
 */

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";

import { inEditor } from "../pure/failures.ts";
import { isModels } from "./client.ts";

export const RESOLVE_COMMAND = "codeassist.client.resolve";
// An editor forgets actions with the menu that showed them; a few menus are more than enough.
const KEPT_ACTIONS = 100;

/** Actions that were shown, by the ticket that their command carries. */
export class Tickets {
  private readonly actions = new Map<number, vscode.CodeAction>();
  private last = 0;

  keep(action: vscode.CodeAction): number {
    this.actions.set(++this.last, action);
    this.actions.delete(this.last - KEPT_ACTIONS);
    return this.last;
  }

  action(ticket: number): vscode.CodeAction | undefined {
    return this.actions.get(ticket);
  }
}

export type Handlers = Partial<Record<string, (argument: unknown) => Promise<void>>>;

/** `onError` tells the user what went wrong with something that they chose. */
export function interception(
  tickets: Tickets,
  handlers: Handlers,
  onError: (error: unknown) => void,
): Middleware {
  return {
    provideCodeActions: async (document, range, context, token, next) => {
      const actions = await next(document, range, context, token);
      return actions?.map((action) =>
        isModels(action) ? ticketed(action, tickets) : withReason(action),
      );
    },
    resolveCodeAction: async (action, token, next) => {
      if (action.command?.command === RESOLVE_COMMAND) return action;
      try {
        return await next(action, token);
      } catch (error) {
        onError(error);
        throw error;
      }
    },
    executeCommand: async (command, args: unknown[], next) => {
      const handler = handlers[command];
      if (handler) {
        await handler(args[0]);
        return undefined;
      }
      try {
        return (await next(command, args)) as unknown;
      } catch (error) {
        onError(error);
        return undefined;
      }
    },
  };
}

/** The editor's menu greys a disabled action out, and says nowhere why. */
function withReason<T extends vscode.CodeAction | vscode.Command>(action: T): T {
  if (action instanceof vscode.CodeAction && action.disabled) {
    action.title = `${action.title} (${inEditor(action.disabled.reason)})`;
  }
  return action;
}

function ticketed(action: vscode.CodeAction, tickets: Tickets): vscode.CodeAction {
  const ticket = tickets.keep(action);
  const shown = new vscode.CodeAction(action.title, action.kind);
  Object.assign(shown, action);
  delete shown.edit; // else the editor makes it before anybody has seen it
  shown.command = { command: RESOLVE_COMMAND, title: action.title, arguments: [ticket] };
  return shown;
}
