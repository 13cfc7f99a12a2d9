--- The page of a check.

local M = {}

--- Show what a code means.
---@param client vim.lsp.Client
---@param code string
function M.open(client, code)
  local title = "explain " .. code
  local requests = require("codeassist.requests")
  requests.send(client, "codeassist/explain", { code = code }, title, function(err, result, request)
    if err then
      require("codeassist.report").response(err, request)
      return
    end
    require("codeassist.show").open("codeassist: " .. result.code, "markdown", result.text)
  end)
end

return M
