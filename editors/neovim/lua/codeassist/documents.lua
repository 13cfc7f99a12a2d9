--- Requests whose answer is a text to read.

local M = {}

--- Send a request and show the text of its answer.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param title string
---@param language string
---@param text_of? fun(result: table): string where the answer's `text` is not all of it
function M.show(client, method, params, title, language, text_of)
  require("codeassist.requests").send(client, method, params, title, function(err, result, request)
    if err then
      require("codeassist.report").response(err, request)
      return
    end
    local text = text_of and text_of(result) or result.text
    require("codeassist.show").open("codeassist: " .. title, language, text)
  end)
end

return M
