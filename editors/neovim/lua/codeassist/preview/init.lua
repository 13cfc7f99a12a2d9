--- Shows what an edit would change, and asks. Only one preview is open at a time.

local M = {}

---@alias codeassist.Decide fun(is_accepted: boolean) called exactly once

---@class codeassist.OpenPreview
---@field close fun()

---@type codeassist.OpenPreview?
local current

---@param plan codeassist.Plan
---@param layout "float"|"tab"
---@param decide codeassist.Decide
function M.open_as(plan, layout, decide)
  local module = layout == "tab" and "codeassist.preview.tab" or "codeassist.preview.float"
  current = require(module).open(plan, decide)
end

--- Show a plan. `callback` is called once, when the user has decided; the hunks that the user left
--- are no longer chosen then.
---@param plan codeassist.Plan
---@param callback codeassist.Decide
function M.open(plan, callback)
  if current then
    current.close() -- which rejects it
  end
  local is_decided = false
  local function decide(is_accepted)
    if is_decided then
      return
    end
    is_decided = true
    current = nil
    callback(is_accepted)
  end
  M.open_as(plan, require("codeassist.config").get().preview.layout, decide)
end

return M
