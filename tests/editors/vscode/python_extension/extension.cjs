// Stands in for the Python extension, which no package registry carries: the part of its documented
// interface (PythonExtension.environments) that tells which environment is selected.
const { EventEmitter, Uri } = require("vscode");

const selected = process.env.CODEASSIST_TEST_SELECTED_PYTHON;

exports.activate = () => ({
  environments: {
    getActiveEnvironmentPath: () => ({ id: selected, path: selected }),
    resolveEnvironment: async ({ path }) => ({ id: path, path, executable: { uri: Uri.file(path) } }),
    onDidChangeActiveEnvironmentPath: new EventEmitter().event,
  },
});
