--- What the server logged and what the user was told, in memory, for :CodeAssist log.

local M = {}

local LIMIT = 1000 -- lines; older ones go

---@type string[]
local lines = {}

local NAMES = { [0] = "trace", "debug", "info", "warning", "error" }
-- The protocol's message types, which count down from errors, as Neovim's levels.
---@type table<integer, integer>
local LEVELS = { 4, 3, 2, 1, 1 }

--- Add an entry.
---@param level integer one of vim.log.levels
---@param text string
function M.add(level, text)
  local head = ("%s %-7s "):format(os.date("%H:%M:%S"), NAMES[level] or "info")
  for _, line in ipairs(vim.split(text, "\n", { plain = true })) do
    lines[#lines + 1] = head .. line
    head = (" "):rep(#head)
  end
  if #lines > LIMIT then
    lines = vim.list_slice(lines, #lines - LIMIT + 1)
  end
end

--- All entries, oldest first.
---@return string[]
function M.lines()
  return vim.deepcopy(lines)
end

--- Handles window/logMessage: kept here, then given to whoever else handles it.
---@param err lsp.ResponseError?
---@param params lsp.LogMessageParams
---@param ctx lsp.HandlerContext
function M.receive(err, params, ctx)
  M.add(LEVELS[params.type] or vim.log.levels.INFO, params.message)
  local other = vim.lsp.handlers["window/logMessage"]
  return other and other(err, params, ctx) or params
end

return M
