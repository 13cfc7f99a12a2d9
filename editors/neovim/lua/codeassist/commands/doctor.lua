--- :CodeAssist doctor

---@type codeassist.Command
return {
  desc = "Show what the server says of its installation. :checkhealth codeassist adds the editor.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with_any(call.bufnr, function(client)
      local documents = require("codeassist.documents")
      documents.show(client, "codeassist/doctor", vim.empty_dict(), "doctor", "")
    end)
  end,
}
