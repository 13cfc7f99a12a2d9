// Runs inside of VS Code's extension host, beside the installed extension. What mocha finds goes to
// a file, since nobody sees the host's console.
const Mocha = require(process.env.CODEASSIST_MOCHA);
const path = require("node:path");

exports.run = () => {
  const output = process.env.CODEASSIST_HOST_RESULTS;
  const mocha = new Mocha({ ui: "bdd", timeout: 180_000, reporter: "json", reporterOptions: { output } });
  mocha.addFile(path.join(__dirname, "installed.test.cjs"));
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures ? reject(new Error(`${failures} failed`)) : resolve()));
  });
};
