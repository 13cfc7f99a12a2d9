--- The state of each server, as it reports it, and its text for a status line.

local client_of = require("codeassist.client")

local M = {}

---@type table<integer, codeassist.Status> by client id
local states = {}

--- Handles the notification codeassist/status.
---@param _ lsp.ResponseError?
---@param params codeassist.Status
---@param ctx lsp.HandlerContext
function M.receive(_, params, ctx)
  states[ctx.client_id] = params
  vim.api.nvim_exec_autocmds("User", {
    pattern = "CodeAssistStatus",
    modeline = false,
    data = { client_id = ctx.client_id, status = params },
  })
  vim.cmd.redrawstatus()
  return vim.NIL
end

--- Forget a server that has ended.
---@param client_id integer
function M.forget(client_id)
  states[client_id] = nil
end

--- The last state of the server of a buffer.
---@param bufnr integer
---@return codeassist.Status?
function M.of(bufnr)
  local client = client_of.attached(bufnr)
  return client and states[client.id]
end

--- The state in a few words. A per cent sign is doubled, as 'statusline' wants it.
---@param bufnr integer
---@return string
function M.text(bufnr)
  local state = M.of(bufnr)
  if not state then
    return ""
  end
  local text = "codeassist: " .. (state.message ~= "" and state.message or state.state)
  if type(state.percent) == "number" and not text:find("%", 1, true) then
    text = ("%s %d%%"):format(text, state.percent)
  end
  return (text:gsub("%%", "%%%%"))
end

return M
