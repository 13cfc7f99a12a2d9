/** What the Python extension says is selected; it is asked only if it is there. */

import * as vscode from "vscode";

import type { Log } from "./log.ts";

const ID = "ms-python.python";
// The Python extension can be slow to start; nobody should wait for it longer than for a server.
const PATIENCE_MS = 10_000;

/** The part of that extension's public interface that is used here. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(path: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The path of the interpreter that is selected for the first folder, undefined if none is. */
export async function selectedPython(log: Log): Promise<string | undefined> {
  const api = await python();
  if (!api) return undefined;
  try {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const path = api.environments.getActiveEnvironmentPath(folder);
    const environment = await api.environments.resolveEnvironment(path);
    return environment?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`the Python extension did not say which environment is selected: ${String(error)}`);
    return undefined;
  }
}

/** Calls back whenever another environment is selected. */
export async function onOtherPython(callback: () => void): Promise<vscode.Disposable | undefined> {
  return (await python())?.environments.onDidChangeActiveEnvironmentPath(callback);
}

async function python(): Promise<PythonApi | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>(ID);
  if (!extension) return undefined;
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, PATIENCE_MS);
  });
  return Promise.race([Promise.resolve(extension.activate()).catch(() => undefined), late]);
}
