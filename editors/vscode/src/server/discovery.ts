/**
 * Finds the server: the setting, then the selected Python environment, then the private one.
 *
 * A place that is broken is logged and the next one tried. In a workspace that is not trusted the
 * selected environment is left alone, since it may be the workspace's own.
 */

import * as vscode from "vscode";

import { isTrusted, setting } from "../editor.ts";
import type { Log } from "./log.ts";
import { privateServer } from "./privateEnvironment.ts";
import { installedVersion } from "./processes.ts";
import { selectedPython } from "./pythonExtension.ts";

/** How to start the server. `origin` is for the log and the status. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: string;
}

/** A module that is started from nowhere: the folder at hand cannot put its own in front. */
const MODULE = ["-P", "-m", "codeassist"] as const;

/** The command of the server. Throws a Problem where there is none. */
export async function findServer(
  context: vscode.ExtensionContext,
  log: Log,
  onStep: (step: string) => void,
): Promise<ServerCommand> {
  const [command, ...args] = setting<string[]>("server.command", []);
  if (command) {
    return { command, args: [...args, "serve"], origin: "the setting codeassist.server.command" };
  }
  const python = isTrusted() ? await selectedPython(log) : undefined;
  if (python) {
    const found = await installedVersion(python, log);
    const wanted = ownVersion(context);
    if (found === wanted) {
      return {
        command: python,
        args: [...MODULE, "serve"],
        origin: `the environment of ${python}`,
      };
    }
    log.info(
      found
        ? `${python} has codeassist ${found}, this extension goes with ${wanted}`
        : `${python} has no codeassist`,
    );
  }
  const own = await privateServer(context, log, python, onStep);
  return { command: own, args: [...MODULE, "serve"], origin: "the extension's own environment" };
}

function ownVersion(context: vscode.ExtensionContext): string {
  return (context.extension.packageJSON as { version: string }).version;
}
