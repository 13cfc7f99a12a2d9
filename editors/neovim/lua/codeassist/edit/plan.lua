--- From a WorkspaceEdit to what it makes of each file: lines before, lines after, hunks between.
---
--- Neovim's own apply_text_edits() does the arithmetic of positions, on a scratch copy. Nothing of
--- the user's is changed here, but files that are not open are loaded into hidden buffers.

local hunks = require("codeassist.edit.hunks")

local M = {}

---@class codeassist.FilePlan
---@field uri string
---@field path string as shown
---@field bufnr integer
---@field version? integer the version that the server edited
---@field before string[] the lines
---@field after string[]
---@field hunks codeassist.Hunk[]

---@class codeassist.Plan
---@field title string
---@field verified boolean
---@field problems string[]
---@field proofs string[]
---@field files codeassist.FilePlan[]
---@field operations table[] what renames and deletes files; it goes last

---@class codeassist.FileEdits
---@field uri string
---@field version? integer
---@field edits lsp.TextEdit[]

---@param version any
---@return integer?
local function number_or_nil(version)
  if type(version) == "number" then
    return version --[[@as integer]]
  end
end

--- The text edits of a WorkspaceEdit by file, and the operations on files.
---@param edit lsp.WorkspaceEdit
---@return codeassist.FileEdits[] files
---@return table[] operations
function M.by_file(edit)
  local files, known, operations = {}, {}, {} ---@type codeassist.FileEdits[], table, table[]
  local function add(uri, version, edits)
    local file = known[uri]
    if not file then
      file = { uri = uri, version = version, edits = {} }
      known[uri] = file
      files[#files + 1] = file
    end
    vim.list_extend(file.edits, edits)
  end
  for _, change in ipairs(edit.documentChanges or {}) do
    if change.kind == "create" then
      add(change.uri, nil, {})
    elseif change.kind then
      operations[#operations + 1] = change
    else
      add(change.textDocument.uri, number_or_nil(change.textDocument.version), change.edits)
    end
  end
  if not edit.documentChanges then
    for uri, edits in vim.spairs(edit.changes or {}) do
      add(uri, nil, edits)
    end
  end
  return files, operations
end

--- Whether a buffer has no text at all, which Neovim shows as one empty line.
---@param bufnr integer
---@param lines string[]
---@return boolean
local function is_empty(bufnr, lines)
  return #lines == 1
    and lines[1] == ""
    and vim.api.nvim_buf_call(bufnr, function()
      return vim.fn.line2byte(2) == -1
    end)
end

---@param lines string[]
---@param source integer the buffer whose line ends count
---@param edits lsp.TextEdit[]
---@param encoding codeassist.Encoding
---@return string[]
local function edited(lines, source, edits, encoding)
  local scratch = vim.api.nvim_create_buf(false, true)
  vim.bo[scratch].undolevels = -1
  vim.bo[scratch].endofline = vim.bo[source].endofline
  vim.api.nvim_buf_set_lines(scratch, 0, -1, false, lines)
  local plain = vim.tbl_map(function(each)
    return { range = vim.deepcopy(each.range), newText = each.newText }
  end, edits)
  vim.lsp.util.apply_text_edits(plain, scratch, encoding)
  local result = vim.api.nvim_buf_get_lines(scratch, 0, -1, false)
  vim.api.nvim_buf_delete(scratch, { force = true })
  if #result > 1 and result[#result] == "" and is_empty(source, lines) then
    table.remove(result) -- the empty line that was never there
  end
  return result
end

---@param file codeassist.FileEdits
---@param encoding codeassist.Encoding
---@return codeassist.FilePlan
local function file_plan(file, encoding)
  local bufnr = vim.uri_to_bufnr(file.uri)
  if not vim.api.nvim_buf_is_loaded(bufnr) then
    vim.fn.bufload(bufnr)
  end
  local before = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  local after = edited(before, bufnr, file.edits, encoding)
  return {
    uri = file.uri,
    path = vim.fn.fnamemodify(vim.uri_to_fname(file.uri), ":~:."),
    bufnr = bufnr,
    version = file.version,
    before = before,
    after = after,
    hunks = hunks.between(before, after),
  }
end

--- What an edit of the server would do.
---@param edit codeassist.Edit
---@param encoding codeassist.Encoding the client's
---@return codeassist.Plan
function M.make(edit, encoding)
  local files, operations = M.by_file(edit.edit)
  local plans = {} ---@type codeassist.FilePlan[]
  for _, file in ipairs(files) do
    local plan = file_plan(file, encoding)
    if #plan.hunks > 0 then
      plans[#plans + 1] = plan
    end
  end
  return {
    title = edit.title,
    verified = edit.verified,
    problems = edit.problems or {},
    proofs = edit.proofs or {},
    files = plans,
    operations = operations,
  }
end

--- Whether a plan changes nothing.
---@param plan codeassist.Plan
---@return boolean
function M.is_empty(plan)
  return #plan.files == 0 and #plan.operations == 0
end

return M
