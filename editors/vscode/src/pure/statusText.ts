/** What the status bar says of a state: text, tooltip and whether it is a warning. */

import { inEditor, sentence } from "./failures.ts";
import type { Running, Status } from "./protocol.ts";

/** The server's life as the extension sees it, before and after there is a status. */
export type Life =
  | { readonly stage: "finding" | "starting" | "stopped" }
  | { readonly stage: "installing"; readonly step: string }
  | { readonly stage: "waiting"; readonly seconds: number }
  | { readonly stage: "failed"; readonly message: string }
  | { readonly stage: "running"; readonly status: Status; readonly restricted: boolean };

export interface StatusView {
  readonly text: string;
  readonly tooltip: string;
  readonly command: "codeassist.menu" | "codeassist.cancel" | "codeassist.showLog";
  readonly level: "normal" | "warning" | "error";
}

const NAME = "Codeassist";

/** The view of a state. `sent` are the requests that the extension itself waits for. */
export function statusView(life: Life): StatusView {
  switch (life.stage) {
    case "finding":
      return plain("$(loading~spin) Codeassist", "Looking for the server");
    case "starting":
      return plain("$(loading~spin) Codeassist", "Starting the server");
    case "installing":
      return plain("$(loading~spin) Codeassist: installing", life.step);
    case "waiting":
      return {
        ...plain("$(warning) Codeassist", `The server stopped; next start in ${life.seconds} s`),
        command: "codeassist.showLog",
        level: "warning",
      };
    case "stopped":
      return plain("$(circle-slash) Codeassist", "The server is stopped");
    case "failed":
      return {
        ...plain("$(error) Codeassist", life.message),
        level: "error",
      };
    case "running":
      return running(life.status, life.restricted);
  }
}

function running(status: Status, restricted: boolean): StatusView {
  const tooltip = lines(
    status.message,
    status.hasModel && status.model ? `Model: ${status.model}` : "",
    restricted
      ? "Restricted Mode: local facts only"
      : status.hasModel
        ? ""
        : inEditor(status.reason),
    status.costToday === null ? "" : `Today: ${money(status.costToday)}`,
  );
  switch (status.state) {
    case "starting":
    case "indexing":
      return plain(`$(sync~spin) Codeassist${percent(status.percent)}`, tooltip || "Indexing");
    case "thinking":
      return {
        ...plain(`$(loading~spin) ${thinking(status.running)}`, lines("Click to cancel", tooltip)),
        command: "codeassist.cancel",
      };
    case "limit":
      return { ...plain("$(warning) Codeassist: limit reached", tooltip), level: "warning" };
    case "offline":
      return plain("$(circle-outline) Codeassist: local", tooltip);
    case "ready":
      return status.hasModel && !restricted
        ? plain("$(check) Codeassist", tooltip)
        : plain("$(circle-outline) Codeassist: local", tooltip);
  }
}

function thinking(runs: readonly Running[]): string {
  const tokens = runs.reduce((sum, run) => sum + run.inputTokens, 0);
  const cost = runs.reduce((sum, run) => sum + (run.cost ?? 0), 0);
  const title = runs.length === 1 ? (runs[0]?.title ?? "Thinking") : "Thinking";
  return [title, tokens ? `${count(tokens)} tokens` : "", cost ? money(cost) : ""]
    .filter(Boolean)
    .join(" \u00b7 ");
}

/** 950, 1.2k, 34k, 1.2M. */
export function count(number: number): string {
  if (number < 1_000) return String(number);
  const [scaled, unit] = number < 999_500 ? [number / 1_000, "k"] : [number / 1_000_000, "M"];
  return `${scaled < 9.95 ? scaled.toFixed(1) : scaled.toFixed(0)}${unit}`;
}

/** US dollars; small sums to the hundredth of a cent, since a request often costs less than one. */
export function money(dollars: number): string {
  return `$${dollars.toFixed(dollars !== 0 && dollars < 0.1 ? 4 : 2)}`;
}

function percent(value: number | null): string {
  return value === null ? "" : ` ${value}%`;
}

function plain(text: string, tooltip: string): StatusView {
  return { text, tooltip: tooltip || NAME, command: "codeassist.menu", level: "normal" };
}

function lines(...parts: readonly string[]): string {
  return parts
    .filter(Boolean)
    .map((part) => sentence(part))
    .join("\n");
}
