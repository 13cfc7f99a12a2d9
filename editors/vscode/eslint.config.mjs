// Strict rules for everything, and two of the house: the pure parts know no editor, commands know it
// only through the wrapper.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

const noEditor = {
  "no-restricted-imports": [
    "error",
    {
      paths: [{ name: "vscode", message: "go through src/editor.ts" }],
      patterns: [{ group: ["vscode-languageclient*"], message: "go through src/server" }],
    },
  ],
};

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "bundled/"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["*.mjs", "scripts/*.mjs"] } },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "no-console": "error",
    },
  },
  { files: ["src/pure/**"], rules: noEditor },
  { files: ["src/commands/**"], rules: noEditor },
  {
    files: ["**/*.mjs"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      "no-console": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
    },
  },
  {
    files: ["test/**"],
    // node:test gives promises that its runner awaits.
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
