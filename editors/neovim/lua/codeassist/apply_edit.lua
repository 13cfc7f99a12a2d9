--- Handles workspace/applyEdit: as Neovim does, but every file's version is checked, all or none is
--- applied, it is one undo step, and what needs confirmation is shown first.

---@param edit lsp.WorkspaceEdit
---@return boolean
local function needs_confirmation(edit)
  for _, annotation in pairs(edit.changeAnnotations or {}) do
    if annotation.needsConfirmation then
      return true
    end
  end
  return false
end

---@param refusal codeassist.Refusal?
---@return {applied: boolean, failureReason?: string}
local function answer_of(refusal)
  if refusal then
    require("codeassist.report").warning(refusal.reason, refusal.remedy)
  end
  return { applied = refusal == nil, failureReason = refusal and refusal.reason }
end

---@async
---@param plan codeassist.Plan
---@param encoding codeassist.Encoding
---@return {applied: boolean, failureReason?: string}
local function ask(plan, encoding)
  local coroutine_ = assert(coroutine.running(), "a handler of a request runs in a coroutine")
  require("codeassist.preview").open(plan, function(is_accepted)
    local answer = { applied = false, failureReason = "it was rejected" }
    if is_accepted then
      answer = answer_of(require("codeassist.edit.apply").run(plan, encoding, {}))
    end
    -- Scheduled, since the decision may come before the coroutine has yielded.
    vim.schedule(function()
      coroutine.resume(coroutine_, answer)
    end)
  end)
  return coroutine.yield()
end

---@async
---@param _ lsp.ResponseError?
---@param params lsp.ApplyWorkspaceEditParams
---@param ctx lsp.HandlerContext
---@return {applied: boolean, failureReason?: string}
return function(_, params, ctx)
  local client = assert(vim.lsp.get_client_by_id(ctx.client_id))
  local encoding = require("codeassist.client").encoding(client)
  local plan = require("codeassist.edit.plan").make({
    title = params.label or "codeassist",
    verified = false,
    problems = {},
    proofs = {},
    diff = "",
    edit = params.edit,
  }, encoding)
  local refusal = require("codeassist.edit.stale").of_plan(plan, {})
  if refusal then
    return answer_of(refusal)
  end
  if needs_confirmation(params.edit) then
    return ask(plan, encoding)
  end
  if require("codeassist.edit.plan").is_empty(plan) then
    return { applied = true }
  end
  return answer_of(require("codeassist.edit.apply").run(plan, encoding, {}))
end
