--- :CodeAssist models

---@param result codeassist.ModelsResult
---@return string
local function text_of(result)
  local lines = { ("# Models at %s"):format(result.address), "" }
  if result.message ~= "" then
    lines[#lines + 1] = result.message
  end
  if not result.ok and result.remedy ~= "" then
    lines[#lines + 1] = result.remedy
  end
  for _, model in ipairs(result.models) do
    lines[#lines + 1] = "- " .. model
  end
  return table.concat(lines, "\n")
end

---@type codeassist.Command
return {
  desc = "List the models of the model's server, and test whether it answers.",
  usage = "[address]",
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with_any(call.bufnr, function(client)
      local params = call.args[1] and { baseUrl = call.args[1] } or vim.empty_dict()
      local documents = require("codeassist.documents")
      documents.show(client, "codeassist/models", params, "models", "markdown", text_of)
    end)
  end,
}
