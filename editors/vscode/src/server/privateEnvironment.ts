/**
 * The extension's own environment: made in its storage folder from the wheel in the package, with uv
 * where it is installed and with Python's own tools elsewhere.
 *
 * The folder's name has the wheel's hash, so that an update never meets an older environment. A file
 * written last tells that all went well. Two windows that start together do not make it twice.
 */

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";

import * as vscode from "vscode";

import { setting, withProgress } from "../editor.ts";
import { Problem } from "../pure/failures.ts";
import {
  explainInstall,
  isAboutVersions,
  pythonOf,
  type Sources,
  type Step,
  stepsWithPip,
  stepsWithUv,
} from "../pure/installing.ts";
import {
  candidates,
  choose,
  type Interpreter,
  interpreterOf,
  PROBE,
} from "../pure/interpreters.ts";
import type { Log } from "./log.ts";
import { execute, type Output, probe } from "./processes.ts";

const INSTALL_MS = 15 * 60_000;
const LOCK_STALE_MS = INSTALL_MS;
const LOCK_POLL_MS = 500;
const READY = "ready.json";
const PREFIX = "server-";

/** The Python of the private environment, which is made if need be. Throws a Problem. */
export async function privateServer(
  context: vscode.ExtensionContext,
  log: Log,
  selected: string | undefined,
  onStep: (step: string) => void,
): Promise<string> {
  const storage = context.globalStorageUri.fsPath;
  const wheel = await bundledWheel(context);
  const hash = createHash("sha256")
    .update(await readFile(wheel))
    .digest("hex")
    .slice(0, 12);
  const folder = path.join(storage, `${PREFIX}${hash}`);
  const python = pythonOf(folder, process.platform);
  if (await isReady(folder)) return python;
  await mkdir(storage, { recursive: true });
  const unlock = await lock(`${folder}.lock`);
  try {
    if (!(await isReady(folder))) {
      const constraints = path.join(path.dirname(wheel), "constraints.txt");
      await make({ folder, wheel, constraints }, log, selected, onStep);
      await writeFile(path.join(folder, READY), JSON.stringify({ wheel: path.basename(wheel) }));
      await removeOthers(storage, path.basename(folder), log);
    }
  } finally {
    await unlock();
  }
  return python;
}

async function bundledWheel(context: vscode.ExtensionContext): Promise<string> {
  const folder = path.join(context.extensionPath, "bundled");
  const names: string[] = await readdir(folder).catch(() => []);
  const wheel = names.find((name) => /^codeassist-.*\.whl$/.test(name));
  if (wheel) return path.join(folder, wheel);
  throw new Problem("this package of the extension has no server in it", "install it again");
}

/** Ready is what was finished and whose Python still starts: the base may have been removed. */
async function isReady(folder: string): Promise<boolean> {
  const finished = await stat(path.join(folder, READY)).catch(() => undefined);
  if (!finished) return false;
  return (await probe(pythonOf(folder, process.platform), ["-I", "-c", "print(1)"])) !== undefined;
}

async function make(
  sources: Sources,
  log: Log,
  selected: string | undefined,
  onStep: (step: string) => void,
): Promise<void> {
  const steps = await plan(sources, log, selected);
  await withProgress(
    "Codeassist: setting up its server, once",
    new Set(),
    async (reporter, token) => {
      for (const step of steps) {
        onStep(step.title);
        reporter.report({ message: step.title });
        await carryOut(step, sources, log, token);
      }
    },
  );
}

async function plan(sources: Sources, log: Log, selected: string | undefined): Promise<Step[]> {
  const named = setting<string>("server.python", "");
  const uv = named ? undefined : await probe("uv", ["--version"]);
  if (uv) {
    log.info(`making the environment with ${uv.trim()}`);
    return stepsWithUv("uv", sources, process.platform);
  }
  const base = choose(await interpreters(named, selected), named);
  if (base instanceof Problem) throw base;
  log.info(`making the environment with Python ${base.version.join(".")}: ${base.command}`);
  return stepsWithPip(base, sources, process.platform);
}

async function interpreters(named: string, selected: string | undefined): Promise<Interpreter[]> {
  const wanted = named
    ? [{ command: named, args: [] }]
    : candidates(process.platform, selected ? [selected] : []);
  const found: Interpreter[] = [];
  for (const candidate of wanted) {
    const answer = await probe(candidate.command, [...candidate.args, ...PROBE]);
    const interpreter = answer === undefined ? undefined : interpreterOf(candidate, answer);
    if (!interpreter) continue;
    found.push(interpreter);
    if (!(choose([interpreter]) instanceof Problem)) break;
  }
  return found;
}

async function carryOut(
  step: Step,
  sources: Sources,
  log: Log,
  token: vscode.CancellationToken,
): Promise<void> {
  let output = await logged(step.command, step.args, log, token);
  if (output.code !== 0 && isAboutVersions(output.text)) {
    log.warn("the tested versions do not fit this Python; trying what the package allows");
    const free = step.args.filter((arg) => arg !== "--constraint" && arg !== sources.constraints);
    output = await logged(step.command, free, log, token);
  }
  if (token.isCancellationRequested) {
    throw new Problem("the installation was cancelled", "run Codeassist: Restart Server to go on");
  }
  if (output.code !== 0) throw explainInstall(output.text);
}

async function logged(
  command: string,
  args: readonly string[],
  log: Log,
  token: vscode.CancellationToken,
): Promise<Output> {
  log.info(`> ${[command, ...args].join(" ")}`);
  const output = await execute(command, args, {
    milliseconds: INSTALL_MS,
    env: surroundings(),
    token,
  });
  log.info(output.text.trim());
  return output;
}

/** The environment of the process, with the editor's proxy where no other is set. */
export function surroundings(): NodeJS.ProcessEnv {
  const proxy = vscode.workspace.getConfiguration("http").get<string>("proxy", "");
  const known = process.env.HTTPS_PROXY ?? process.env.https_proxy;
  const env = proxy && !known ? { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } : {};
  return { ...process.env, ...env };
}

/** Wait until no other window makes the same environment; the answer ends the lock. */
async function lock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: "wx" });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const age = await stat(file)
      .then((found) => Date.now() - found.mtimeMs)
      .catch(() => 0);
    if (age > LOCK_STALE_MS || !(await isHeld(file))) await rm(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
}

/** Whether the process that made a lock still runs. */
async function isHeld(file: string): Promise<boolean> {
  const owner = Number(await readFile(file, "utf8").catch(() => ""));
  if (!owner) return true; // written a moment ago, or just removed
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function removeOthers(storage: string, kept: string, log: Log): Promise<void> {
  for (const name of await readdir(storage)) {
    if (!name.startsWith(PREFIX) || name.startsWith(kept) || name.endsWith(".lock")) continue;
    // Another window may still run the older server: then the folder stays until the next time.
    await rm(path.join(storage, name), { recursive: true, force: true }).catch((error: unknown) => {
      log.debug(`${name} stays: ${String(error)}`);
    });
  }
}
