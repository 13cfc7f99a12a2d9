--- Findings in the quickfix list, each followed by its evidence.

local M = {}

local KINDS = { error = "E", warning = "W", info = "I" }

---@param uri string
---@param range lsp.Range
---@param encoding codeassist.Encoding
---@return table item
local function item_at(uri, range, encoding)
  local location = { uri = uri, range = range }
  -- One by one, since Neovim sorts what it is given, and evidence belongs to its finding.
  local items = vim.lsp.util.locations_to_items({ location }, encoding)
  return items[1] or { filename = vim.uri_to_fname(uri), lnum = 1, col = 1 }
end

---@param finding codeassist.Finding
---@return string
local function text_of(finding)
  local text = ("%s %s"):format(finding.code, finding.message)
  if finding.remedy ~= "" then
    text = ("%s: %s"):format(text, finding.remedy)
  end
  return (text:gsub("\n", " "))
end

--- The items of a finding.
---@param finding codeassist.Finding
---@param encoding codeassist.Encoding
---@return table[]
function M.items(finding, encoding)
  local first = item_at(finding.uri, finding.range, encoding)
  first.text = text_of(finding)
  first.type = KINDS[finding.severity] or "I"
  first.user_data = { codeassist = finding }
  local items = { first }
  for _, evidence in ipairs(finding.evidence or {}) do
    local item = item_at(evidence.uri, evidence.range, encoding)
    item.text = "  because: " .. evidence.message:gsub("\n", " ")
    item.type = "N"
    item.user_data = { codeassist = finding }
    items[#items + 1] = item
  end
  return items
end

--- Make a list of findings the current quickfix list.
---@param title string
---@param findings codeassist.Finding[]
---@param encoding codeassist.Encoding
---@param more? table[] items to stand at the end
function M.fill(title, findings, encoding, more)
  local items = {} ---@type table[]
  for _, finding in ipairs(findings) do
    vim.list_extend(items, M.items(finding, encoding))
  end
  vim.list_extend(items, more or {})
  vim.fn.setqflist({}, " ", { title = title, items = items })
  if #items > 0 and require("codeassist.config").get().quickfix.open then
    local win = vim.api.nvim_get_current_win()
    vim.cmd("botright copen")
    vim.api.nvim_set_current_win(win)
  end
end

--- The finding of the entry under the cursor of the quickfix window, or of its current entry.
---@return codeassist.Finding?
function M.current()
  local list = vim.fn.getqflist({ items = 0, idx = 0 })
  local is_list = vim.bo.buftype == "quickfix"
  local item = list.items[is_list and vim.fn.line(".") or list.idx]
  return item and vim.tbl_get(item, "user_data", "codeassist")
end

return M
