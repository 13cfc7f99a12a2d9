--- Commands that code actions of the server carry and that are run here, not in the server: so that
--- what a model wants to change is seen before it is changed.

local M = {}

---@param ctx table
---@return vim.lsp.Client
local function client_of(ctx)
  local client = assert(vim.lsp.get_client_by_id(ctx.client_id))
  return client
end

M["codeassist.run"] = function(command, ctx)
  local params = command.arguments[1]
  require("codeassist.tasks").run(client_of(ctx), params, command.title or params.task)
end

M["codeassist.bugs"] = function(command, ctx)
  local target = command.arguments[1]
  local params = { task = "bugs", uri = target.uri, range = target.range }
  require("codeassist.tasks").run(client_of(ctx), params, command.title or "bugs")
end

M["codeassist.explain"] = function(command, ctx)
  require("codeassist.explain").open(client_of(ctx), command.arguments[1].code)
end

M["codeassist.client.instruct"] = function(command, ctx)
  require("codeassist.instruct").ask(client_of(ctx), command.arguments[1])
end

M["codeassist.client.showDocument"] = function(command)
  local document = command.arguments[1]
  require("codeassist.show").open(document.title, document.language, document.text)
end

---@type table<string, fun(command: lsp.Command, ctx: table)>
return M
