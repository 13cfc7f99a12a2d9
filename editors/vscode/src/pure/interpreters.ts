/** Which Python can carry the server: what to try, how to ask it, and what to say if none will do. */

import { Problem } from "./failures.ts";

export const OLDEST: readonly [number, number] = [3, 11];

export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Interpreter extends Candidate {
  readonly version: readonly [number, number];
  readonly hasVenv: boolean;
}

// Isolated, so that neither the folder nor the environment can put another module in front.
export const PROBE: readonly string[] = [
  "-I",
  "-c",
  "import sys, importlib.util as u; " +
    "print(*sys.version_info[:2], int(bool(u.find_spec('venv') and u.find_spec('ensurepip'))))",
];

/** What to try, the newest first. `chosen` is what the user or the editor named. */
export function candidates(platform: NodeJS.Platform, chosen: readonly string[]): Candidate[] {
  const named = chosen.filter(Boolean).map((command) => ({ command, args: [] }));
  const versions = ["3.14", "3.13", "3.12", "3.11"];
  const usual =
    platform === "win32"
      ? [
          ...versions.map((version) => ({ command: "py", args: [`-${version}`] })),
          { command: "python", args: [] },
        ]
      : [...versions.map((version) => `python${version}`), "python3", "python"].map((command) => ({
          command,
          args: [],
        }));
  return [...named, ...usual];
}

/** The answer to PROBE, undefined if it is none. */
export function interpreterOf(candidate: Candidate, output: string): Interpreter | undefined {
  const found = /^(\d+) (\d+) ([01])\s*$/.exec(output);
  if (!found) return undefined;
  return {
    ...candidate,
    version: [Number(found[1]), Number(found[2])],
    hasVenv: found[3] === "1",
  };
}

/**
 * The first that is new enough and can make environments, or what is wrong with all of them. `named`
 * is the one that the user asked for, if any.
 */
export function choose(found: readonly Interpreter[], named = ""): Interpreter | Problem {
  const recent = found.filter(({ version }) => !isOlder(version));
  const usable = recent.find(({ hasVenv }) => hasVenv);
  if (usable) return usable;
  const without = recent[0];
  if (without) {
    const name = `python${without.version.join(".")}`;
    return new Problem(
      `${name} cannot make environments here`,
      `install the package ${name}-venv of your system, or set codeassist.server.python`,
    );
  }
  const old = found[0];
  if (named && !old) {
    const remedy = "set codeassist.server.python to another, or leave it empty";
    return new Problem(`${named} is no Python that can be started`, remedy);
  }
  return old
    ? new Problem(
        `Python ${old.version.join(".")} is too old`,
        `install Python ${OLDEST.join(".")} or later, or set codeassist.server.python to one`,
      )
    : new Problem(
        "no Python was found",
        `install Python ${OLDEST.join(".")} or later, or set codeassist.server.python to one`,
      );
}

function isOlder(version: readonly [number, number]): boolean {
  return version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1]);
}
