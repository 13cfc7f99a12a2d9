/** The item in the status bar. */

import * as vscode from "vscode";

import { statusView } from "../pure/statusText.ts";
import type { Session } from "../server/session.ts";

const LEVELS = {
  normal: undefined,
  warning: new vscode.ThemeColor("statusBarItem.warningBackground"),
  error: new vscode.ThemeColor("statusBarItem.errorBackground"),
} as const;

export function statusBar(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("codeassist", vscode.StatusBarAlignment.Right, 90);
  item.name = "Codeassist";
  const show = (): void => {
    const view = statusView(session.life);
    item.text = view.text;
    item.tooltip = view.tooltip;
    item.command = view.command;
    item.backgroundColor = LEVELS[view.level];
    item.show();
  };
  show();
  return vscode.Disposable.from(item, session.onLife(show));
}
