--- Running a task of the server and doing what its answer calls for.

local report = require("codeassist.report")

local M = {}

---@class codeassist.Intent
---@field title string what is said of it while it runs
---@field client_id integer
---@field encoding codeassist.Encoding
---@field versions codeassist.Versions when the server was asked
---@field is_model boolean whether a model took part
---@field is_unseen boolean apply verified edits without a preview

---@param edit codeassist.Edit
---@param plan codeassist.Plan
---@param intent codeassist.Intent
---@return boolean
local function is_to_be_seen(edit, plan, intent)
  if not edit.verified then
    return true
  end
  if intent.is_unseen then
    return false
  end
  local is_always = require("codeassist.config").get().preview.when == "always"
  return is_always or intent.is_model or #plan.files > 1 or #plan.operations > 0
end

--- What was applied, and what else there is to know of it.
---@param plan codeassist.Plan
---@param chosen integer hunks
---@param all integer
---@return string
---@return string[] details
local function told(plan, chosen, all)
  local details = {} ---@type string[]
  if #plan.files > 1 then
    details[1] = ("%d files are changed and not written, :wall writes them"):format(#plan.files)
  end
  if chosen == all then
    return "applied: " .. plan.title, details
  end
  table.insert(details, 1, "what was proved of the whole may not hold")
  return ("applied %d of %d hunks: %s"):format(chosen, all, plan.title), details
end

---@param edit codeassist.Edit
---@param plan codeassist.Plan what of the edit is to be made
---@param intent codeassist.Intent
local function apply(edit, plan, intent)
  local apply_module = require("codeassist.edit.apply")
  local chosen, all = apply_module.count(plan)
  local refusal = apply_module.run(plan, intent.encoding, intent.versions)
  if refusal then
    report.warning(refusal.reason, refusal.remedy)
  else
    report.done(told(plan, chosen, all))
    if edit.rename and chosen == all then
      require("codeassist.naming").ask(intent.encoding, edit.rename)
    end
  end
end

--- Show an edit where that is called for, and apply it.
---@param edit codeassist.Edit
---@param intent codeassist.Intent
function M.offer(edit, intent)
  local plans = require("codeassist.edit.plan")
  local plan = plans.make(edit, intent.encoding)
  local refusal = require("codeassist.edit.stale").of_plan(plan, intent.versions)
  if refusal then
    report.warning(refusal.reason, refusal.remedy)
    return
  end
  if plans.is_empty(plan) then
    report.done(("%s: nothing to change"):format(edit.title))
    return
  end
  if not is_to_be_seen(edit, plan, intent) then
    apply(edit, plan, intent)
    return
  end
  require("codeassist.preview").open(plan, function(is_accepted)
    if is_accepted then
      apply(edit, plan, intent)
    else
      report.done(("%s: rejected, nothing was changed"):format(plan.title))
    end
  end)
end

---@param suggestions codeassist.Suggestion[]
---@param intent codeassist.Intent
local function choose(suggestions, intent)
  vim.ui.select(suggestions, {
    prompt = "Suggestions",
    kind = "codeassist.suggestion",
    format_item = function(each)
      local mark = each.verified and "" or " (not verified)"
      return ("%s%s: %s"):format(each.title, mark, (each.explanation or ""):gsub("\n", " "))
    end,
  }, function(chosen)
    if chosen then
      M.offer(chosen, intent)
    end
  end)
end

---@param result codeassist.RunResult
---@param intent codeassist.Intent
local function list(result, intent)
  local found = vim.list_extend(vim.list_slice(result.hypotheses), result.findings)
  require("codeassist.hypotheses").remember(result.hypotheses, intent)
  if #found == 0 then
    return
  end
  require("codeassist.quickfix").fill("codeassist: " .. intent.title, found, intent.encoding)
  local count = #vim.tbl_filter(function(each)
    return each.fix ~= nil
  end, result.hypotheses)
  local hint = count > 0 and ("; %d with a fix, see :CodeAssist fix"):format(count) or ""
  report.done(("%s: %d in the quickfix list%s"):format(intent.title, #found, hint))
end

---@param edits codeassist.Edit[]
---@param intent codeassist.Intent
local function offer_all(edits, intent)
  local edit, left = require("codeassist.edit.combine").all(edits)
  if #left > 0 then
    report.warning(
      ("%s left out, which overlap with others"):format(report.count(#left, "edit")),
      "apply these, then run it again"
    )
  end
  M.offer(edit, intent)
end

---@param result codeassist.RunResult
---@return string[]
local function remarks(result)
  local texts = vim.list_slice(result.notes)
  for _, each in ipairs(result.dropped) do
    texts[#texts + 1] = ("left out: %s (%s)"):format(each.what, each.reason)
  end
  return texts
end

---@param result codeassist.RunResult
---@param intent codeassist.Intent
function M.settle(result, intent)
  for _, failure in ipairs(result.failures) do
    report.warning(failure.message, failure.remedy)
  end
  local texts = remarks(result)
  for _, text in ipairs(texts) do
    require("codeassist.journal").add(vim.log.levels.INFO, text)
  end
  if result.document and result.document ~= "" then
    require("codeassist.show").open("codeassist: " .. intent.title, "markdown", result.document)
  end
  list(result, intent)
  if #result.edits > 0 then
    offer_all(result.edits, intent)
  elseif #result.suggestions > 0 then
    choose(result.suggestions, intent)
  elseif #result.hypotheses + #result.findings + #result.failures == 0 then
    if not result.document or result.document == "" then
      report.done(("%s: nothing came of it"):format(intent.title), texts)
    end
  end
end

--- Run a task.
---@param client vim.lsp.Client
---@param params codeassist.RunParams
---@param title string
---@param is_unseen? boolean apply verified edits without a preview
function M.run(client, params, title, is_unseen)
  local requests = require("codeassist.requests")
  requests.send(client, "codeassist/run", params, title, function(err, result, request)
    if err then
      report.response(err, request)
      return
    end
    M.settle(result, {
      title = title,
      client_id = client.id,
      encoding = require("codeassist.client").encoding(client),
      versions = request.versions,
      is_model = result.usage.requests + result.usage.kept > 0,
      is_unseen = is_unseen or false,
    })
  end)
end

return M
