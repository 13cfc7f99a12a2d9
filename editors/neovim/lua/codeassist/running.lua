--- What can be cancelled: our own requests, and progress that others began.

local M = {}

---@class codeassist.Running
---@field title string
---@field stage string what the server says of it now
---@field cancel fun()

--- All of it, the oldest first.
---@return codeassist.Running[]
function M.list()
  local requests = require("codeassist.requests")
  local progress = require("codeassist.progress")
  local stages = {} ---@type table<string|integer, codeassist.Progress>
  for _, each in ipairs(progress.list()) do
    stages[each.token] = each
  end
  local found = {} ---@type codeassist.Running[]
  for _, request in ipairs(requests.open()) do
    local stage = stages[request.token]
    found[#found + 1] = {
      title = request.title,
      stage = stage and stage.message or "",
      cancel = function()
        requests.cancel(request)
      end,
    }
  end
  for _, each in pairs(stages) do
    -- The end of one that was cancelled may still be on its way.
    if each.cancellable and not requests.is_ours(each.token) then
      found[#found + 1] = {
        title = each.title,
        stage = each.message,
        cancel = function()
          progress.cancel(each)
        end,
      }
    end
  end
  return found
end

return M
