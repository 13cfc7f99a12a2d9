--- Whether a file is still what the server edited.
---
--- Neovim checks the version of the first document of an edit only, and none that is null; a buffer
--- that the server does not know may differ from the disk. So every file is looked at here.

local M = {}

--- The versions of open buffers, as the server has them.
---@alias codeassist.Versions table<integer, integer>

--- The versions of all buffers that the server knows, now.
---@return codeassist.Versions
function M.versions()
  local result = {} ---@type codeassist.Versions
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and require("codeassist.client").attached(bufnr) then
      result[bufnr] = vim.lsp.util.buf_versions[bufnr]
    end
  end
  return result
end

---@param file codeassist.FilePlan
---@param asked codeassist.Versions
---@return boolean
local function is_changed(file, asked)
  local version = vim.lsp.util.buf_versions[file.bufnr]
  if file.version and version ~= file.version then
    return true
  end
  if asked[file.bufnr] and version ~= asked[file.bufnr] then
    return true
  end
  -- The text itself, and not changedtick, which counts writing the file too.
  local now = vim.api.nvim_buf_get_lines(file.bufnr, 0, -1, false)
  return not vim.deep_equal(now, file.before)
end

--- Why an edit of a file must not be applied; nil if it may.
---@param file codeassist.FilePlan
---@param asked codeassist.Versions when the server was asked
---@return string? reason
function M.reason(file, asked)
  local bufnr = file.bufnr
  if not vim.api.nvim_buf_is_loaded(bufnr) then
    return ("%s was closed meanwhile"):format(file.path)
  end
  if is_changed(file, asked) then
    return ("%s changed meanwhile"):format(file.path)
  end
  local is_known = require("codeassist.client").attached(bufnr) ~= nil
  if not is_known and vim.bo[bufnr].modified then
    return ("%s has changes that are not saved, which the server has not seen"):format(file.path)
  end
  if not vim.bo[bufnr].modifiable or vim.bo[bufnr].readonly then
    return ("%s cannot be modified"):format(file.path)
  end
end

--- The first reason that speaks against a plan.
---@param plan codeassist.Plan
---@param asked codeassist.Versions
---@return string?
function M.of_plan(plan, asked)
  for _, file in ipairs(plan.files) do
    local reason = M.reason(file, asked)
    if reason then
      return reason
    end
  end
end

return M
