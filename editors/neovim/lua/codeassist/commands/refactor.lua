--- :CodeAssist refactor

---@type codeassist.Command
return {
  desc = "Refactor as you say. Asks for the instruction where none is given.",
  usage = "[instruction]",
  range = "The code in these lines, instead of the symbol at the cursor.",
  bang = "Apply what is verified without a preview.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with(call.bufnr, function(client)
      local target = clients.target(client, call)
      local instruct = require("codeassist.instruct")
      if call.text == "" then
        instruct.ask(client, target, call.bang)
      else
        instruct.run(client, target, call.text, call.bang)
      end
    end)
  end,
}
