--- Prints doc/codeassist.txt: the chapters, with what the code itself says of options, commands,
--- mappings, keys and functions in the places {{options}}, {{commands}} and so on.

local root = arg[1]
vim.opt.runtimepath:prepend(root)

local WIDTH = 78

---@param text string
---@param indent integer
---@return string[]
local function wrapped(text, indent)
  local lines, line = {}, (" "):rep(indent) ---@type string[], string
  for word in text:gmatch("%S+") do
    if #line + #word > WIDTH and vim.trim(line) ~= "" then
      lines[#lines + 1] = line:gsub("%s+$", "")
      line = (" "):rep(indent)
    end
    line = line .. word .. " "
  end
  lines[#lines + 1] = line:gsub("%s+$", "")
  return lines
end

--- A head with its tag at the right.
---@param head string
---@param tag string
---@return string
local function tagged(head, tag)
  local gap = math.max(2, WIDTH - vim.api.nvim_strwidth(head) - #tag - 2)
  return ("%s%s*%s*"):format(head, (" "):rep(gap), tag)
end

---@return string[]
local function options()
  local lines = {} ---@type string[]
  for _, spec in ipairs(require("codeassist.options")) do
    lines[#lines + 1] = tagged(spec.name, "codeassist-option-" .. spec.name)
    local default = spec.default == nil and "not set" or vim.inspect(spec.default)
    lines[#lines + 1] = ("    `%s`  (default: %s)"):format(spec.type:gsub("|", " | "), default)
    vim.list_extend(lines, wrapped(spec.desc, 4))
    lines[#lines + 1] = ""
  end
  return lines
end

---@return string[]
local function commands()
  local module = require("codeassist.command")
  local lines = {} ---@type string[]
  for _, name in ipairs(module.names()) do
    local command = assert(module.load(name))
    local range = command.range and "[range]" or ""
    local bang = command.bang and "[!]" or ""
    local usage = command.usage and " " .. command.usage or ""
    local head = (":%sCodeAssist%s %s%s"):format(range, bang, name, usage)
    local tag = "codeassist-" .. name
    if #head + #tag + 4 > WIDTH then
      lines[#lines + 1] = tagged("", tag)
      lines[#lines + 1] = head
    else
      lines[#lines + 1] = tagged(head, tag)
    end
    vim.list_extend(lines, wrapped(command.desc, 4))
    if command.range then
      vim.list_extend(lines, wrapped("[range]  " .. command.range, 4))
    end
    if command.bang then
      vim.list_extend(lines, wrapped("[!]  " .. command.bang, 4))
    end
    lines[#lines + 1] = ""
  end
  return lines
end

---@return string[]
local function plugs()
  local lines = {} ---@type string[]
  for _, plug in ipairs(require("codeassist.plugs").list) do
    local name = ("<Plug>(codeassist-%s)"):format(plug.name)
    local modes = table.concat(plug.modes, ", ")
    lines[#lines + 1] = ("    %-32s %-5s %s"):format(name, modes, plug.desc)
  end
  return lines
end

---@return string[]
local function preview_keys()
  local lines = {} ---@type string[]
  for _, key in ipairs(require("codeassist.preview.keys").list) do
    local layouts = table.concat(key.layouts, ", ")
    local keys = table.concat(key.keys, " ")
    lines[#lines + 1] = ("    %-14s %-14s %-11s %s"):format(keys, key.name, layouts, key.desc)
  end
  return lines
end

---@return string[]
local function filetypes()
  return wrapped(table.concat(require("codeassist.filetypes"), ", "), 4)
end

--- The public functions of init.lua with their comments.
---@return string[]
local function functions()
  local lines, comment = {}, {} ---@type string[], string[]
  local params = {} ---@type string[]
  for line in io.lines(root .. "/lua/codeassist/init.lua") do
    local text = line:match("^%-%-%- ?(.*)$")
    local name, arguments = line:match("^function M%.([%w_]+)%((.-)%)")
    local tag = line:match("^%-%-%-@%S+")
    if tag then
      local parameter, rest = line:match("^%-%-%-@param (%S+) (.*)$")
      local returns = line:match("^%-%-%-@return (.*)$")
      params[#params + 1] = parameter and ("    {%s}  %s"):format(parameter:gsub("%?", ""), rest)
        or returns and ("    Returns: %s"):format(returns)
    elseif text then
      comment[#comment + 1] = text == "" and "" or "    " .. text
    elseif name then
      local head = ('require("codeassist").%s(%s)'):format(name, arguments)
      lines[#lines + 1] = tagged(head, "codeassist." .. name .. "()")
      vim.list_extend(lines, comment)
      vim.list_extend(lines, params)
      lines[#lines + 1] = ""
      comment, params = {}, {}
    else
      comment, params = {}, {}
    end
  end
  return lines
end

local PLACES = {
  options = options,
  commands = commands,
  plugs = plugs,
  preview_keys = preview_keys,
  filetypes = filetypes,
  functions = functions,
}

---@type {title: string, tag: string, body: string[]}[]
local chapters = {}
local paths = vim.fn.glob(root .. "/scripts/chapters/*.txt", true, true)
table.sort(paths)
for _, path in ipairs(paths) do
  local body = {} ---@type string[]
  local title, tag ---@type string?, string?
  for line in io.lines(path) do
    local place = line:match("^{{(.-)}}$")
    if not title then
      title, tag = line:match("^(.-)%s+%*(%S+)%*$")
      assert(title, path .. ": the first line is a title and its tag")
    elseif place then
      vim.list_extend(body, assert(PLACES[place], path .. ": unknown place " .. place)())
    else
      body[#body + 1] = line
    end
  end
  chapters[#chapters + 1] = { title = assert(title), tag = assert(tag), body = body }
end

local out = {
  "*codeassist.txt*  Documentation, bugs, refactorings and reviews, with evidence",
  "",
  "Generated by scripts/generate.py; edit scripts/chapters/ and the code instead.",
  "",
  tagged("CONTENTS", "codeassist-contents"),
  "",
}
for number, chapter in ipairs(chapters) do
  local head = ("  %d. %s "):format(number, chapter.title)
  local tag = ("|%s|"):format(chapter.tag)
  out[#out + 1] = head .. ("."):rep(WIDTH - #head - #tag - 1) .. " " .. tag
end
for number, chapter in ipairs(chapters) do
  vim.list_extend(out, { "", ("="):rep(WIDTH) })
  out[#out + 1] = tagged(("%d. %s"):format(number, chapter.title), chapter.tag)
  vim.list_extend(out, chapter.body)
end
vim.list_extend(out, { "", "vim:tw=78:ts=8:noet:ft=help:norl:" })
local text = table.concat(out, "\n"):gsub("\n\n\n+", "\n\n")
io.write(text .. "\n")
