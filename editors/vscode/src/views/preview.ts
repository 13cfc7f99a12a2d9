/**
 * Edits before they are made, in the editor's own diffs with Accept and Discard in the title: one
 * file in a diff, several in one list of diffs. An accepted edit is one step of undo and not saved.
 *
 * An edit belongs to a state of its files, and is made as a whole or not at all: where one of them has
 * changed meanwhile, nothing is applied. (The editor's "refactor preview" would let parts of it in.)
 */

import * as path from "node:path";

import * as vscode from "vscode";

import { relative, setContext } from "../editor.ts";
import { applied } from "../pure/edits.ts";
import { Problem } from "../pure/failures.ts";

const SCHEME = "codeassist-preview";

/**
 * What became of a preview. `path` is a file that is not as it was when the edit was made; "refused"
 * is by the editor, such as for a new file that is there already.
 */
export type Decision =
  | { readonly kind: "accepted" | "discarded" | "refused" }
  | { readonly kind: "changed"; readonly path: string };

/** A file as it is and as it would be. `document` is undefined for a file that is new. */
interface Change {
  readonly uri: vscode.Uri;
  readonly edits: readonly vscode.TextEdit[];
  readonly document: vscode.TextDocument | undefined;
  readonly version: number;
  readonly after: vscode.Uri;
  readonly text: string;
}

/** A preview that is open; `title` is that of its tab. */
interface Open {
  readonly title: string;
  readonly changes: readonly Change[];
  readonly decide: (decision: Decision) => void;
}

export class Previews implements vscode.Disposable {
  private readonly open = new Set<Open>();
  private readonly parts: vscode.Disposable;
  private number = 0;

  constructor() {
    this.parts = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.textOf(uri),
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) this.find(tab)?.decide({ kind: "discarded" });
      }),
      vscode.commands.registerCommand("codeassist.accept", () => this.accept()),
      vscode.commands.registerCommand("codeassist.discard", () => this.discard()),
    );
    void closeLeftovers();
  }

  /** Show edits and wait for what becomes of them. Throws a Problem where they contradict. */
  async show(edits: readonly vscode.WorkspaceEdit[], title: string): Promise<Decision> {
    const changes = await Promise.all(byFile(edits).map((file) => this.change(file)));
    const [only, ...others] = changes;
    if (!only) return { kind: "discarded" };
    const tab = others.length ? title : titleOf(only, title);
    const { promise, decide } = deferred();
    const shown = { title: tab, changes, decide };
    this.open.add(shown);
    try {
      setContext("previewsMany", others.length > 0);
      if (others.length) await showMany(changes, tab);
      else await showOne(only, tab);
      return await promise;
    } finally {
      this.open.delete(shown);
    }
  }

  dispose(): void {
    this.parts.dispose();
  }

  private async change({ uri, edits }: FileEdits): Promise<Change> {
    const document = await vscode.workspace.openTextDocument(uri).then(
      (found) => found,
      () => undefined,
    );
    return {
      uri,
      edits,
      document,
      version: document?.version ?? 0,
      // The same path, or the editor takes the pair for a file that is renamed.
      after: uri.with({ scheme: SCHEME, authority: "", query: String(++this.number) }),
      text: document ? after(document, edits) : edits.map(({ newText }) => newText).join(""),
    };
  }

  private textOf(uri: vscode.Uri): string {
    const changes = [...this.open].flatMap((shown) => shown.changes);
    return changes.find((change) => change.after.toString() === uri.toString())?.text ?? "";
  }

  private async accept(): Promise<void> {
    const shown = this.find(vscode.window.tabGroups.activeTabGroup.activeTab);
    if (!shown) return;
    const stale = shown.changes.find(
      ({ document, version }) => document && (document.version !== version || document.isClosed),
    );
    const decision: Decision = stale
      ? { kind: "changed", path: relative(stale.uri.toString()) }
      : { kind: (await vscode.workspace.applyEdit(whole(shown.changes))) ? "accepted" : "refused" };
    shown.decide(decision);
    await close(shown);
    if (stale) await vscode.window.showTextDocument(stale.uri);
    else if (decision.kind === "accepted" && shown.changes[0]) await reveal(shown.changes[0]);
  }

  private async discard(): Promise<void> {
    const shown = this.find(vscode.window.tabGroups.activeTabGroup.activeTab);
    if (!shown) return;
    shown.decide({ kind: "discarded" });
    await close(shown);
  }

  private find(tab: vscode.Tab | undefined): Open | undefined {
    return tab && [...this.open].find((shown) => isTabOf(tab, shown));
  }
}

