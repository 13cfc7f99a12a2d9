/** Edits of the server in the editor's form, refused where a file has changed meanwhile. */

import * as vscode from "vscode";
import {
  type CodeAction,
  CodeActionResolveRequest,
  type LanguageClient,
  type WorkspaceEdit,
} from "vscode-languageclient/node";

import { relative } from "../editor.ts";
import { Changed } from "../pure/failures.ts";

/** The editor's form of an edit. Throws Changed where a file is not as the server knew it. */
export async function convert(
  client: LanguageClient,
  given: unknown,
): Promise<vscode.WorkspaceEdit> {
  const edit = given as WorkspaceEdit;
  for (const change of edit.documentChanges ?? []) {
    if (!("textDocument" in change)) continue;
    const { uri, version } = change.textDocument;
    const open = vscode.workspace.textDocuments.find(
      (document) => client.code2ProtocolConverter.asUri(document.uri) === uri,
    );
    if (open && version !== null && open.version !== version) {
      throw new Changed(relative(open.uri.toString()));
    }
  }
  return client.protocol2CodeConverter.asWorkspaceEdit(edit);
}

/** The edit of an action, which the server works out where it has none yet; undefined for none. */
export async function resolveEdit(
  client: LanguageClient,
  action: vscode.CodeAction,
  token: vscode.CancellationToken,
): Promise<vscode.WorkspaceEdit | undefined> {
  if (action.edit) return action.edit;
  const { title, kind, ...rest } = await client.code2ProtocolConverter.asCodeAction(action, token);
  const asked: CodeAction = { title, ...(kind ? { kind } : {}), ...rest };
  delete asked.command; // ours, which the server has never seen
  const { edit } = await client.sendRequest(CodeActionResolveRequest.type, asked, token);
  return edit ? convert(client, edit) : undefined;
}
