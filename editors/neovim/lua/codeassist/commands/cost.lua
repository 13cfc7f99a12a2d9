--- :CodeAssist cost

---@type codeassist.Command
return {
  desc = "Show what models have cost.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with_any(call.bufnr, function(client)
      local documents = require("codeassist.documents")
      documents.show(client, "codeassist/cost", vim.empty_dict(), "cost", "markdown")
    end)
  end,
}
