--- A refactoring made up a name: the user is asked for a better one.

local M = {}

--- Rename what stands at a place, where a server of the buffer can.
---@param encoding codeassist.Encoding
---@param place lsp.Location
function M.ask(encoding, place)
  vim.schedule(function() -- once the edit is made
    local buffer = vim.uri_to_bufnr(place.uri)
    local able = vim.lsp.get_clients({ bufnr = buffer, method = "textDocument/rename" })
    if buffer ~= vim.api.nvim_get_current_buf() or #able == 0 then
      return
    end
    vim.lsp.util.show_document(place, encoding, { focus = true })
    vim.lsp.buf.rename()
  end)
end

return M
