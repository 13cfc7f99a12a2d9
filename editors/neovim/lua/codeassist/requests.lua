--- Requests of our own: each with a token for its progress, and a way to cancel it.
---
--- Neovim calls no handler for a request that was cancelled, nor for one whose server has died, so
--- that the ends of requests are watched here: every request ends exactly once.

local M = {}

---@class codeassist.Request
---@field token string
---@field title string
---@field client vim.lsp.Client
---@field id? integer
---@field versions codeassist.Versions of the buffers when it was sent
---@field is_cancelled? boolean by the user
---@field finish fun(err?: lsp.ResponseError, result?: any) ends it, once

---@type table<string, codeassist.Request> by token
local open = {}
local count = 0

local TOKENS = "codeassist.nvim/"
local CANCELLED = vim.lsp.protocol.ErrorCodes.RequestCancelled
local FAILED = vim.lsp.protocol.ErrorCodes.RequestFailed

vim.api.nvim_create_autocmd("LspRequest", {
  group = vim.api.nvim_create_augroup("codeassist.requests", {}),
  callback = function(args)
    if args.data.request.type ~= "complete" then
      return
    end
    -- The handler is called after this, if at all.
    vim.schedule(function()
      for _, request in pairs(open) do
        if request.id == args.data.request_id and request.client.id == args.data.client_id then
          request.finish({ code = CANCELLED, message = "cancelled" })
        end
      end
    end)
  end,
})

--- Send a request when the key has been handed over.
---@param client vim.lsp.Client
---@param method string
---@param params table the token of the progress is added
---@param title string what is said of it while it runs
---@param callback fun(err?: lsp.ResponseError, result?: any, request: codeassist.Request)
function M.send(client, method, params, title, callback)
  count = count + 1
  local request ---@type codeassist.Request
  request = {
    token = ("%s%d"):format(TOKENS, count),
    title = title,
    client = client,
    versions = require("codeassist.edit.stale").versions(),
    finish = function(err, result)
      if open[request.token] then
        open[request.token] = nil
        require("codeassist.progress").close(client.id, request.token)
        callback(err, result, request)
      end
    end,
  }
  open[request.token] = request
  params = vim.tbl_extend("force", params, { workDoneToken = request.token })
  require("codeassist.key").when_ready(client.id, function()
    if not open[request.token] then
      return
    end
    ---@diagnostic disable-next-line: param-type-mismatch -- Neovim knows the standard methods alone
    local sent, id = client:request(method, params, function(err, result)
      request.finish(err, result)
    end)
    request.id = id
    if not sent then
      request.finish({
        code = FAILED,
        message = "the server has ended",
        data = { remedy = ":CodeAssist restart starts it again" },
      })
    end
  end)
end

--- Whether the token of some progress is of a request of ours, open or ended.
---@param token string|integer
---@return boolean
function M.is_ours(token)
  return vim.startswith(tostring(token), TOKENS)
end

--- Whether the request with a token is still open.
---@param token string|integer
---@return boolean
function M.is_open(token)
  return open[tostring(token)] ~= nil
end

--- Whether the same has been asked for since, and is under way.
---@param request codeassist.Request
---@return boolean
function M.is_asked_again(request)
  if request.is_cancelled then
    return false
  end
  for token, other in pairs(open) do
    local is_same = other.title == request.title and other.client.id == request.client.id
    if token ~= request.token and is_same then
      return true
    end
  end
  return false
end

--- What has not been answered yet, the oldest first.
---@return codeassist.Request[]
function M.open()
  local found = vim.tbl_values(open)
  table.sort(found, function(left, right)
    return tonumber(left.token:match("%d+$")) < tonumber(right.token:match("%d+$"))
  end)
  return found
end

--- Cancel a request: the server closes its connection to the model.
---@param request codeassist.Request
function M.cancel(request)
  request.is_cancelled = true
  request.client:notify("window/workDoneProgress/cancel", { token = request.token })
  if request.id and request.client.requests[request.id] then
    request.client:cancel_request(request.id)
  end
  request.finish({ code = CANCELLED, message = "cancelled" })
end

--- End the requests of a server that is gone.
---@param client_id integer
function M.abandon(client_id)
  for _, request in ipairs(M.open()) do
    if request.client.id == client_id then
      request.finish({
        code = FAILED,
        message = ("%s was not answered: the server ended"):format(request.title),
        data = { remedy = ":CodeAssist restart starts it again" },
      })
    end
  end
end

return M
