--- The state of each server, as it reports it, and its text for a status line.

local client_of = require("codeassist.client")

local M = {}

local SECOND_MS = 1000

---@type table<integer, codeassist.Status> by client id
local states = {}
---@type table<integer, integer> when a model was asked, by client id
local asked = {}
---@type uv.uv_timer_t? runs while a model is asked
local clock

--- Have the seconds counted on the screen: a model may be silent for a minute.
local function count_seconds()
  if next(asked) and not clock then
    clock = assert(vim.uv.new_timer())
    clock:start(
      SECOND_MS,
      SECOND_MS,
      vim.schedule_wrap(function()
        vim.cmd.redrawstatus({ bang = true })
      end)
    )
  elseif not next(asked) and clock then
    clock:close()
    clock = nil
  end
end

--- Handles the notification codeassist/status.
---@param _ lsp.ResponseError?
---@param params codeassist.Status
---@param ctx lsp.HandlerContext
function M.receive(_, params, ctx)
  states[ctx.client_id] = params
  local is_asked = params.state == "thinking"
  asked[ctx.client_id] = is_asked and (asked[ctx.client_id] or vim.uv.now()) or nil
  count_seconds()
  vim.api.nvim_exec_autocmds("User", {
    pattern = "CodeAssistStatus",
    modeline = false,
    data = { client_id = ctx.client_id, status = params },
  })
  -- That of every window: the preview, which has none, may be the current one.
  vim.cmd.redrawstatus({ bang = true })
  return vim.NIL
end

--- Forget a server that has ended.
---@param client_id integer
function M.forget(client_id)
  states[client_id] = nil
  asked[client_id] = nil
  count_seconds()
end

--- The last state of the server of a buffer.
---@param bufnr integer
---@return codeassist.Status?
function M.of(bufnr)
  local client = client_of.attached(bufnr)
  return client and states[client.id]
end

--- The state in a few words, with the seconds since a model was asked. A per cent sign is doubled,
--- as 'statusline' wants it.
---@param bufnr integer
---@return string
function M.text(bufnr)
  local client = client_of.attached(bufnr)
  local state = client and states[client.id]
  if not client or not state then
    return ""
  end
  local text = "codeassist: " .. (state.message ~= "" and state.message or state.state)
  if type(state.percent) == "number" and not text:find("%", 1, true) then
    text = ("%s %d%%"):format(text, state.percent)
  end
  local since = asked[client.id]
  if since then
    text = ("%s (%d s)"):format(text, math.floor((vim.uv.now() - since) / SECOND_MS))
  end
  return (text:gsub("%%", "%%%%"))
end

return M