function deferred(): { promise: Promise<Decision>; decide: (decision: Decision) => void } {
  let decide: (decision: Decision) => void = () => undefined;
  const promise = new Promise<Decision>((resolve) => {
    decide = resolve;
  });
  return { promise, decide };
}

interface FileEdits {
  readonly uri: vscode.Uri;
  readonly edits: vscode.TextEdit[];
}

/** The text edits of all edits by file. Throws a Problem for what is no change of text. */
function byFile(edits: readonly vscode.WorkspaceEdit[]): FileEdits[] {
  const files = new Map<string, FileEdits>();
  for (const [uri, own] of edits.flatMap((edit) => edit.entries())) {
    const known = files.get(uri.toString()) ?? { uri, edits: [] };
    known.edits.push(...own);
    files.set(uri.toString(), known);
  }
  return [...files.values()];
}

function after(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): string {
  const eol = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
  const text = applied(
    document.getText(),
    edits.map(({ range, newText }) => ({
      from: document.offsetAt(range.start),
      to: document.offsetAt(range.end),
      text: newText.replaceAll(/\r?\n/g, eol),
    })),
  );
  if (text !== undefined) return text;
  throw new Problem("the edits contradict each other", "run it again for a smaller part");
}

/** One edit of all files, which is one step of undo. */
function whole(changes: readonly Change[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, document, edits, text } of changes) {
    if (document) edit.set(uri, [...edits]);
    else edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  }
  return edit;
}

function titleOf(change: Change, title: string): string {
  const name = path.posix.basename(change.uri.path);
  return title.startsWith(name) ? title : `${name}: ${title}`;
}

async function showOne(change: Change, title: string): Promise<void> {
  const place = start(change);
  const selection = place && new vscode.Range(place, place);
  const left = change.document ? change.uri : vscode.Uri.from({ scheme: SCHEME, path: "/new" });
  const options = { preview: false, ...(selection ? { selection } : {}) };
  await vscode.commands.executeCommand("vscode.diff", left, change.after, title, options);
  // The name's ending says the language, unless the user has chosen another.
  const shown = await vscode.workspace.openTextDocument(change.after);
  if (change.document && shown.languageId !== change.document.languageId) {
    await vscode.languages.setTextDocumentLanguage(shown, change.document.languageId);
  }
}

async function showMany(changes: readonly Change[], title: string): Promise<void> {
  const rows = changes.map(({ uri, document, after: right }) => [
    uri,
    document ? uri : undefined,
    right,
  ]);
  await vscode.commands.executeCommand("vscode.changes", title, rows);
}

/**
 * A tab with one file says which it shows. One with several is known by its title alone, to which the
 * editor adds their number.
 */
function isTabOf(tab: vscode.Tab, shown: Open): boolean {
  const [only, ...others] = shown.changes;
  if (others.length) return tab.label.startsWith(`${shown.title} (`);
  const { input } = tab;
  return (
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === only?.after.toString()
  );
}

async function close(shown: Open): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => isTabOf(tab, shown));
  await vscode.window.tabGroups.close(tabs);
}

/** Close what an earlier run of the editor has left open: its edits are forgotten. */
async function closeLeftovers(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === SCHEME,
    ),
  );
}

/** Bring a file to the front, at what was edited. */
async function reveal(change: Change): Promise<void> {
  const editor = await vscode.window.showTextDocument(change.uri);
  const place = start(change);
  if (!place) return;
  editor.selection = new vscode.Selection(place, place);
  const how = vscode.TextEditorRevealType.InCenterIfOutsideViewport;
  editor.revealRange(editor.selection, how);
}

function start(change: Change): vscode.Position | undefined {
  const places = change.edits.map(({ range }) => range.start);
  return places.sort((one, other) => one.compareTo(other))[0];
}
