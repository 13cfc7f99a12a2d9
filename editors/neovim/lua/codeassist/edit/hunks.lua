--- The hunks between two texts. Pure: knows no buffer.

local M = {}

---@class codeassist.Hunk
---@field first integer the first line that goes, from 1; where none goes, the line to add after
---@field removed integer how many lines go
---@field start integer the first line after, from 1
---@field added integer how many lines come
---@field chosen boolean

--- The places in which two texts differ, all chosen.
---@param before string[]
---@param after string[]
---@return codeassist.Hunk[]
function M.between(before, after)
  ---@diagnostic disable-next-line: deprecated -- in 0.12, and the only name in 0.11
  local diff = vim.text and vim.text.diff or vim.diff
  local options = { result_type = "indices", algorithm = "histogram" }
  local left, right = table.concat(before, "\n") .. "\n", table.concat(after, "\n") .. "\n"
  local found = diff(left, right, options) --[[@as integer[][] ]]
  return vim.tbl_map(function(each)
    return {
      first = each[1],
      removed = each[2],
      start = each[3],
      added = each[4],
      chosen = true,
    }
  end, found)
end

--- The lines that a hunk brings.
---@param hunk codeassist.Hunk
---@param after string[]
---@return string[]
function M.new_lines(hunk, after)
  return vim.list_slice(after, hunk.start, hunk.start + hunk.added - 1)
end

--- The place of a hunk before, as nvim_buf_set_lines() has it: from 0, without its end.
---@param hunk codeassist.Hunk
---@return integer first
---@return integer last
function M.place(hunk)
  if hunk.removed == 0 then
    return hunk.first, hunk.first
  end
  return hunk.first - 1, hunk.first - 1 + hunk.removed
end

return M
