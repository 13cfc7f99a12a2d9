--- :CodeAssist architecture

---@type codeassist.Command
return {
  desc = "Write an overview of the repository.",
  impl = function(call)
    require("codeassist.client").with(call.bufnr, function(client)
      require("codeassist.tasks").run(client, {
        task = "architecture",
        uri = vim.uri_from_bufnr(call.bufnr),
        options = vim.empty_dict(),
      }, "architecture")
    end)
  end,
}
