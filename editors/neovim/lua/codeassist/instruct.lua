--- Refactoring by an instruction in words.

local M = {}

---@param client vim.lsp.Client
---@param target {uri: string, range: lsp.Range}
---@param instruction string
---@param is_unseen? boolean
function M.run(client, target, instruction, is_unseen)
  require("codeassist.tasks").run(client, {
    task = "refactor",
    uri = target.uri,
    range = target.range,
    options = { action = "instruct", instruction = instruction },
  }, "refactor: " .. instruction, is_unseen)
end

--- Ask for the instruction, then run it. Nothing happens without one.
---@param client vim.lsp.Client
---@param target {uri: string, range: lsp.Range}
---@param is_unseen? boolean
function M.ask(client, target, is_unseen)
  vim.ui.input({ prompt = "Refactor: " }, function(instruction)
    instruction = instruction and vim.trim(instruction) or ""
    if instruction ~= "" then
      M.run(client, target, instruction, is_unseen)
    end
  end)
end

return M
