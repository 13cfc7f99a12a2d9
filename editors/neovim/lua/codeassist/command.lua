--- The command :CodeAssist. A subcommand is a file in commands/, loaded when it is used.

local M = {}

---@alias codeassist.Lines [integer, integer] first and last, from 1

---@class codeassist.Place
---@field bufnr integer
---@field win integer
---@field lines? codeassist.Lines where the command had a range

---@class codeassist.Call: codeassist.Place
---@field args string[]
---@field text string the arguments as typed
---@field bang boolean

---@class codeassist.Command
---@field desc string what it does, as a sentence
---@field usage? string its arguments
---@field range? string what a range does
---@field bang? string what a bang does
---@field complete? fun(lead: string): string[]
---@field impl fun(call: codeassist.Call)

---@class codeassist.CallDetails
---@field fargs string[]
---@field bang? boolean
---@field range? integer how many line numbers were given
---@field line1? integer
---@field line2? integer

--- The names of the subcommands, sorted.
---@return string[]
function M.names()
  local names = {} ---@type table<string, true>
  for _, path in ipairs(vim.api.nvim_get_runtime_file("lua/codeassist/commands/*.lua", true)) do
    names[vim.fs.basename(path):gsub("%.lua$", "")] = true
  end
  local list = vim.tbl_keys(names)
  table.sort(list)
  return list
end

--- A subcommand by its name.
---@param name string
---@return codeassist.Command?
function M.load(name)
  if not vim.list_contains(M.names(), name) then
    return nil
  end
  return require("codeassist.commands." .. name)
end

---@param names string[]
---@param lead string
---@return string[]
local function starting_with(names, lead)
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, names)
end

--- What may follow a line that was typed up to the cursor.
---@param line string
---@return string[]
function M.complete(line)
  local rest = line:match("CodeAssist!?%s+(.*)$") or ""
  local name, lead = rest:match("^(%S+)%s+(.*)$")
  if name and lead then
    local command = M.load(name)
    local complete = command and command.complete
    return complete and starting_with(complete(lead), lead:match("%S*$") or "") or {}
  end
  local is_bang = line:find("CodeAssist!", 1, true) ~= nil
  return vim.tbl_filter(function(each)
    return not is_bang or assert(M.load(each)).bang ~= nil
  end, starting_with(M.names(), rest))
end

---@param details codeassist.CallDetails
---@return codeassist.Lines?
local function lines_of(details)
  if (details.range or 0) > 0 then
    return { assert(details.line1), assert(details.line2) }
  end
end

--- Why a command cannot be called so; nil if it can.
---@param command codeassist.Command
---@param details codeassist.CallDetails
---@return string?
local function misfit(command, details)
  if details.bang and not command.bang then
    return "bang"
  end
  if lines_of(details) and not command.range then
    return "range"
  end
end

--- Run a subcommand.
---@param name string
---@param details codeassist.CallDetails
function M.call(name, details)
  local report = require("codeassist.report")
  local command = M.load(name)
  if not command then
    report.failure(
      ("%q is no subcommand"):format(name),
      "there are: " .. table.concat(M.names(), ", ")
    )
    return
  end
  local problem = misfit(command, details)
  if problem then
    report.failure(("%s takes no %s"):format(name, problem), (":CodeAssist %s"):format(name))
    return
  end
  command.impl({
    bufnr = vim.api.nvim_get_current_buf(),
    win = vim.api.nvim_get_current_win(),
    lines = lines_of(details),
    args = details.fargs,
    text = table.concat(details.fargs, " "),
    bang = details.bang or false,
  })
end

--- Let the user choose among the subcommands that can be called so.
---@param details codeassist.CallDetails
local function choose(details)
  local names = vim.tbl_filter(function(name)
    return not misfit(assert(M.load(name)), details)
  end, M.names())
  vim.ui.select(names, {
    prompt = "CodeAssist",
    kind = "codeassist.subcommand",
    format_item = function(name)
      return ("%s: %s"):format(name, assert(M.load(name)).desc)
    end,
  }, function(name)
    if name then
      M.call(name, details)
    end
  end)
end

--- The user command itself.
---@param details vim.api.keyset.create_user_command.command_args
function M.run(details)
  ---@type codeassist.CallDetails
  local rest = {
    fargs = vim.list_slice(details.fargs, 2),
    bang = details.bang,
    range = details.range,
    line1 = details.line1,
    line2 = details.line2,
  }
  local name = details.fargs[1]
  if name then
    M.call(name, rest)
  else
    choose(rest)
  end
end

return M
