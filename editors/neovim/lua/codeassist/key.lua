--- The key of the default model: from a function or a command, to the server, and nowhere else.
---
--- It is kept in no variable, option, register or file, and in no log: Neovim's own log of the
--- protocol is off for the one message that carries it.

local M = {}

---@type table<integer, fun()[]> what waits for the key of a client
local waiting = {}

---@param client vim.lsp.Client
---@param key string? nil makes the server forget it
function M.give(client, key)
  local log = vim.lsp.log
  local level = log.get_level()
  log.set_level(vim.log.levels.OFF)
  -- By the connection, since Client:notify() shows every message to LspNotify autocommands.
  local ok, reason = pcall(client.rpc.notify, "codeassist/setKey", { key = key or vim.NIL })
  log.set_level(level)
  if not ok then
    error(reason, 0)
  end
end

---@param client_id integer
local function done(client_id)
  local callbacks = waiting[client_id] or {}
  waiting[client_id] = nil
  for _, callback in ipairs(callbacks) do
    callback()
  end
end

---@param client vim.lsp.Client
---@param key string?
local function take(client, key)
  key = key and vim.trim(key:match("[^\n]*") or "")
  if key and key ~= "" and not client:is_stopped() then
    M.give(client, key)
  end
  done(client.id)
end

---@param client vim.lsp.Client
---@param command string[]
local function from_command(client, command)
  waiting[client.id] = {}
  local started, reason = pcall(vim.system, command, { text = true }, function(result)
    vim.schedule(function()
      if result.code ~= 0 or vim.trim(result.stdout or "") == "" then
        -- What it printed is not shown: part of it may be the key.
        require("codeassist.report").failure(
          ("key_cmd gave no key: %s ended with %d"):format(command[1], result.code),
          "run it in a terminal; its first line has to be the key"
        )
      end
      take(client, result.code == 0 and result.stdout or nil)
    end)
  end)
  if not started then
    require("codeassist.report").failure(
      ("key_cmd cannot be started: %s"):format(tostring(reason):match("[^\n]*")),
      ("see whether %s is on your PATH"):format(command[1])
    )
    done(client.id)
  end
end

--- Get the key as the options say and hand it over. Without an option the server's own environment
--- has it, or nobody.
---@param client vim.lsp.Client
function M.fetch(client)
  local options = require("codeassist.config").get()
  if options.key then
    local ok, key = pcall(options.key)
    local is_key = ok and (key == nil or type(key) == "string")
    if not is_key then
      require("codeassist.report").failure(
        ok and "the function `key` gave no string" or "the function `key` failed",
        "call it by hand; it has to return the key as a string, or nil"
      )
    end
    take(client, is_key and key or nil)
  elseif options.key_cmd then
    from_command(client, options.key_cmd)
  end
end

--- Call back once the server has the key, or has to do without.
---@param client_id integer
---@param callback fun()
function M.when_ready(client_id, callback)
  if waiting[client_id] then
    table.insert(waiting[client_id], callback)
    require("codeassist.report").done(
      "waiting for the key from key_cmd; it may ask you for something"
    )
  else
    callback()
  end
end

--- Forget who waits for a server that is gone.
---@param client_id integer
function M.forget(client_id)
  waiting[client_id] = nil
end

return M
