--- :CodeAssist restart

---@type codeassist.Command
return {
  desc = "End the server and start it again.",
  impl = function()
    require("codeassist.lifecycle").restart()
  end,
}
