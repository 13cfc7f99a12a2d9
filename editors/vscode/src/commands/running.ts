/** Running something long: progress that can be cancelled, and errors said with what helps. */

import type { App } from "../app.ts";
import { fail, isTrusted, type Offer, type Reporter, run, warn, withProgress } from "../editor.ts";
import { failureOf } from "../pure/failures.ts";
import type { LongRequest, Report } from "../server/session.ts";

/** What a model would take, offered where there is none. */
export const MODEL_OFFERS: readonly Offer[] = [
  { label: "Set API Key", run: () => run("codeassist.setKey") },
  { label: "Use a Local Model", run: () => run("codeassist.useLocalModel") },
];

/** The server's answer, undefined where it was cancelled or failed: the user has been told then. */
export async function long<T>(
  app: App,
  title: string,
  asked: LongRequest,
  again: () => unknown,
): Promise<T | undefined> {
  try {
    return await withProgress(`Codeassist: ${title}`, app.cancellations, (reporter, token) =>
      app.session.work<T>(asked, token, reporting(reporter)),
    );
  } catch (error) {
    explain(app, error, again);
    return undefined;
  }
}

/** Passes percentages on as the steps that the editor wants. */
export function reporting(reporter: Reporter): (report: Report) => void {
  let done = 0;
  return ({ message, percentage = done }) => {
    reporter.report({ increment: percentage - done, ...(message ? { message } : {}) });
    done = percentage;
  };
}

/** The server's answer to something quick, undefined where it failed. */
export async function quick<T>(app: App, method: string, params: object): Promise<T | undefined> {
  try {
    return await app.session.request<T>(method, params);
  } catch (error) {
    explain(app, error);
    return undefined;
  }
}

/** Say what went wrong. A cancellation needs no words: the user asked for it. */
export function explain(app: App, error: unknown, again?: () => unknown): void {
  const failure = failureOf(error);
  if (failure.kind === "cancelled") return;
  app.log.error(failure.message);
  const retry: Offer[] = again ? [{ label: "Run Again", run: again }] : [];
  if (failure.kind === "changed") {
    warn(failure.message, ...retry);
    return;
  }
  const { reason } = app.session.status;
  const isAboutModel = reason !== "" && reason.startsWith(failure.message);
  fail(failure, ...(isAboutModel ? modelOffers(app) : []), ...retry);
}

/** The offers, where a model is what is missing. */
export function modelOffers(app: App): readonly Offer[] {
  const { life, status } = app.session;
  return life.stage === "running" && !status.hasModel && isTrusted() ? MODEL_OFFERS : [];
}
