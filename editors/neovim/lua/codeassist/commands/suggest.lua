--- :CodeAssist suggest

---@type codeassist.Command
return {
  desc = "Ask for refactorings and choose one.",
  range = "Of the code in these lines, instead of the symbol at the cursor.",
  bang = "Apply the chosen one without a preview if it is verified.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with(call.bufnr, function(client)
      local target = clients.target(client, call)
      require("codeassist.tasks").run(client, {
        task = "refactor",
        uri = target.uri,
        range = target.range,
        options = { action = "suggest" },
      }, "suggest refactorings", call.bang)
    end)
  end,
}
