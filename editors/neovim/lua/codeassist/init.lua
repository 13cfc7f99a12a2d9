--- The public face of the plugin. Everything here may be used in a configuration; nothing else.

local M = {}

--- Set options, and enable the server.
--- Optional: |vim.lsp.enable()| alone will do.
---@param options? codeassist.Options
function M.setup(options)
  local config = require("codeassist.config")
  if not config.set(options or {}) then
    return
  end
  local chosen = config.get()
  if chosen.cmd then
    vim.lsp.config("codeassist", { cmd = chosen.cmd })
  end
  if chosen.settings then
    vim.lsp.config("codeassist", { settings = { codeassist = chosen.settings } })
  end
  if chosen.enable then
    vim.lsp.enable("codeassist")
  end
end

--- The state of the server of a buffer, short, for 'statusline'.
--- Empty where there is none.
---
--- Example: >lua
---   vim.o.statusline = "%f %m%=%{v:lua.require'codeassist'.statusline()} %l:%c"
--- <
---@param bufnr? integer the buffer, else the current one
---@return string
function M.statusline(bufnr)
  return require("codeassist.status").text(bufnr or 0)
end

--- The last `codeassist/status` of the server of a buffer, as the server sent it.
---@param bufnr? integer the buffer, else the current one
---@return codeassist.Status?
function M.status(bufnr)
  return require("codeassist.status").of(bufnr or 0)
end

--- What is running, as rows: title, stage, and a function that cancels it.
---@return codeassist.Running[]
function M.running()
  return require("codeassist.running").list()
end

--- Do what :CodeAssist does.
---@param subcommand string
---@param args? string[]
function M.command(subcommand, args)
  require("codeassist.command").call(subcommand, { fargs = args or {} })
end

return M
