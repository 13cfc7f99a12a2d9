--- Handles workspace/diagnostic/refresh, which Neovim knows since 0.12: as it does, and for the
--- open buffers too. Neovim asks a server that can report a whole workspace for that report alone,
--- and then drops what it says of open buffers, whose findings would stay as they were.

---@param err lsp.ResponseError?
---@param params any
---@param ctx lsp.HandlerContext
return function(err, params, ctx)
  local default = vim.lsp.handlers["workspace/diagnostic/refresh"]
  if default then
    default(err, params, ctx)
  end
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  if err or not client or not client:supports_method("workspace/diagnostic") then
    return vim.NIL
  end
  local provider = client.server_capabilities.diagnosticProvider
  for bufnr in pairs(client.attached_buffers) do
    client:request("textDocument/diagnostic", {
      identifier = provider and provider.identifier,
      textDocument = { uri = vim.uri_from_bufnr(bufnr) },
    }, nil, bufnr)
  end
  return vim.NIL
end
