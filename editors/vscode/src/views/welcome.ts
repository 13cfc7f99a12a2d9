/** The walkthrough, once: at the first start, where the user lets extensions open theirs. */

import * as vscode from "vscode";

const SEEN = "codeassist.walkthroughSeen";

export async function welcome(context: vscode.ExtensionContext): Promise<void> {
  if (context.globalState.get<boolean>(SEEN, false)) return;
  await context.globalState.update(SEEN, true);
  const editor = vscode.workspace.getConfiguration("workbench");
  if (!editor.get<boolean>("welcomePage.walkthroughs.openOnInstall", true)) return;
  const walkthrough = `${context.extension.id}#start`;
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", walkthrough, true);
}
