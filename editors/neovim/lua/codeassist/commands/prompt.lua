--- :CodeAssist prompt

--- What each task is called in the protocol, and its options.
local TASKS = {
  document = function()
    return "docs", { scope = "symbol" }
  end,
  bugs = function(text)
    return "bugs", text ~= "" and { issue = text } or vim.empty_dict()
  end,
  suggest = function()
    return "refactor", { action = "suggest" }
  end,
  refactor = function(text)
    return "refactor", { action = "instruct", instruction = text }
  end,
  architecture = function()
    return "architecture", vim.empty_dict()
  end,
}

---@return string[]
local function names()
  local list = vim.tbl_keys(TASKS)
  table.sort(list)
  return list
end

---@type codeassist.Command
return {
  desc = "Show exactly what a task would send to the model. Sends nothing.",
  usage = "[task] [its arguments]",
  range = "For these lines.",
  complete = names,
  impl = function(call)
    local name = call.args[1] or "document"
    local request = TASKS[name]
    if not request then
      require("codeassist.report").failure(
        ("%q is no task"):format(name),
        "there are: " .. table.concat(names(), ", ")
      )
      return
    end
    local task, options = request(table.concat(vim.list_slice(call.args, 2), " "))
    local clients = require("codeassist.client")
    clients.with(call.bufnr, function(client)
      local target = clients.target(client, call)
      require("codeassist.documents").show(client, "codeassist/showPrompt", {
        task = task,
        uri = target.uri,
        range = target.range,
        options = options,
      }, "prompt of " .. name, "markdown")
    end)
  end,
}
