/** Read-only documents: packs, prompts, explanations. They are kept for as long as they are open. */

import * as path from "node:path";

import * as vscode from "vscode";

const SCHEME = "codeassist";

export interface Page {
  readonly title: string;
  readonly language: string;
  readonly text: string;
}

export class Pages implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly parts: vscode.Disposable;
  private number = 0;

  constructor() {
    this.parts = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? "",
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    );
  }

  /** Show a page as text, in its language's colours. */
  async show(page: Page): Promise<void> {
    const uri = this.keep(page);
    const document = await vscode.workspace.openTextDocument(uri);
    const coloured = await vscode.languages.setTextDocumentLanguage(document, page.language).then(
      (known) => known,
      () => document, // a language that this editor does not have
    );
    await vscode.window.showTextDocument(coloured, { preview: true });
  }

  /** Show Markdown as people read it; as text where the editor has no preview. */
  async read(title: string, text: string): Promise<void> {
    const page = { title, language: "markdown", text };
    try {
      await vscode.commands.executeCommand("markdown.showPreview", this.keep(page));
    } catch {
      await this.show(page);
    }
  }

  dispose(): void {
    this.parts.dispose();
  }

  private keep(page: Page): vscode.Uri {
    const name = page.title.replace(/[\\/?#]/g, " ").trim();
    const ending = page.language === "markdown" && !path.extname(name) ? ".md" : "";
    const uri = vscode.Uri.from({
      scheme: SCHEME,
      path: `/${++this.number}/${name}${ending}`,
    });
    this.texts.set(uri.toString(), page.text);
    return uri;
  }
}
