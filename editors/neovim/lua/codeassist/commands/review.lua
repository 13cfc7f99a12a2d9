--- :CodeAssist review

---@param entries {path: string, reason: string}[]
---@param what string
---@param root string?
---@return table[] items
local function gaps(entries, what, root)
  return vim.tbl_map(function(each)
    return {
      filename = root and vim.fs.joinpath(root, each.path) or each.path,
      lnum = 1,
      col = 1,
      text = ("%s: %s"):format(what, each.reason),
      type = "N",
    }
  end, entries)
end

---@param result codeassist.ReviewResult
---@return string
local function summary(result)
  local coverage = result.coverage
  local count = require("codeassist.report").count
  local rest = #coverage.partial + #coverage.skipped
  if #coverage.reviewed + rest == 0 then
    return ("review: there are no changes in %s..%s"):format(result.base, result.head)
  end
  local found, files = count(#result.findings, "finding"), count(#coverage.reviewed, "file")
  local text = ("review: %s; %s reviewed"):format(found, files)
  if rest > 0 then
    text = ("%s; %s not, or in part only"):format(text, count(rest, "file"))
  end
  return #result.notes > 0 and text .. "; :CodeAssist log has notes" or text
end

---@param client vim.lsp.Client
---@param result codeassist.ReviewResult
local function show(client, result)
  local coverage = result.coverage
  local more = gaps(coverage.partial, "reviewed in part", client.root_dir)
  vim.list_extend(more, gaps(coverage.skipped, "not reviewed", client.root_dir))
  local title = ("codeassist: review %s..%s"):format(result.base, result.head)
  require("codeassist.quickfix").fill(
    title,
    result.findings,
    require("codeassist.client").encoding(client),
    more
  )
  for _, failure in ipairs(coverage.failures) do
    require("codeassist.report").warning(failure)
  end
  for _, note in ipairs(result.notes) do
    require("codeassist.journal").add(vim.log.levels.INFO, note)
  end
  require("codeassist.report").done(summary(result))
end

---@type codeassist.Command
return {
  desc = "Review my changes: the findings and their evidence go to the quickfix list.",
  usage = "[head|base|revisions]",
  complete = function()
    return { "head", "base" }
  end,
  impl = function(call)
    local clients = require("codeassist.client")
    clients.with_any(call.bufnr, function(client)
      local params = {
        uri = vim.api.nvim_buf_get_name(call.bufnr) ~= "" and vim.uri_from_bufnr(call.bufnr) or nil,
        scope = call.args[1],
      }
      local requests = require("codeassist.requests")
      requests.send(client, "codeassist/review", params, "review", function(err, result, request)
        if err then
          require("codeassist.report").response(err, request)
        else
          show(client, result)
        end
      end)
    end)
  end,
}
