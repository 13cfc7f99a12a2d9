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

  /** The action that extracts a variable, with its edit. */
  async function extraction() {
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
      const found = all.filter(({ title, edit }) => /variable/i.test(title) && edit);
      return found.length > 0 && found;
    });
    return action;
  }

  it("asks for a better name than the one that was made up, if something can rename", async () => {
    const asked = [];
    const renaming = vscode.languages.registerRenameProvider("python", {
      prepareRename: (where, position) => {
        const word = where.getWordRangeAtPosition(position);
        asked.push(where.getText(word));
        return word;
      },
      provideRenameEdits: () => new vscode.WorkspaceEdit(),
    });
    try {
      const { edit, command } = await extraction();
      assert.equal(command.command, "codeassist.client.rename");
      await vscode.window.showTextDocument(document);
      assert.ok(await vscode.workspace.applyEdit(edit));
      void vscode.commands.executeCommand(command.command, ...command.arguments);
      await until(() => asked.length > 0);
      assert.ok(document.getText().includes(`${asked[0]} = amount * rate`));
      await vscode.commands.executeCommand("cancelRenameInput");
      await vscode.commands.executeCommand("undo");
    } finally {
      renaming.dispose();
    }
  });

  it("offers the server's local refactorings, with an edit that is one step", async () => {
    const action = await extraction();
    const before = document.getText();
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.notEqual(document.getText(), before);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
  });

  it("packs for the place into a document that cannot be written", async () => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("codeassist.pack");
    const page = await shown("codeassist");
    assert.match(page.getText(), /def total\(items, rate\)/);
    await vscode.commands.executeCommand("type", { text: "mine" });
    assert.doesNotMatch(page.getText(), /mine/);
  });

  it("tells with the doctor where the index is", async () => {
    await vscode.commands.executeCommand("codeassist.doctor");
    const page = await until(async () => {
      const { document: now } = vscode.window.activeTextEditor ?? {};
      return now && /Doctor/.test(now.uri.path) && now;
    });
    assert.ok(page.getText().includes(process.env.CODEASSIST_CACHE_DIR));
  });

  for (const [command, title, before] of [
    ["codeassist.showCost", "Cost", []],
    ["codeassist.findings.explain", "CA101", [{ finding: { code: "CA101" } }]],
    ["codeassist.architecture", "Architecture", []],
  ]) {
    it(`shows ${title} as people read it`, async () => {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand(command, ...before);
      const tab = await until(() => {
        const { activeTab } = vscode.window.tabGroups.activeTabGroup;
        return activeTab?.label.includes(title) && activeTab;
      });
      assert.ok(tab.input instanceof vscode.TabInputWebview);
    });
  }

  it("starts the server again when asked, twice at once too", async () => {
    await vscode.window.showTextDocument(document);
    const restart = () => vscode.commands.executeCommand("codeassist.restart");
    await Promise.all([restart(), restart()]);
    await vscode.commands.executeCommand("codeassist.pack");
    await shown("codeassist");
  });
});

// The document in front, once it is of a scheme.
function shown(scheme) {
  return until(() => {
    const { document } = vscode.window.activeTextEditor ?? {};
    return document?.uri.scheme === scheme && document;
  });
}
