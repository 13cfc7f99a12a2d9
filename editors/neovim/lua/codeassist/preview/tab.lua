--- The preview as a tab in diff mode: the file as it is on the left, as it would be on the right.
---
--- The right side may be edited: `do` takes a hunk back. What stands there is what is applied.

local hunks = require("codeassist.edit.hunks")
local keys = require("codeassist.preview.keys")

local M = {}

---@class codeassist.Tab
---@field plan codeassist.Plan
---@field decide codeassist.Decide
---@field index integer which file
---@field page integer
---@field before integer window
---@field after integer window
---@field buffers integer[] by file: what it would be
---@field actions table<string, fun()>
---@field is_decided boolean

---@param lines string[]
---@param file codeassist.FilePlan
---@param side "before"|"after"
---@return integer bufnr
local function scratch(lines, file, side)
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  pcall(vim.api.nvim_buf_set_name, bufnr, ("codeassist://%s/%s"):format(side, file.path))
  -- The syntax, without what a filetype starts, such as a language server.
  vim.bo[bufnr].syntax = vim.bo[file.bufnr].syntax
  return bufnr
end

---@param tab codeassist.Tab
local function show(tab)
  local file = assert(tab.plan.files[tab.index])
  local proposed = assert(tab.buffers[tab.index])
  local before = scratch(file.before, file, "before")
  vim.bo[before].modifiable = false
  vim.bo[before].bufhidden = "wipe"
  vim.api.nvim_win_set_buf(tab.before, before)
  vim.api.nvim_win_set_buf(tab.after, proposed)
  local is_only = #tab.plan.files == 1
  local count = is_only and "" or (" %d/%d"):format(tab.index, #tab.plan.files)
  local hint = keys.hint("tab", is_only and { "next_file", "previous_file" } or {})
  local sides = { [tab.before] = "now", [tab.after] = hint }
  for win, words in pairs(sides) do
    local text = ("%s%s: %s"):format(file.path, count, words):gsub("%%", "%%%%")
    vim.wo[win].winbar = text .. "%<" -- what does not fit goes at the end
    vim.api.nvim_win_call(win, function()
      vim.cmd.diffthis()
    end)
  end
  for _, each in ipairs({ before, proposed }) do
    keys.map(each, "tab", tab.actions)
  end
end

--- What the user has left on the right side is what is to be applied.
---@param tab codeassist.Tab
local function read_back(tab)
  for index, file in ipairs(tab.plan.files) do
    file.after = vim.api.nvim_buf_get_lines(assert(tab.buffers[index]), 0, -1, false)
    file.hunks = hunks.between(file.before, file.after)
  end
end

---@param tab codeassist.Tab
local function close(tab)
  if vim.api.nvim_tabpage_is_valid(tab.page) then
    local number = vim.api.nvim_tabpage_get_number(tab.page)
    if #vim.api.nvim_list_tabpages() > 1 then
      vim.cmd.tabclose({ args = { tostring(number) }, bang = true })
    end
  end
  for _, bufnr in ipairs(tab.buffers) do
    if vim.api.nvim_buf_is_valid(bufnr) then
      vim.api.nvim_buf_delete(bufnr, { force = true })
    end
  end
end

---@param tab codeassist.Tab
---@param is_accepted boolean
local function decide(tab, is_accepted)
  if tab.is_decided then
    return
  end
  tab.is_decided = true
  read_back(tab)
  close(tab)
  tab.decide(is_accepted)
end

---@param tab codeassist.Tab
---@param step integer
local function go(tab, step)
  tab.index = (tab.index - 1 + step) % #tab.plan.files + 1
  show(tab)
end

---@param tab codeassist.Tab
---@return table<string, fun()>
local function actions(tab)
  return {
    accept = function()
      decide(tab, true)
    end,
    reject = function()
      decide(tab, false)
    end,
    next_file = function()
      go(tab, 1)
    end,
    previous_file = function()
      go(tab, -1)
    end,
  }
end

--- Open it. Closing the tab rejects.
---@param plan codeassist.Plan with one file at least
---@param decided codeassist.Decide
---@return codeassist.OpenPreview
function M.open(plan, decided)
  ---@type codeassist.Tab
  ---@diagnostic disable-next-line: missing-fields -- the windows follow
  local tab = { plan = plan, decide = decided, index = 1, is_decided = false }
  tab.actions = actions(tab)
  tab.buffers = vim.tbl_map(function(file)
    return scratch(file.after, file, "after")
  end, plan.files)
  vim.cmd.tabnew()
  tab.page = vim.api.nvim_get_current_tabpage()
  local empty = vim.api.nvim_get_current_buf()
  tab.before = vim.api.nvim_get_current_win()
  vim.cmd("rightbelow vsplit")
  tab.after = vim.api.nvim_get_current_win()
  show(tab)
  vim.api.nvim_buf_delete(empty, { force = true })
  vim.api.nvim_create_autocmd("WinClosed", {
    pattern = { tostring(tab.before), tostring(tab.after) },
    once = true,
    callback = vim.schedule_wrap(function()
      decide(tab, false)
    end),
  })
  return {
    close = function()
      decide(tab, false)
    end,
  }
end

return M
