--- :CodeAssist cancel

---@type codeassist.Command
return {
  desc = "Cancel what is running; its connection to the model is closed.",
  bang = "All of it, without asking which.",
  impl = function(call)
    local running = require("codeassist.running").list()
    if #running == 0 then
      require("codeassist.report").done("nothing is running")
      return
    end
    if call.bang or #running == 1 then
      for _, each in ipairs(running) do
        each.cancel()
      end
      return
    end
    vim.ui.select(running, {
      prompt = "Cancel",
      kind = "codeassist.running",
      format_item = function(each)
        return each.stage ~= "" and ("%s: %s"):format(each.title, each.stage) or each.title
      end,
    }, function(chosen)
      if chosen then
        chosen.cancel()
      end
    end)
  end,
}
