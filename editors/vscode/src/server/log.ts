/** The log of the extension and the server, in which no key is ever written. */

import * as vscode from "vscode";

import { redact } from "../pure/redaction.ts";

export type Log = vscode.LogOutputChannel;

const WRITERS = new Set([
  "append",
  "appendLine",
  "replace",
  "trace",
  "debug",
  "info",
  "warn",
  "error",
]);

/** A channel that blacks out what `secrets` gives at the time of writing. */
export function redactingLog(name: string, secrets: () => Iterable<string>): Log {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  const clean = (part: unknown): unknown => {
    if (typeof part === "string") return redact(part, secrets());
    if (part instanceof Error) return redact(part.stack ?? part.message, secrets());
    return part === undefined ? part : redact(JSON.stringify(part), secrets());
  };
  return new Proxy(channel, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== "function") return value;
      const method = value as (...args: unknown[]) => unknown;
      return WRITERS.has(String(property))
        ? (...args: unknown[]) => method.apply(target, args.map(clean))
        : method.bind(target);
    },
  });
}
