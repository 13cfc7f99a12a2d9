--- Prints "file: name" for every global that a Lua file reads or writes and that it should not.
---
--- By LuaJIT's own bytecode: what the compiler takes for a global is one.

local util = require("jit.util")

---@param source string
---@return integer opcode of its first instruction that names a global
local function opcode(source)
  local probe = assert(loadstring(source))
  for pc = 1, 10 do
    local instruction = util.funcbc(probe, pc)
    local constant = instruction and util.funck(probe, -bit.rshift(instruction, 16) - 1)
    if constant == "probe" then
      return bit.band(instruction, 0xff)
    end
  end
  error("the bytecode of this LuaJIT is not understood")
end

local READ, WRITE = opcode("return probe"), opcode("probe = 1")
local KNOWN = { vim = true, arg = true }
for name in pairs(_G) do
  KNOWN[name] = true
end

---@param proto function|userdata
---@param found table<string, true>
local function scan(proto, found)
  local pc = 1
  while true do
    local instruction = util.funcbc(proto, pc)
    if not instruction then
      break
    end
    local op = bit.band(instruction, 0xff)
    if op == READ or op == WRITE then
      local name = util.funck(proto, -bit.rshift(instruction, 16) - 1)
      if op == WRITE or not KNOWN[name] then
        found[name] = true
      end
    end
    pc = pc + 1
  end
  for index = -1, -65535, -1 do
    local constant = util.funck(proto, index)
    if constant == nil then
      break
    elseif type(constant) == "proto" then
      scan(constant, found)
    end
  end
end

for _, path in ipairs(vim.fn.glob(arg[1] .. "/**/*.lua", true, true)) do
  local found = {} ---@type table<string, true>
  scan(assert(loadfile(path)), found)
  for name in vim.spairs(found) do
    io.write(("%s: %s\n"):format(path, name))
  end
end
