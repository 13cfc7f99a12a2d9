--- The <Plug> mappings, as data. No key is mapped to them by default.

local M = {}

---@class codeassist.Plug
---@field name string the mapping is <Plug>(codeassist-{name})
---@field command string what follows :CodeAssist
---@field modes string[]
---@field desc string

---@type codeassist.Plug[]
M.list = {
  { name = "document", command = "document", modes = { "n", "x" }, desc = "Document the symbol" },
  { name = "bugs", command = "bugs", modes = { "n", "x" }, desc = "Look for bugs" },
  { name = "refactor", command = "refactor", modes = { "n", "x" }, desc = "Refactor as you say" },
  { name = "suggest", command = "suggest", modes = { "n", "x" }, desc = "Suggest refactorings" },
  { name = "pack", command = "pack", modes = { "n", "x" }, desc = "Show the context" },
  { name = "prompt", command = "prompt", modes = { "n", "x" }, desc = "Show what would be sent" },
  { name = "fix", command = "fix", modes = { "n" }, desc = "Show the fix of a hypothesis" },
  { name = "explain", command = "explain", modes = { "n" }, desc = "Explain a finding" },
  { name = "review", command = "review", modes = { "n" }, desc = "Review my changes" },
  { name = "cancel", command = "cancel", modes = { "n" }, desc = "Cancel what is running" },
}

--- Define all of them.
function M.define()
  for _, plug in ipairs(M.list) do
    -- From visual mode `:` puts the range '<,'> before the command.
    vim.keymap.set(
      plug.modes,
      ("<Plug>(codeassist-%s)"):format(plug.name),
      (":CodeAssist %s<CR>"):format(plug.command),
      { silent = true, desc = "codeassist: " .. plug.desc }
    )
  end
end

return M
