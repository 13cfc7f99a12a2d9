--- Shows a read-only document: a context, a prompt, an explanation, costs.

local M = {}

local SHARE = 0.9 -- of the screen, for the floating layout

---@param bufnr integer
local function open_float(bufnr)
  local width = math.min(100, math.floor(vim.o.columns * SHARE))
  local height = math.max(1, math.floor((vim.o.lines - 4) * SHARE))
  vim.api.nvim_open_win(bufnr, true, {
    relative = "editor",
    width = width,
    height = height,
    row = math.max(0, math.floor((vim.o.lines - height) / 2) - 1),
    col = math.max(0, math.floor((vim.o.columns - width) / 2)),
    border = "rounded",
  })
end

---@param bufnr integer
local function open(bufnr)
  local layout = require("codeassist.config").get().document.layout
  if layout == "float" then
    open_float(bufnr)
    return
  end
  local command = { split = "botright sbuffer", vsplit = "vertical botright sbuffer" }
  vim.cmd(("%s %d"):format(command[layout] or "tab sbuffer", bufnr))
end

---@param title string
---@return integer? win that shows a document of this title already
local function window_of(title)
  for _, win in ipairs(vim.api.nvim_list_wins()) do
    if vim.b[vim.api.nvim_win_get_buf(win)].codeassist_document == title then
      return win
    end
  end
end

--- Close a document's window, and go back to where the user was.
---@param bufnr integer
---@param from integer window
local function close(bufnr, from)
  if #vim.api.nvim_list_wins() == 1 then
    vim.cmd.bwipeout({ args = { tostring(bufnr) } }) -- the last window cannot be closed
    return
  end
  vim.cmd.close()
  if vim.api.nvim_win_is_valid(from) then
    vim.api.nvim_set_current_win(from)
  end
end

--- Show a document. One of the same title takes the place of the earlier one.
---@param title string
---@param language string a filetype
---@param text string
function M.open(title, language, text)
  local from = vim.api.nvim_get_current_win()
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.bo[bufnr].bufhidden = "wipe"
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split(text, "\r?\n"))
  vim.bo[bufnr].modifiable = false
  vim.bo[bufnr].filetype = language
  local shown = window_of(title)
  if shown then
    vim.api.nvim_win_set_buf(shown, bufnr)
    vim.api.nvim_set_current_win(shown)
  else
    open(bufnr)
  end
  local win = vim.api.nvim_get_current_win()
  -- For the status line and the list of buffers. One of the same name may be left in another tab.
  pcall(vim.api.nvim_buf_set_name, bufnr, "codeassist://" .. title:gsub("^codeassist: ", ""))
  vim.b[bufnr].codeassist_document = title
  -- With this buffer alone: the window may be used for another.
  vim.wo[win][0].winbar = (title:gsub("%%", "%%%%"):gsub("\n", " ")) .. "%=q closes"
  vim.keymap.set("n", "q", function()
    close(bufnr, from)
  end, { buffer = bufnr, nowait = true, desc = "Close" })
end

return M
