/** The server's protocol beyond LSP, as types. Nothing here runs. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Zero-based, in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

export type Task = "docs" | "bugs" | "refactor" | "architecture";

export interface RunParams {
  readonly task: Task;
  readonly uri: string;
  readonly range?: Span;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** `edit` is a WorkspaceEdit of LSP; the editor's client converts it. */
export interface Edit {
  readonly title: string;
  readonly verified: boolean;
  readonly problems: readonly string[];
  readonly proofs: readonly string[];
  readonly diff: string;
  readonly edit: unknown;
}

export interface Suggestion extends Edit {
  readonly explanation: string;
  readonly lines: unknown;
}

export interface Evidence {
  readonly message: string;
  readonly uri: string;
  readonly range: Span;
}

export type Severity = "error" | "warning" | "info";

export interface Finding {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly uri: string;
  readonly range: Span;
  readonly symbol: string;
  readonly url: string;
  readonly evidence: readonly Evidence[];
  readonly fingerprint: string;
}

export interface Usage {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost: number | null;
}

export interface RunResult {
  readonly edits: readonly Edit[];
  readonly suggestions: readonly Suggestion[];
  readonly hypotheses: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly document: string;
  readonly notes: readonly string[];
  readonly dropped: readonly { readonly what: string; readonly reason: string }[];
  readonly failures: readonly { readonly message: string; readonly remedy: string }[];
  readonly usage: Usage;
  readonly seconds: number;
}

export interface Coverage {
  readonly reviewed: readonly string[];
  readonly partial: readonly { readonly path: string; readonly reason: string }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly failures: readonly string[];
}

export interface ReviewResult {
  readonly base: string;
  readonly head: string;
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  readonly notes: readonly string[];
}

export interface Running {
  readonly token: string | number;
  readonly title: string;
  readonly stage: string;
  readonly inputTokens: number;
  readonly cost: number | null;
}

export type State = "starting" | "indexing" | "ready" | "thinking" | "offline" | "limit";

export interface Status {
  readonly state: State;
  readonly message: string;
  readonly percent: number | null;
  readonly running: readonly Running[];
  readonly model: string;
  readonly hasModel: boolean;
  readonly reason: string;
  readonly costToday: number | null;
}

export interface PackResult {
  readonly text: string;
  readonly tokens: number;
  readonly budget: number;
  readonly model: string;
  readonly pieces: readonly {
    readonly uri: string;
    readonly range: Span;
    readonly symbol: string;
    readonly tokens: number;
    readonly reasons: readonly string[];
  }[];
  readonly notes: readonly string[];
}

export interface ModelsResult {
  readonly address: string;
  readonly models: readonly string[];
  readonly ok: boolean;
  readonly message: string;
  readonly remedy: string;
}

export interface DoctorResult {
  readonly items: readonly {
    readonly subject: string;
    readonly health: "ok" | "missing" | "broken";
    readonly detail: string;
    readonly remedy: string;
  }[];
  readonly text: string;
}

/** Requests from the editor to the server. */
export const Method = {
  run: "codeassist/run",
  showPrompt: "codeassist/showPrompt",
  pack: "codeassist/pack",
  review: "codeassist/review",
  status: "codeassist/status",
  cost: "codeassist/cost",
  doctor: "codeassist/doctor",
  models: "codeassist/models",
  explain: "codeassist/explain",
  setKey: "codeassist/setKey",
} as const;

/** Commands that the server puts into actions and the editor carries out. */
export const ClientCommand = {
  instruct: "codeassist.client.instruct",
  showDocument: "codeassist.client.showDocument",
  rename: "codeassist.client.rename",
} as const;

/** Commands of the server (workspace/executeCommand). */
export const ServerCommand = {
  run: "codeassist.run",
  bugs: "codeassist.bugs",
  review: "codeassist.review",
  dismiss: "codeassist.dismiss",
  clear: "codeassist.clear",
} as const;
