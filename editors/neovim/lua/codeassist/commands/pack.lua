--- :CodeAssist pack

---@param result codeassist.PackResult
---@return string
local function text_of(result)
  local head = ("<!-- %d of %d tokens, counted for %s -->"):format(
    result.tokens,
    result.budget,
    result.model
  )
  local lines = { head }
  for _, note in ipairs(result.notes) do
    lines[#lines + 1] = ("<!-- %s -->"):format(note)
  end
  lines[#lines + 1] = result.text
  return table.concat(lines, "\n")
end

---@type codeassist.Command
return {
  desc = "Show the context that a model would be shown. Sends nothing.",
  usage = "[what the context is for]",
  range = "For these lines.",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with(call.bufnr, function(client)
      local target = clients.target(client, call)
      local params = {
        uri = target.uri,
        range = target.range,
        task = call.text ~= "" and call.text or nil,
      }
      local documents = require("codeassist.documents")
      documents.show(client, "codeassist/pack", params, "pack", "markdown", text_of)
    end)
  end,
}
