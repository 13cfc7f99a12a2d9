/**
 * The one wrapper over the editor's API for everything that talks to the user: messages, questions,
 * progress, documents and settings. What asks and tells goes through here; views and the client use
 * the API's classes themselves.
 */

import * as vscode from "vscode";

import { type Failure, sentence } from "./pure/failures.ts";
import type { Span } from "./pure/protocol.ts";
import { type Declared, explicit } from "./pure/settings.ts";

export const SECTION = "codeassist";

/** A place in a document, in the words of the server. */
export interface Place {
  readonly uri: string;
  readonly range: Span;
}

/** Something to offer beside a message. */
export interface Offer {
  readonly label: string;
  readonly run: () => unknown;
}

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: T;
}

export interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  readonly validate?: (text: string) => string | undefined;
}

/** A cancellation that both sides see. */
export type Token = vscode.CancellationToken;

export async function ask(question: Question): Promise<string | undefined> {
  const { validate, ...options } = question;
  const answer = await vscode.window.showInputBox({
    ...options,
    ignoreFocusOut: true,
    ...(validate ? { validateInput: validate } : {}),
  });
  return answer?.trim() ? answer.trim() : undefined;
}

export async function pick<T>(
  choices: readonly Choice<T>[],
  title: string,
  placeHolder = "",
): Promise<T | undefined> {
  const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(choices, options))?.value;
}

/** Choose several; `picked` are ticked from the start. */
export async function pickSeveral<T>(
  choices: readonly (Choice<T> & { readonly picked: boolean })[],
  title: string,
): Promise<readonly T[] | undefined> {
  const chosen = await vscode.window.showQuickPick(choices, { title, canPickMany: true });
  return chosen?.map(({ value }) => value);
}

export function tell(message: string, ...offers: readonly Offer[]): void {
  follow(vscode.window.showInformationMessage(sentence(message), ...labels(offers)), offers);
}

export function warn(message: string, ...offers: readonly Offer[]): void {
  follow(vscode.window.showWarningMessage(sentence(message), ...labels(offers)), offers);
}

export function fail(failure: Failure, ...offers: readonly Offer[]): void {
  const text = sentence(failure.message, failure.remedy);
  follow(vscode.window.showErrorMessage(text, ...labels(offers)), offers);
}

function labels(offers: readonly Offer[]): string[] {
  return offers.map(({ label }) => label);
}

function follow(shown: Thenable<string | undefined>, offers: readonly Offer[]): void {
  void shown.then((label) => offers.find((offer) => offer.label === label)?.run());
}

export interface Reporter {
  report(value: { message?: string; increment?: number }): void;
}

/**
 * A notification with a Cancel button for as long as `work` takes. `cancellations` holds a function
 * that cancels it too, for as long.
 */
export async function withProgress<T>(
  title: string,
  cancellations: Set<() => void>,
  work: (reporter: Reporter, token: Token) => Promise<T>,
): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const cancel = (): void => {
    source.cancel();
  };
  cancellations.add(cancel);
  try {
    return await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (reporter, token) => {
        token.onCancellationRequested(cancel);
        return work(reporter, source.token);
      },
    );
  } finally {
    cancellations.delete(cancel);
    source.dispose();
  }
}

export function run(command: string, ...args: readonly unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

export function setContext(key: string, value: unknown): void {
  void run("setContext", `${SECTION}.${key}`, value);
}

/** Where the cursor or the selection is, undefined if no text of a file is in front. */
export function here(): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !["file", "untitled"].includes(editor.document.uri.scheme)) return undefined;
  return { uri: editor.document.uri.toString(), range: editor.selection };
}

export function isTrusted(): boolean {
  return vscode.workspace.isTrusted;
}

/**
 * A URI of the folder to work on: of the document in front, or of the folder that is chosen.
 * Undefined where there is only one, which needs no name.
 */
export async function folder(): Promise<string | undefined> {
  const all = vscode.workspace.workspaceFolders ?? [];
  const active = vscode.window.activeTextEditor?.document.uri;
  if (all.length < 2) return undefined;
  if (active && vscode.workspace.getWorkspaceFolder(active)) return active.toString();
  const chosen = await vscode.window.showWorkspaceFolderPick({ placeHolder: "Which folder?" });
  return chosen?.uri.toString();
}

/** A short name of a file for people. */
export function relative(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

export function asRange(span: Span): vscode.Range {
  const { start, end } = span;
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

export async function goTo(uri: string, span: Span): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: asRange(span) });
}

/** Rename what stands at a place, as F2 does. Where no extension can, the editor does nothing. */
export async function rename({ uri, range }: Place): Promise<void> {
  if (here()?.uri !== uri) return; // another file has come to the front meanwhile
  await run("editor.action.rename", [vscode.Uri.parse(uri), asRange(range).start]);
}

/** What the user set of ours, for the server; `scope` is a folder's or file's URI. */
export function userSettings(
  settings: readonly Declared[],
  scope?: string,
): Record<string, unknown> {
  const resource = scope === undefined ? null : vscode.Uri.parse(scope);
  const configuration = vscode.workspace.getConfiguration(SECTION, resource);
  return explicit(settings, (key) => configuration.inspect(key));
}

export function setting<T>(key: string, fallback: T): T {
  return vscode.workspace.getConfiguration(SECTION).get<T>(key, fallback);
}

/** Set one of the user's own settings; undefined takes it back. */
export async function saveSetting(key: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
}

export function openSettings(query: string): Thenable<unknown> {
  return run("workbench.action.openSettings", query);
}
