--- From the start of a server to its end, and its restart.

local M = {}

local STOP_MS = 5000 -- a server that does not end by itself by then is ended
local POLL_MS = 50

local starting = 0
---@type table<integer, true> clients that have answered `initialize`
local initialized = {}
---@type table<integer, true> clients that we stop ourselves
local stopping = {}

---@param root string?
---@return boolean
local function is_restricted(root)
  local restricted = require("codeassist.config").get().restricted
  if type(restricted) == "function" then
    return restricted(root)
  end
  return restricted
end

--- Complete what `initialize` says of us.
---@param params lsp.InitializeParams
---@param config vim.lsp.ClientConfig
function M.before_init(params, config)
  starting = starting + 1
  ---@type table
  local own = {
    -- Those that the server may put into its actions.
    clientCommands = vim.tbl_keys(require("codeassist.client_commands")),
    restricted = is_restricted(config.root_dir),
  }
  local settings = vim.tbl_get(config, "settings", "codeassist")
  if settings and next(settings) then
    own.settings = settings
  end
  local given = params.initializationOptions or {} --[[@as table]]
  params.initializationOptions = vim.tbl_deep_extend("force", own, given)
end

--- Whether a server has been started that has not answered yet.
---@return boolean
function M.is_starting()
  return starting > 0
end

---@param client vim.lsp.Client
function M.on_init(client)
  starting = math.max(0, starting - 1)
  initialized[client.id] = true
  require("codeassist.progress").watch()
  require("codeassist.key").fetch(client)
end

---@param code integer
---@param signal integer
---@param client_id integer
function M.on_exit(code, signal, client_id)
  vim.schedule(function()
    if not initialized[client_id] then
      starting = math.max(0, starting - 1)
    end
    initialized[client_id] = nil
    require("codeassist.key").forget(client_id)
    require("codeassist.requests").abandon(client_id)
    require("codeassist.progress").forget(client_id)
    require("codeassist.status").forget(client_id)
    local is_ours = stopping[client_id] or vim.v.exiting ~= vim.NIL
    stopping[client_id] = nil
    if not is_ours and (code ~= 0 or signal ~= 0) then
      require("codeassist.report").failure(
        ("the server ended (exit code %d, signal %d)"):format(code, signal),
        ":CodeAssist restart starts it again, :CodeAssist log shows what it said"
      )
    end
  end)
end

--- Call back when clients have ended; one that does not end is killed.
---@param clients vim.lsp.Client[]
---@param callback fun()
local function when_ended(clients, callback)
  local waited = 0
  local timer = assert(vim.uv.new_timer())
  local function look()
    waited = waited + POLL_MS
    -- Client:is_stopped() is true as soon as a client was asked to stop.
    local remaining = vim.tbl_filter(function(client)
      return vim.lsp.get_client_by_id(client.id) ~= nil
    end, clients)
    if timer:is_closing() or (#remaining > 0 and waited < STOP_MS) then
      return
    end
    timer:close()
    for _, client in ipairs(remaining) do
      client.rpc.terminate()
    end
    callback()
  end
  timer:start(POLL_MS, POLL_MS, vim.schedule_wrap(look))
end

--- End all our servers and start them again for the buffers that are open.
function M.restart()
  local clients = require("codeassist.client").all()
  for _, client in ipairs(clients) do
    stopping[client.id] = true
    client:stop()
  end
  -- So that enabling it again starts it in every buffer.
  vim.lsp.enable("codeassist", false)
  when_ended(clients, function()
    vim.lsp.enable("codeassist")
    require("codeassist.report").done("the server is being started again")
  end)
end

return M
