// The installed extension, asked through the editor's own interface.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const ID = "codeassist.codeassist";

async function until(found, what) {
  for (;;) {
    const value = await found();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100)); // mocha's time limit ends it
  }
}

describe("the installed extension", () => {
  let extension, document;

  before(async () => {
    const folder = vscode.workspace.workspaceFolders[0].uri;
    document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, "invoice.py"));
    await vscode.window.showTextDocument(document);
    extension = vscode.extensions.getExtension(ID);
    await extension.activate();
  });

  it("has every command of its manifest", async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const declared = extension.packageJSON.contributes.commands.map(({ command }) => command);
    assert.deepEqual(declared.filter((command) => !known.has(command)), []);
  });

  it("has the defaults of its manifest, so that nothing is set by itself", () => {
    for (const group of extension.packageJSON.contributes.configuration) {
      for (const [key, property] of Object.entries(group.properties)) {
        const known = vscode.workspace.getConfiguration().inspect(key);
        assert.deepEqual(known.defaultValue, property.default, key);
      }
    }
  });

  it("keeps a workspace from choosing an address", async () => {
    const model = vscode.workspace.getConfiguration("codeassist.model");
    await assert.rejects(
      async () => model.update("baseUrl", "http://evil", vscode.ConfigurationTarget.Workspace),
    );
  });

  it("runs where the files are", () => {
    assert.equal(extension.extensionKind, vscode.ExtensionKind.Workspace);
    assert.equal(document.uri.scheme, "file");
  });

  it("offers the server's local refactorings, with an edit that is one step", async () => {
    const line = document.lineAt(5).text;
    const at = line.indexOf("amount * rate");
    const range = new vscode.Range(5, at, 5, at + "amount * rate".length);
    const [action] = await until(async () => {
      const all = await vscode.commands.executeCommand(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
        vscode.CodeActionKind.RefactorExtract.value,
        10,
      );
      return all.filter(({ title, edit }) => /variable/i.test(title) && edit).slice(0, 1)[0] && all.filter(({ edit }) => edit);
    });
    const before = document.getText();
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.notEqual(document.getText(), before);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });
});
