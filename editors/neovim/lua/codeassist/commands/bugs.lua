--- :CodeAssist bugs

---@param call codeassist.Call
---@return table options
local function options_of(call)
  if call.bang then
    return { traceback = vim.fn.getreg('"') }
  end
  return call.text ~= "" and { issue = call.text } or vim.empty_dict()
end

---@type codeassist.Command
return {
  desc = "Look for what may be wrong: hypotheses with evidence, in the quickfix list.",
  usage = "[what goes wrong]",
  range = "Only in these lines.",
  bang = "Start from the stack trace in the unnamed register.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with(call.bufnr, function(client)
      local target = clients.target(client, call)
      require("codeassist.tasks").run(client, {
        task = "bugs",
        uri = target.uri,
        range = target.range,
        options = options_of(call),
      }, "bugs")
    end)
  end,
}
