/** The tree of a review's findings: files, findings, evidence. A click goes to the place. */

import * as path from "node:path";

import * as vscode from "vscode";

import { asRange, relative, setContext } from "../editor.ts";
import { moved } from "../pure/edits.ts";
import {
  byFile,
  type FileNode,
  type FindingNode,
  leftOut,
  summary,
  tally,
} from "../pure/findings.ts";
import type { Evidence, Finding, ReviewResult, Severity } from "../pure/protocol.ts";

interface EvidenceNode {
  readonly kind: "evidence";
  readonly evidence: Evidence;
}

/** What was not looked at, so that a clean review is not taken for a whole one. */
interface LeftOutNode {
  readonly kind: "leftOut";
  readonly lines: readonly string[];
}

type Node = FileNode | FindingNode | EvidenceNode | LeftOutNode;

const ICONS: Record<Severity, vscode.ThemeIcon> = {
  error: new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground")),
  warning: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
  info: new vscode.ThemeIcon("info"),
};

export class Findings implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private readonly following: vscode.Disposable;
  private result: ReviewResult | undefined;
  private files: FileNode[] = [];

  readonly onDidChangeTreeData = this.changes.event;

  constructor() {
    this.view = vscode.window.createTreeView<Node>("codeassist.findingsView", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.following = vscode.workspace.onDidChangeTextDocument((change) => {
      this.follow(change);
    });
  }

  /** Show the findings of a review, and bring the tree to the front. */
  async show(result: ReviewResult): Promise<void> {
    this.put(result);
    await vscode.commands.executeCommand("codeassist.findingsView.focus");
  }

  clear(): void {
    this.put(undefined);
  }

  /** Take one finding out: it was dismissed. */
  remove(finding: Finding): void {
    if (!this.result) return;
    const isOther = (each: Finding): boolean =>
      each.fingerprint !== finding.fingerprint || each.uri !== finding.uri;
    this.put({ ...this.result, findings: this.result.findings.filter(isOther) });
  }

  getChildren(node?: Node): Node[] {
    if (!node) return [...this.files, ...this.gaps()];
    if (node.kind === "file") return [...node.findings];
    if (node.kind !== "finding") return [];
    return node.finding.evidence.map((evidence) => ({ kind: "evidence", evidence }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "file":
        return fileItem(node);
      case "finding":
        return findingItem(node.finding);
      case "evidence":
        return evidenceItem(node.evidence);
      case "leftOut":
        return leftOutItem(node.lines);
    }
  }

  dispose(): void {
    vscode.Disposable.from(this.view, this.changes, this.following).dispose();
  }

  private put(result: ReviewResult | undefined): void {
    this.result = result;
    this.files = byFile(result?.findings ?? []);
    const number = result?.findings.length ?? 0;
    // A message would hide the welcome text of an empty tree.
    this.view.message = result && number > 0 ? summary(result) : "";
    this.view.badge = number
      ? { value: number, tooltip: tally(result?.findings ?? []) }
      : undefined;
    setContext("hasFindings", number > 0);
    setContext("reviewed", result !== undefined);
    this.changes.fire(undefined);
  }

  private gaps(): LeftOutNode[] {
    const lines = this.result ? leftOut(this.result.coverage) : [];
    return lines.length ? [{ kind: "leftOut", lines }] : [];
  }

  /** Keep places right while files are edited; evidence is part of the review and stays. */
  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    if (!this.result?.findings.some((finding) => finding.uri === uri)) return;
    const findings = this.result.findings.map((finding) => {
      if (finding.uri !== uri) return finding;
      const range = contentChanges.reduce(
        (place, change) => moved(place, change.range, change.text),
        finding.range,
      );
      return { ...finding, range };
    });
    this.result = { ...this.result, findings };
    this.files = byFile(findings);
    this.changes.fire(undefined);
  }
}

function fileItem(node: FileNode): vscode.TreeItem {
  const uri = vscode.Uri.parse(node.uri);
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  item.label = path.posix.basename(uri.path);
  const folder = path.posix.dirname(relative(node.uri));
  item.description = folder === "." ? "" : folder;
  item.iconPath = vscode.ThemeIcon.File;
  item.id = node.uri;
  return item;
}

function findingItem(finding: Finding): vscode.TreeItem {
  const has = finding.evidence.length > 0;
  const state = has
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.None;
  const item = new vscode.TreeItem(finding.message.replaceAll("`", ""), state);
  item.description = `${finding.code}, line ${finding.range.start.line + 1}`;
  item.iconPath = ICONS[finding.severity];
  item.contextValue = "finding";
  item.tooltip = [finding.message, finding.remedy, `${finding.code} ${finding.name}`]
    .filter(Boolean)
    .join("\n\n");
  item.command = open(finding.uri, finding);
  return item;
}

function evidenceItem(evidence: Evidence): vscode.TreeItem {
  const item = new vscode.TreeItem(evidence.message.replaceAll("`", ""));
  item.description = `${relative(evidence.uri)}:${evidence.range.start.line + 1}`;
  item.iconPath = new vscode.ThemeIcon("arrow-small-right");
  item.tooltip = `${evidence.message}\n\n${item.description}`;
  item.command = open(evidence.uri, evidence);
  return item;
}

function leftOutItem(lines: readonly string[]): vscode.TreeItem {
  const item = new vscode.TreeItem(`Not looked at: ${lines.length}`);
  item.iconPath = new vscode.ThemeIcon("eye-closed");
  item.tooltip = lines.join("\n");
  item.description = lines[0] ?? "";
  return item;
}

function open(uri: string, place: { readonly range: Finding["range"] }): vscode.Command {
  const selection = asRange(place.range);
  return {
    command: "vscode.open",
    title: "Open",
    arguments: [vscode.Uri.parse(uri), { selection, preserveFocus: true }],
  };
}
