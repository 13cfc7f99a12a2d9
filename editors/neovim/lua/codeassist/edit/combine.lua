--- Several edits of one answer as one: all of them refer to the same versions of the files.

local plan = require("codeassist.edit.plan")

local M = {}

---@param left lsp.Position
---@param right lsp.Position
---@return boolean
local function is_before(left, right)
  return left.line < right.line or (left.line == right.line and left.character < right.character)
end

---@param one lsp.Range
---@param other lsp.Range
---@return boolean
local function overlap(one, other)
  if vim.deep_equal(one, other) then
    return true -- two insertions at one place have no order
  end
  return is_before(one.start, other["end"]) and is_before(other.start, one["end"])
end

---@param file codeassist.FileEdits
---@param taken lsp.TextEdit[]
---@return boolean
local function fits(file, taken)
  for _, edit in ipairs(file.edits) do
    for _, other in ipairs(taken) do
      if overlap(edit.range, other.range) then
        return false
      end
    end
  end
  return true
end

---@param files codeassist.FileEdits[]
---@param taken table<string, lsp.TextEdit[]>
---@return boolean
local function all_fit(files, taken)
  for _, file in ipairs(files) do
    if not fits(file, taken[file.uri] or {}) then
      return false
    end
  end
  return true
end

---@param result codeassist.Edit
---@param edit codeassist.Edit
local function add_facts(result, edit)
  result.verified = result.verified and edit.verified
  vim.list_extend(result.problems, edit.problems or {})
  for _, proof in ipairs(edit.proofs or {}) do
    if not vim.list_contains(result.proofs, proof) then
      table.insert(result.proofs, proof)
    end
  end
end

--- One edit out of several. An edit that overlaps with an earlier one is left over.
---@param edits codeassist.Edit[] at least one
---@return codeassist.Edit
---@return codeassist.Edit[] left
function M.all(edits)
  if #edits == 1 then
    return edits[1], {}
  end
  ---@type codeassist.Edit
  local result = { title = "", verified = true, problems = {}, proofs = {}, diff = "", edit = {} }
  local changes, left, titles = {}, {}, {} ---@type table[], codeassist.Edit[], string[]
  local taken = {} ---@type table<string, lsp.TextEdit[]>
  for _, edit in ipairs(edits) do
    local files, operations = plan.by_file(edit.edit)
    if all_fit(files, taken) then
      for _, file in ipairs(files) do
        taken[file.uri] = vim.list_extend(taken[file.uri] or {}, file.edits)
        local document = { uri = file.uri, version = file.version or vim.NIL }
        changes[#changes + 1] = { textDocument = document, edits = file.edits }
      end
      vim.list_extend(changes, operations)
      titles[#titles + 1] = edit.title
      add_facts(result, edit)
    else
      left[#left + 1] = edit
    end
  end
  result.title = #titles == 1 and titles[1] or ("%s, and %d more"):format(titles[1], #titles - 1)
  result.edit = { documentChanges = changes }
  return result, left
end

return M
