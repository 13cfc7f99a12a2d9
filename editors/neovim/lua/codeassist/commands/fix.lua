--- :CodeAssist fix

---@param known codeassist.Known
local function offer(known)
  local client = vim.lsp.get_client_by_id(known.client_id)
  if not client then
    require("codeassist.report").failure("the server that proposed it has ended", "run bugs again")
    return
  end
  require("codeassist.tasks").offer(assert(known.hypothesis.fix), {
    title = "fix",
    client_id = client.id,
    encoding = require("codeassist.client").encoding(client),
    versions = known.versions,
    is_model = true,
    is_unseen = false,
  })
end

---@param call codeassist.Call
---@return codeassist.Known[]
local function candidates(call)
  local hypotheses = require("codeassist.hypotheses")
  if vim.bo[call.bufnr].buftype == "quickfix" then
    local finding = require("codeassist.quickfix").current()
    return { finding and hypotheses.of(finding) }
  end
  local line = require("codeassist.client").line(call.win)
  return hypotheses.fixable(vim.uri_from_bufnr(call.bufnr), line)
end

---@type codeassist.Command
return {
  desc = "Show the fix of the hypothesis at the cursor, or of the entry of the quickfix window.",
  impl = function(call)
    local found = candidates(call)
    if #found == 0 then
      require("codeassist.report").done(
        "no hypothesis with a fix here; :CodeAssist bugs finds some"
      )
      return
    end
    if #found == 1 then
      offer(found[1])
      return
    end
    vim.ui.select(found, {
      prompt = "Fix",
      kind = "codeassist.fix",
      format_item = function(each)
        return each.hypothesis.message
      end,
    }, function(chosen)
      if chosen then
        offer(chosen)
      end
    end)
  end,
}
