--- The hypotheses of the last run in each file, for the fixes that some of them have.

local M = {}

---@class codeassist.Known
---@field hypothesis codeassist.Hypothesis
---@field client_id integer
---@field versions codeassist.Versions when it was asked for

---@type codeassist.Known[]
local known = {}

--- Remember what a run has found, instead of what an earlier one found in the same files.
---@param hypotheses codeassist.Hypothesis[]
---@param intent codeassist.Intent
function M.remember(hypotheses, intent)
  local again = {} ---@type table<string, true>
  for _, each in ipairs(hypotheses) do
    again[each.uri] = true
  end
  known = vim.tbl_filter(function(each)
    return not again[each.hypothesis.uri]
  end, known)
  for _, each in ipairs(hypotheses) do
    known[#known + 1] = {
      hypothesis = each,
      client_id = intent.client_id,
      versions = intent.versions,
    }
  end
end

--- Those with a fix at a line of a file.
---@param uri string
---@param line integer from 0
---@return codeassist.Known[]
function M.fixable(uri, line)
  return vim.tbl_filter(function(each)
    local hypothesis = each.hypothesis
    local is_here = hypothesis.range.start.line <= line and line <= hypothesis.range["end"].line
    return hypothesis.fix ~= nil and hypothesis.uri == uri and is_here
  end, known)
end

--- The one that a quickfix entry speaks of.
---@param finding codeassist.Finding
---@return codeassist.Known?
function M.of(finding)
  for _, each in ipairs(known) do
    if each.hypothesis.fix and each.hypothesis.fingerprint == finding.fingerprint then
      return each
    end
  end
end

return M
