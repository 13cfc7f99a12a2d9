--- The command and the <Plug> mappings; the rest is loaded when one of them is used.

if vim.g.loaded_codeassist then
  return
end
vim.g.loaded_codeassist = true

if vim.fn.has("nvim-0.11") == 0 then
  vim.notify("codeassist needs Neovim 0.11 or later", vim.log.levels.ERROR)
  return
end

vim.api.nvim_create_user_command("CodeAssist", function(details)
  require("codeassist.command").run(details)
end, {
  nargs = "*",
  range = true,
  bang = true,
  desc = "codeassist: documentation, bugs, refactorings, reviews",
  complete = function(_, line, position)
    return require("codeassist.command").complete(line:sub(1, position))
  end,
})

require("codeassist.plugs").define()
