--- A plan as the lines of a preview, with what each line belongs to. Pure: knows no window.

local M = {}

local CONTEXT = 3 -- lines around a hunk, as in every diff

---@class codeassist.PreviewText
---@field lines string[]
---@field groups table<integer, string> highlight group by line, from 1
---@field hunks table<integer, codeassist.Hunk> by line

---@param text codeassist.PreviewText
---@param line string
---@param group? string
---@param hunk? codeassist.Hunk
local function add(text, line, group, hunk)
  -- Titles and paths come from elsewhere and must not break the lines.
  text.lines[#text.lines + 1] = (line:gsub("\n", " "))
  text.groups[#text.lines] = group
  text.hunks[#text.lines] = hunk
end

--- The first line before of a hunk's change: for an insertion, the line that it comes before.
---@param hunk codeassist.Hunk
---@return integer
local function start_of(hunk)
  return hunk.removed == 0 and hunk.first + 1 or hunk.first
end

--- The lines of context around a hunk. Those between two hunks belong to one of them alone.
---@param file codeassist.FilePlan
---@param index integer
---@return integer first before the change, from 1
---@return integer last after the change
local function context_of(file, index)
  local hunk = assert(file.hunks[index])
  local previous, following = file.hunks[index - 1], file.hunks[index + 1]
  local start = start_of(hunk)
  local floor = previous and start_of(previous) + previous.removed or 1
  local ceiling = following and start_of(following) - 1 - CONTEXT or #file.before
  local last = math.min(start + hunk.removed + CONTEXT - 1, ceiling)
  return math.max(start - CONTEXT, floor), math.max(last, start + hunk.removed - 1)
end

---@param text codeassist.PreviewText
---@param file codeassist.FilePlan
---@param index integer
local function add_hunk(text, file, index)
  local hunk = assert(file.hunks[index])
  local first, last = context_of(file, index)
  local start = start_of(hunk)
  local after = start + hunk.removed -- the first line of context after the change
  local size = last - first + 1
  local mark = hunk.chosen and "[x]" or "[ ]"
  local head = ("@@ -%d,%d +%d,%d @@ %s"):format(
    first,
    size,
    hunk.start - (start - first) + (hunk.added == 0 and 1 or 0),
    size - hunk.removed + hunk.added,
    mark
  )
  add(text, head, hunk.chosen and "DiffText" or "Comment", hunk)
  for line = first, start - 1 do
    add(text, " " .. file.before[line], nil, hunk)
  end
  for line = start, after - 1 do
    add(text, "-" .. file.before[line], "DiffDelete", hunk)
  end
  for line = hunk.start, hunk.start + hunk.added - 1 do
    add(text, "+" .. file.after[line], "DiffAdd", hunk)
  end
  for line = after, last do
    add(text, " " .. file.before[line], nil, hunk)
  end
end

---@param text codeassist.PreviewText
---@param plan codeassist.Plan
local function add_head(text, plan)
  add(text, plan.title, "Title")
  for _, proof in ipairs(plan.proofs) do
    add(text, "proved: " .. proof, "DiagnosticOk")
  end
  for _, problem in ipairs(plan.problems) do
    add(text, "not verified: " .. problem, "DiagnosticWarn")
  end
  if not plan.verified and #plan.problems == 0 then
    add(text, "not verified", "DiagnosticWarn")
  end
  for _, operation in ipairs(plan.operations) do
    local name = vim.uri_to_fname(operation.uri or operation.oldUri)
    local target = operation.newUri and " to " .. vim.uri_to_fname(operation.newUri) or ""
    add(text, ("%s %s%s"):format(operation.kind, name, target), "DiagnosticWarn")
  end
end

--- The text of a plan.
---@param plan codeassist.Plan
---@return codeassist.PreviewText
function M.of(plan)
  local text = { lines = {}, groups = {}, hunks = {} } ---@type codeassist.PreviewText
  add_head(text, plan)
  for _, file in ipairs(plan.files) do
    add(text, "")
    add(text, "--- " .. file.path, "Directory")
    for index = 1, #file.hunks do
      add_hunk(text, file, index)
    end
  end
  return text
end

return M
