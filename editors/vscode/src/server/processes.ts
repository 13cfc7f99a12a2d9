/** Runs short commands: no shell, a time limit, the output as text. */

import { execFile } from "node:child_process";

import type { Token } from "../editor.ts";
import type { Log } from "./log.ts";

// A first start of Python from a cold disk or a network drive takes seconds.
const PROBE_MS = 20_000;

export interface Output {
  readonly code: number;
  readonly text: string;
}

export interface Options {
  readonly milliseconds: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly token?: Token;
}

/** Run a command to its end; `code` is not 0 where it failed or could not be started. */
export function execute(
  command: string,
  args: readonly string[],
  options: Options,
): Promise<Output> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      {
        timeout: options.milliseconds,
        maxBuffer: 64 * 1024 * 1024,
        windowsHide: true,
        ...(options.cwd ? { cwd: options.cwd } : {}),
        ...(options.env ? { env: options.env } : {}),
      },
      (error, out, err) => {
        cancelling?.dispose();
        const code = error ? (typeof error.code === "number" ? error.code : 1) : 0;
        resolve({ code, text: error ? `${out}${err}${error.message}` : out });
      },
    );
    const cancelling = options.token?.onCancellationRequested(() => child.kill());
  });
}

/** A quick question to a program; undefined if it has no answer. */
export async function probe(command: string, args: readonly string[]): Promise<string | undefined> {
  const { code, text } = await execute(command, args, { milliseconds: PROBE_MS });
  return code === 0 ? text : undefined;
}

const VERSION = "import importlib.metadata as m; print(m.version('codeassist'))";

/** The version of codeassist that a Python has, "" if it has none. */
export async function installedVersion(python: string, log: Log): Promise<string> {
  const { code, text } = await execute(python, ["-P", "-c", VERSION], { milliseconds: PROBE_MS });
  if (code !== 0) log.debug(`${python}: ${text}`);
  return code === 0 ? text.trim() : "";
}
