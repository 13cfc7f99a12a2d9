--- :CodeAssist key

---@type codeassist.Command
return {
  desc = "Ask for the model's key and give it to the running servers, which keep it in memory.",
  bang = "Make them forget it.",
  impl = function(call)
    local clients = require("codeassist.client").all()
    if #clients == 0 then
      require("codeassist.absence").tell_of_all()
      return
    end
    local key = nil ---@type string?
    if not call.bang then
      key = vim.fn.inputsecret("Key: ")
      if key == "" then
        return
      end
    end
    for _, client in ipairs(clients) do
      require("codeassist.key").give(client, key)
    end
    vim.cmd.redraw()
    require("codeassist.report").done(key and "the key was handed over" or "the key is forgotten")
  end,
}
