/** What went wrong, said to a person: what happened, what to do about it, and what to offer. */

export type FailureKind = "cancelled" | "changed" | "failed";

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly remedy: string;
}

/** Something that the extension itself could not do. */
export class Problem extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** A file is not as it was when the work on it began. `path` is its name for people. */
export class Changed extends Problem {
  constructor(path: string) {
    super(`${path} changed meanwhile: nothing was done, run it again`, "");
  }
}

// What the server says where there is no model; its own remedy is for a command line.
const NO_MODEL = "no model is set up";
const NO_MODEL_REMEDY = "run Codeassist: Set API Key, or Codeassist: Use a Local Model";

const REQUEST_CANCELLED = -32800;
const CONTENT_MODIFIED = -32801;

/** A rejected request, or anything else that was thrown, as a failure. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Problem) {
    const kind = thrown instanceof Changed ? "changed" : "failed";
    return { kind, message: thrown.message, remedy: thrown.remedy };
  }
  const error = (typeof thrown === "object" && thrown !== null ? thrown : {}) as {
    code?: unknown;
    message?: unknown;
    name?: unknown;
    data?: unknown;
  };
  const message = typeof error.message === "string" ? error.message : String(thrown);
  if (error.code === REQUEST_CANCELLED || error.name === "Canceled") {
    return { kind: "cancelled", message: "cancelled", remedy: "" };
  }
  if (error.code === CONTENT_MODIFIED) {
    return { kind: "changed", message, remedy: "" };
  }
  const data = error.data as { remedy?: unknown } | null | undefined;
  const remedy = typeof data?.remedy === "string" ? data.remedy : "";
  return { kind: "failed", message, remedy: message === NO_MODEL ? NO_MODEL_REMEDY : remedy };
}

/** A reason of the server, with the remedy that is at hand in the editor. */
export function inEditor(reason: string): string {
  return reason.startsWith(`${NO_MODEL}: `) ? `${NO_MODEL}: ${NO_MODEL_REMEDY}` : reason;
}

/** One line for a message box: `message: remedy`, starting with a capital. */
export function sentence(message: string, remedy = ""): string {
  const text = remedy ? `${message}: ${remedy}` : message;
  // An address, a path or a name in code stays as it is.
  return /^[a-z]+[\s,;]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
