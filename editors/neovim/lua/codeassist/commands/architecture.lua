--- :CodeAssist architecture

---@type codeassist.Command
return {
  desc = "Write an overview of the repository.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with_any(call.bufnr, function(client)
      local is_here = clients.attached(call.bufnr) ~= nil
      local folder = client.root_dir and vim.uri_from_fname(client.root_dir)
      require("codeassist.tasks").run(client, {
        task = "architecture",
        -- From a window without a file: the folder of the server.
        uri = not is_here and folder or vim.uri_from_bufnr(call.bufnr),
        options = vim.empty_dict(),
      }, "architecture")
    end)
  end,
}
