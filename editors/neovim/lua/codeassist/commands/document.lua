--- :CodeAssist document

---@type codeassist.Command
return {
  desc = "Write the docstring or doc comment of the symbol at the cursor, or those of the file.",
  usage = "[symbol|file]",
  range = "The symbols in these lines.",
  bang = "Apply what is verified without a preview.",
  complete = function()
    return { "symbol", "file" }
  end,
  impl = function(call)
    local scope = call.args[1] or "symbol"
    if scope ~= "symbol" and scope ~= "file" then
      require("codeassist.report").failure(
        ("%q is nothing that can be documented"):format(scope),
        ":CodeAssist document symbol, or :CodeAssist document file"
      )
      return
    end
    local clients = require("codeassist.client")
    clients.with(call.bufnr, function(client)
      local target = clients.target(client, call)
      require("codeassist.tasks").run(client, {
        task = "docs",
        uri = target.uri,
        range = target.range,
        options = { scope = scope },
      }, "document the " .. scope, call.bang)
    end)
  end,
}
