/** What the commands work with: made once at activation, handed to each. */

import type { CodeAction, WorkspaceEdit } from "vscode";

import type { Token } from "./editor.ts";
import type { KeyStore } from "./server/key.ts";
import type { Log } from "./server/log.ts";
import type { Session } from "./server/session.ts";
import type { Findings } from "./views/findings.ts";
import type { Pages } from "./views/pages.ts";
import type { Previews } from "./views/preview.ts";

/** The editor's own form of an edit, which commands only pass on. */
export type { WorkspaceEdit };

export interface App {
  readonly session: Session;
  readonly key: KeyStore;
  readonly log: Log;
  readonly pages: Pages;
  readonly previews: Previews;
  readonly findings: Findings;
  /** What the user can cancel from the status bar. */
  readonly cancellations: Set<() => void>;
  /** The editor's form of an edit of the server. Throws Changed where a file is another by now. */
  readonly convert: (edit: unknown) => Promise<WorkspaceEdit>;
  /** A model's action that was shown in a menu, undefined if it is long gone. */
  readonly action: (ticket: number) => CodeAction | undefined;
  /** The edit of such an action, which the model works out now. */
  readonly resolve: (action: CodeAction, token: Token) => Promise<WorkspaceEdit | undefined>;
}

/** A command: its name without the prefix, and what it does. */
export interface Command {
  readonly name: string;
  readonly run: (app: App, ...args: unknown[]) => Promise<void> | void;
}
