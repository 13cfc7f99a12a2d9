--- Finding the server's client, and saying where the user is in the protocol's terms.

local M = {}

local NAME = "codeassist"
local START_MS = 30000 -- against a server that never comes up; the index is not waited for

--- The running client of a buffer.
---@param bufnr integer
---@return vim.lsp.Client?
function M.attached(bufnr)
  return vim.lsp.get_clients({ name = NAME, bufnr = bufnr })[1]
end

--- All running clients: one for each root.
---@return vim.lsp.Client[]
function M.all()
  return vim.lsp.get_clients({ name = NAME })
end

--- In what the columns of a client's positions are counted.
---@param client vim.lsp.Client
---@return codeassist.Encoding
function M.encoding(client)
  return client.offset_encoding --[[@as codeassist.Encoding]]
end

--- Call back with what is found once a server has been attached; `refuse_it` where none comes.
---@param find fun(): vim.lsp.Client?
---@param callback fun(client: vim.lsp.Client)
---@param refuse_it fun()
local function wait(find, callback, refuse_it)
  if not require("codeassist.lifecycle").is_starting() then
    refuse_it()
    return
  end
  local timer = assert(vim.uv.new_timer())
  local autocmd = vim.api.nvim_create_autocmd("LspAttach", {
    callback = function()
      local found = find()
      if not found then
        return
      end
      timer:close()
      vim.schedule(function()
        callback(found)
      end)
      return true -- which removes this autocommand
    end,
  })
  timer:start(START_MS, 0, function()
    timer:close()
    vim.schedule(function()
      vim.api.nvim_del_autocmd(autocmd)
      refuse_it()
    end)
  end)
end

--- Call back with a client at once if there is one, else when it comes.
---@param find fun(): vim.lsp.Client?
---@param callback fun(client: vim.lsp.Client)
---@param absent fun() when none comes
local function with_found(find, callback, absent)
  local client = find()
  if client then
    callback(client)
  else
    wait(find, callback, absent)
  end
end

--- Call back with the client of a buffer, when it is there. Says so when there is none.
---@param bufnr integer
---@param callback fun(client: vim.lsp.Client)
function M.with(bufnr, callback)
  with_found(
    function()
      return M.attached(bufnr)
    end,
    callback,
    function()
      require("codeassist.absence").tell(bufnr)
    end
  )
end

--- Call back with the client of a buffer, else with any: for what concerns no buffer.
---@param bufnr integer
---@param callback fun(client: vim.lsp.Client)
function M.with_any(bufnr, callback)
  with_found(
    function()
      return M.attached(bufnr) or M.all()[1]
    end,
    callback,
    function()
      require("codeassist.absence").tell_of_all()
    end
  )
end

--- The line of the cursor, from 0.
---@param win integer
---@return integer
function M.line(win)
  return vim.api.nvim_win_get_cursor(win)[1] - 1 --[[@as integer]]
end

---@param bufnr integer
---@param first integer the line, from 1
---@param last integer
---@param encoding codeassist.Encoding
---@return lsp.Range
local function lines_range(bufnr, first, last, encoding)
  local text = vim.api.nvim_buf_get_lines(bufnr, last - 1, last, false)[1] or ""
  return {
    start = { line = first - 1, character = 0 },
    ["end"] = { line = last - 1, character = vim.str_utfindex(text, encoding, #text, false) },
  }
end

--- Whether a command's lines are those that were selected by character.
---@param first integer
---@param last integer
---@return boolean
local function is_selection(first, last)
  return vim.fn.visualmode() == "v"
    and vim.api.nvim_buf_get_mark(0, "<")[1] == first
    and vim.api.nvim_buf_get_mark(0, ">")[1] == last
end

--- Where the user is: the selection, the lines of the command, or the cursor.
---@param client vim.lsp.Client
---@param place codeassist.Place
---@return {uri: string, range: lsp.Range}
function M.target(client, place)
  local encoding = M.encoding(client)
  local bufnr = place.bufnr
  local range ---@type lsp.Range
  if not place.lines then
    range = vim.lsp.util.make_range_params(place.win, encoding).range
  elseif bufnr == vim.api.nvim_get_current_buf() and is_selection(unpack(place.lines)) then
    range = vim.lsp.util.make_given_range_params(nil, nil, bufnr, encoding).range
  else
    range = lines_range(bufnr, place.lines[1], place.lines[2], encoding)
  end
  return { uri = vim.uri_from_bufnr(bufnr), range = range }
end

return M
