--- Applying the chosen hunks of a plan: all files or none, one undo step a file.

local hunks = require("codeassist.edit.hunks")
local stale = require("codeassist.edit.stale")

local M = {}

---@param file codeassist.FilePlan
---@return integer count
local function apply_file(file)
  local chosen = vim.tbl_filter(function(hunk)
    return hunk.chosen
  end, file.hunks)
  if #chosen == 0 then
    return 0
  end
  -- What came before is another undo step, even if no key was pressed since.
  vim.bo[file.bufnr].undolevels = vim.bo[file.bufnr].undolevels
  vim.bo[file.bufnr].buflisted = true
  for index = #chosen, 1, -1 do -- from below, so that the places above stay right
    local first, last = hunks.place(chosen[index])
    local lines = hunks.new_lines(chosen[index], file.after)
    vim.api.nvim_buf_set_lines(file.bufnr, first, last, false, lines)
  end
  return #chosen
end

---@param plan codeassist.Plan
---@param is_whole boolean
---@param encoding codeassist.Encoding
local function apply_operations(plan, is_whole, encoding)
  -- A rename or a deletion belongs to the whole edit, not to a part of it.
  if is_whole and #plan.operations > 0 then
    local edit = { documentChanges = plan.operations }
    vim.lsp.util.apply_workspace_edit(edit, encoding)
  end
end

--- How many hunks there are, and how many are chosen.
---@param plan codeassist.Plan
---@return integer chosen
---@return integer all
function M.count(plan)
  local chosen, all = 0, 0
  for _, file in ipairs(plan.files) do
    for _, hunk in ipairs(file.hunks) do
      all = all + 1
      chosen = chosen + (hunk.chosen and 1 or 0)
    end
  end
  return chosen, all
end

--- Apply what is chosen of a plan. Nothing is changed where any file is not what it was.
---@param plan codeassist.Plan
---@param encoding codeassist.Encoding
---@param asked codeassist.Versions when the server was asked
---@return codeassist.Refusal? where it was not applied
function M.run(plan, encoding, asked)
  local found = stale.of_plan(plan, asked)
  if found then
    return found
  end
  local chosen, all = M.count(plan)
  if chosen == 0 and #plan.operations == 0 then
    return { reason = "no hunk was chosen: nothing was done", remedy = "" }
  end
  for _, file in ipairs(plan.files) do
    apply_file(file)
  end
  apply_operations(plan, chosen == all, encoding)
end

return M
