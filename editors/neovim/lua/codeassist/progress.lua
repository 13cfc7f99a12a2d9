--- Work-done progress of the server, whoever asked for it: kept by token, and echoed.

local config = require("codeassist.config")

local M = {}

---@class codeassist.Progress
---@field token string|integer
---@field client_id integer
---@field title string
---@field message string
---@field percentage? integer
---@field cancellable boolean

---@type table<string, codeassist.Progress> by client and token
local running = {}
local HINT = " (:CodeAssist cancel)"
local NAME = "codeassist: "
-- What of the last line is not ours: a percentage (since 0.12), and what 'showcmd' takes.
local ROOM = 18
local HAS_PROGRESS = vim.fn.has("nvim-0.12") == 1

--- One line, so that nobody has to press Enter, with the way to cancel at its end.
---@param progress codeassist.Progress
---@return string
local function line_of(progress)
  local text = progress.title:gsub("^" .. NAME, "")
  if progress.message ~= "" then
    text = text .. ": " .. progress.message
  end
  text = text:gsub("\n", " ")
  local width = math.max(0, vim.o.columns - ROOM - #NAME - #HINT)
  if vim.fn.strdisplaywidth(text) > width then
    text = vim.fn.strcharpart(text, 0, width - 1) .. "…"
  end
  return text .. HINT
end

---@param progress codeassist.Progress
---@param status "running"|"success"
local function echo_as_progress(progress, status)
  vim.api.nvim_echo({ { line_of(progress) } }, false, {
    kind = "progress",
    id = "codeassist." .. tostring(progress.token),
    title = "codeassist",
    source = "codeassist",
    status = status,
    percent = progress.percentage,
  })
end

---@param progress codeassist.Progress
---@return boolean
local function is_echoed(progress)
  -- What cannot be cancelled, such as the index, is for the status line alone.
  return config.get().progress.echo and progress.cancellable
end

---@param progress codeassist.Progress
local function echo(progress)
  if not is_echoed(progress) then
    return
  end
  if HAS_PROGRESS then
    echo_as_progress(progress, "running")
  else
    vim.api.nvim_echo({ { NAME .. line_of(progress) } }, false, {})
  end
end

---@param progress codeassist.Progress
local function echo_end(progress)
  if not is_echoed(progress) then
    return
  end
  if HAS_PROGRESS then
    echo_as_progress(progress, "success")
    -- Without it the next message would be a second one, for which Enter has to be pressed.
    vim.cmd.redraw()
  end
  vim.api.nvim_echo({ { "" } }, false, {})
end

---@param client_id integer
---@param token string|integer
---@return string
local function key_of(client_id, token)
  return ("%d/%s"):format(client_id, token)
end

--- The request of a progress has ended: what is said now is the last word on it.
---@param client_id integer
---@param token string|integer
function M.close(client_id, token)
  local key = key_of(client_id, token)
  local progress = running[key]
  running[key] = nil
  if progress then
    echo_end(progress)
  end
end

---@param client_id integer
---@param params lsp.ProgressParams
function M.receive(client_id, params)
  local value = params.value --[[@as table]]
  if type(value) ~= "table" or not value.kind then
    return
  end
  local key = key_of(client_id, params.token)
  local known = running[key]
  local requests = require("codeassist.requests")
  if requests.is_ours(params.token) and not requests.is_open(params.token) then
    return -- it was cancelled, and the server has not heard of it yet
  end
  local progress = {
    token = params.token,
    client_id = client_id,
    title = value.title or known and known.title or "working",
    message = value.message or known and known.message or "",
    percentage = value.percentage or known and known.percentage,
    cancellable = known and known.cancellable or false,
  }
  if value.cancellable ~= nil then
    progress.cancellable = value.cancellable
  end
  if value.kind == "end" then
    M.close(client_id, params.token)
    return
  end
  running[key] = progress
  echo(progress)
end

--- Watch the progress of all our servers. Calling it again changes nothing.
function M.watch()
  vim.api.nvim_create_autocmd("LspProgress", {
    group = vim.api.nvim_create_augroup("codeassist.progress", {}),
    callback = function(args)
      local client = vim.lsp.get_client_by_id(args.data.client_id)
      if client and client.name == "codeassist" then
        M.receive(client.id, args.data.params)
      end
    end,
  })
end

--- What runs, in no order.
---@return codeassist.Progress[]
function M.list()
  return vim.tbl_values(running)
end

--- Ask the server to stop.
---@param progress codeassist.Progress
function M.cancel(progress)
  local client = vim.lsp.get_client_by_id(progress.client_id)
  if client then
    client:notify("window/workDoneProgress/cancel", { token = progress.token })
  end
end

--- Forget what ran in a server that is gone.
---@param client_id integer
function M.forget(client_id)
  for key, progress in pairs(running) do
    if progress.client_id == client_id then
      running[key] = nil
    end
  end
end

return M
