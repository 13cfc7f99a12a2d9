/** The API key: in the editor's secret storage, and in memory for as long as the server needs it. */

import type * as vscode from "vscode";

const SECRET = "codeassist.apiKey";

export class KeyStore {
  private readonly secrets: vscode.SecretStorage;
  private known: string | undefined;

  constructor(secrets: vscode.SecretStorage) {
    this.secrets = secrets;
  }

  /** What must never be written anywhere: for the log. */
  secretsInMemory(): string[] {
    return this.known ? [this.known] : [];
  }

  async read(): Promise<string | undefined> {
    this.known = await this.secrets.get(SECRET);
    return this.known;
  }

  async write(key: string): Promise<void> {
    this.known = key; // before it can be in any message
    await this.secrets.store(SECRET, key);
  }

  async remove(): Promise<void> {
    await this.secrets.delete(SECRET);
  }

  /** Calls back when the key changes, in any window. */
  onChange(callback: () => void): vscode.Disposable {
    return this.secrets.onDidChange((event) => {
      if (event.key === SECRET) callback();
    });
  }
}
