--- :CodeAssist log

---@type codeassist.Command
return {
  desc = "Show what the server logged and what you were told.",
  bang = "Open Neovim's own log of all language servers.",
  impl = function(call)
    if call.bang then
      vim.cmd.tabedit({ vim.fn.fnameescape(vim.lsp.log.get_filename()) })
      return
    end
    local lines = require("codeassist.journal").lines()
    local text = #lines > 0 and table.concat(lines, "\n") or "nothing was logged"
    require("codeassist.show").open("codeassist: log", "", text)
  end,
}
