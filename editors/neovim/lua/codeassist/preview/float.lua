--- The preview as a floating window with a diff, whose hunks can be taken or left.

local keys = require("codeassist.preview.keys")
local text = require("codeassist.preview.text")

local M = {}

local SHARE = 0.9 -- of the screen
local MIN_WIDTH, MIN_HEIGHT = 40, 8
local namespace = vim.api.nvim_create_namespace("codeassist.preview")

---@class codeassist.Float
---@field plan codeassist.Plan
---@field bufnr integer
---@field win integer
---@field text codeassist.PreviewText
---@field is_decided boolean or about to be, elsewhere

---@param float codeassist.Float
local function render(float)
  float.text = text.of(float.plan)
  vim.bo[float.bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(float.bufnr, 0, -1, false, float.text.lines)
  vim.bo[float.bufnr].modifiable = false
  vim.api.nvim_buf_clear_namespace(float.bufnr, namespace, 0, -1)
  for line, group in pairs(float.text.groups) do
    vim.api.nvim_buf_set_extmark(float.bufnr, namespace, line - 1, 0, { line_hl_group = group })
  end
end

---@param lines string[]
---@return vim.api.keyset.win_config
local function window_config(lines)
  local longest = MIN_WIDTH
  for _, line in ipairs(lines) do
    longest = math.max(longest, vim.fn.strdisplaywidth(line))
  end
  local hint = " " .. keys.hint("float") .. " "
  local wanted = math.max(longest + 1, vim.fn.strdisplaywidth(hint))
  local width = math.min(wanted, math.max(1, math.floor(vim.o.columns * SHARE)))
  local room = math.max(1, math.floor((vim.o.lines - 4) * SHARE))
  local height = math.min(math.max(#lines, MIN_HEIGHT), room)
  return {
    relative = "editor",
    width = width,
    height = height,
    row = math.max(0, math.floor((vim.o.lines - height) / 2) - 1),
    col = math.max(0, math.floor((vim.o.columns - width) / 2)),
    style = "minimal",
    border = "rounded",
    title = " codeassist ",
    footer = hint,
    footer_pos = "center",
  }
end

---@param float codeassist.Float
---@param step integer 1 or -1
local function move(float, step)
  local line = require("codeassist.client").line(float.win) + 1 + step ---@type integer
  local here = float.text.hunks[line - step]
  while float.text.lines[line] do
    local hunk = float.text.hunks[line]
    local is_head = hunk and float.text.hunks[line - 1] ~= hunk
    if is_head and (hunk ~= here or step == -1) then
      vim.api.nvim_win_set_cursor(float.win, { line, 0 })
      return
    end
    line = line + step
  end
end

---@param float codeassist.Float
local function toggle(float)
  local hunk = float.text.hunks[vim.api.nvim_win_get_cursor(float.win)[1]]
  if hunk then
    hunk.chosen = not hunk.chosen
    render(float)
  end
end

---@param float codeassist.Float
local function close(float)
  if vim.api.nvim_win_is_valid(float.win) then
    vim.api.nvim_win_close(float.win, true)
  end
end

---@param float codeassist.Float
---@param decide codeassist.Decide
---@return table<string, fun()>
local function actions(float, decide)
  local function ended(is_accepted)
    return function()
      float.is_decided = true
      close(float) -- first, so that the user is back where the edit goes
      decide(is_accepted)
    end
  end
  return {
    accept = ended(true),
    reject = ended(false),
    toggle = function()
      toggle(float)
    end,
    next_hunk = function()
      move(float, 1)
    end,
    previous_hunk = function()
      move(float, -1)
    end,
    tab = function()
      float.is_decided = true
      close(float)
      require("codeassist.preview").open_as(float.plan, "tab", decide)
    end,
  }
end

--- Open it. Closing the window by any other way rejects.
---@param plan codeassist.Plan
---@param decide codeassist.Decide
---@return codeassist.OpenPreview
function M.open(plan, decide)
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.bo[bufnr].bufhidden = "wipe"
  vim.bo[bufnr].filetype = "codeassist-preview"
  ---@type codeassist.Float
  local float = {
    plan = plan,
    bufnr = bufnr,
    win = -1,
    text = text.of(plan),
    is_decided = false,
  }
  render(float)
  float.win = vim.api.nvim_open_win(bufnr, true, window_config(float.text.lines))
  vim.wo[float.win].wrap = true
  vim.wo[float.win].linebreak = true
  vim.wo[float.win].cursorline = true
  move(float, 1)
  keys.map(bufnr, "float", actions(float, decide))
  vim.api.nvim_create_autocmd("WinClosed", {
    pattern = tostring(float.win),
    once = true,
    callback = function()
      if not float.is_decided then
        decide(false)
      end
    end,
  })
  return {
    close = function()
      close(float)
    end,
  }
end

return M
