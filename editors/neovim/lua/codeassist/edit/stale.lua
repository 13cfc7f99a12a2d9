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

---@class codeassist.Refusal why nothing was done
---@field reason string
---@field remedy string

---@param path string
---@param what string
---@param remedy string
---@return codeassist.Refusal
local function refusal(path, what, remedy)
  return { reason = ("%s %s: nothing was done"):format(path, what), remedy = remedy }
end

--- Why an edit of a file must not be applied; nil if it may.
---@param file codeassist.FilePlan
---@param asked codeassist.Versions when the server was asked
---@return codeassist.Refusal?
function M.refusal(file, asked)
  local bufnr = file.bufnr
  if not vim.api.nvim_buf_is_loaded(bufnr) then
    return refusal(file.path, "was closed meanwhile", "run it again")
  end
  if is_changed(file, asked) then
    return refusal(file.path, "changed meanwhile", "run it again")
  end
  local is_known = require("codeassist.client").attached(bufnr) ~= nil
  if not is_known and vim.bo[bufnr].modified then
    return refusal(file.path, "has changes that are not saved", "save it, then run it again")
  end
  if not vim.bo[bufnr].modifiable or vim.bo[bufnr].readonly then
    local remedy = ":set modifiable noreadonly in its window allows it, then run it again"
    return refusal(file.path, "cannot be modified", remedy)
  end
end

--- The first reason that speaks against a plan.
---@param plan codeassist.Plan
---@param asked codeassist.Versions
---@return codeassist.Refusal?
function M.of_plan(plan, asked)
  for _, file in ipairs(plan.files) do
    local found = M.refusal(file, asked)
    if found then
      return found
    end
  end
end

return M
