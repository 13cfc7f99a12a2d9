--- The options of setup(), as data. Defaults, their check, the types and the help follow from it.

---@class codeassist.OptionSpec
---@field name string with dots between the levels
---@field type string as LuaCATS writes it
---@field default any
---@field accepts string[] the types that type() may give
---@field values? string[] where only these will do
---@field desc string

---@type codeassist.OptionSpec[]
return {
  {
    name = "enable",
    type = "boolean",
    default = true,
    accepts = { "boolean" },
    desc = 'Whether setup() calls vim.lsp.enable("codeassist").',
  },
  {
    name = "cmd",
    type = "string[]?",
    accepts = { "table", "nil" },
    desc = 'The command that starts the server, else { "codeassist", "serve" }.',
  },
  {
    name = "settings",
    type = "table?",
    accepts = { "table", "nil" },
    desc = "Settings of the server, nested as in codeassist.toml, in camelCase: "
      .. '{ model = { baseUrl = "http://127.0.0.1:8080/v1" } }.',
  },
  {
    name = "restricted",
    type = "boolean|fun(root: string?): boolean",
    default = false,
    accepts = { "boolean", "function" },
    desc = "Whether a workspace is not trusted: nothing of it is sent, no command of it is run.",
  },
  {
    name = "key",
    type = "(fun(): string?)?",
    accepts = { "function", "nil" },
    desc = "Gives the key of the default model. Without it the server reads its environment.",
  },
  {
    name = "key_cmd",
    type = "string[]?",
    accepts = { "table", "nil" },
    desc = 'A command whose first line is the key: { "pass", "show", "openai" }.',
  },
  {
    name = "preview.when",
    type = '"model"|"always"',
    default = "model",
    accepts = { "string" },
    values = { "model", "always" },
    desc = 'Which edits are shown before they are applied. "model": those of a model, those that '
      .. "are not verified, and those of more than one file.",
  },
  {
    name = "preview.layout",
    type = '"float"|"tab"',
    default = "float",
    accepts = { "string" },
    values = { "float", "tab" },
    desc = "A floating window with the diff, or a tab in diff mode.",
  },
  {
    name = "preview.keys",
    type = "table<string, string[]>",
    default = {},
    accepts = { "table" },
    desc = 'Keys in the preview by the name of what they do: { accept = { "a" } }.',
  },
  {
    name = "document.layout",
    type = '"split"|"vsplit"|"tab"|"float"',
    default = "split",
    accepts = { "string" },
    values = { "split", "vsplit", "tab", "float" },
    desc = "Where documents are shown: contexts, prompts, explanations, costs.",
  },
  {
    name = "quickfix.open",
    type = "boolean",
    default = true,
    accepts = { "boolean" },
    desc = "Whether the quickfix window opens when it was filled.",
  },
  {
    name = "progress.echo",
    type = "boolean",
    default = true,
    accepts = { "boolean" },
    desc = "Whether the progress of what you asked for is echoed.",
  },
}
