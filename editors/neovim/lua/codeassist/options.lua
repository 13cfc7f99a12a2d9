--- The options of setup(), as data. Defaults, their check, the types and the help follow from it.

---@class codeassist.OptionSpec
---@field name string with dots between the levels
---@field type string as LuaCATS writes it
---@field default any
---@field accepts string[] the types that type() may give
---@field values? string[] where only these will do
---@field check? fun(value: any): string? what is wrong with a value of the right type
---@field desc string

--- Whether a value is a list of texts, with one at least.
---@param value any
---@return boolean
local function is_words(value)
  if not vim.islist(value) or #value == 0 then
    return false
  end
  return vim.iter(value):all(function(word)
    return type(word) == "string" and word ~= ""
  end)
end

---@param value any
---@return string?
local function command_problem(value)
  return not is_words(value) and 'it has to be a list of words, such as { "pass", "openai" }' or nil
end

---@param keys table
---@return string?
local function keys_problem(keys)
  local known = vim.tbl_map(function(key)
    return key.name
  end, require("codeassist.preview.keys").list)
  for name, chosen in vim.spairs(keys) do
    if not vim.list_contains(known, name) then
      return ("%s is none of %s"):format(name, table.concat(known, ", "))
    end
    -- Without these two nobody would get out of the preview.
    local is_needed = name == "accept" or name == "reject"
    if not is_words(chosen) and (is_needed or not vim.deep_equal(chosen, {})) then
      return ('%s has to be a list of keys, such as { "y" }'):format(name)
    end
  end
end

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
    check = command_problem,
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
    check = command_problem,
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
    check = keys_problem,
    desc = 'Keys in the preview by the name of what they do: { accept = { "a" } }. An empty list '
      .. "is no key.",
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
