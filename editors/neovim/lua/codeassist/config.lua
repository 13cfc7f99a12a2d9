--- What the user has set, checked, over the defaults. Knows no option by name: see options.lua.

local M = {}

---@type string[] what was wrong with the options of the last setup(), as sentences
M.problems = {}

---@param target table
---@param name string
---@param value any
local function put(target, name, value)
  local parts = vim.split(name, ".", { plain = true })
  for index = 1, #parts - 1 do
    target[parts[index]] = target[parts[index]] or {}
    target = target[parts[index]]
  end
  target[parts[#parts]] = value
end

---@return codeassist.Config
local function defaults()
  local result = {} ---@type table
  for _, spec in ipairs(require("codeassist.options")) do
    local default = spec.default ---@type any
    put(result, spec.name, vim.deepcopy(default))
  end
  return result --[[@as codeassist.Config]]
end

---@type codeassist.Config?
local current

--- The options in force.
---@return codeassist.Config
function M.get()
  current = current or defaults()
  return current
end

---@param spec codeassist.OptionSpec
---@param value any
---@return string? problem
local function problem_of(spec, value)
  if not vim.list_contains(spec.accepts, type(value)) then
    return ("%s is %s; it has to be %s"):format(spec.name, type(value), spec.type)
  end
  if spec.values and not vim.list_contains(spec.values, value) then
    return ("%s is %q; it has to be %s"):format(spec.name, value, spec.type)
  end
  local problem = spec.check and spec.check(value)
  return problem and ("%s: %s"):format(spec.name, problem)
end

---@param options table
---@param prefix string
---@param known table<string, codeassist.OptionSpec>
---@param groups table<string, true>
---@param found string[]
local function unknown(options, prefix, known, groups, found)
  for key, value in vim.spairs(options) do
    local name = prefix .. tostring(key)
    if groups[name] and type(value) == "table" then
      unknown(value, name .. ".", known, groups, found)
    elseif not known[name] then
      found[#found + 1] = ("%s is no option; see :help codeassist-options"):format(name)
    end
  end
end

---@param options table
---@return string[] problems
local function check(options)
  local known, groups, found = {}, {}, {} ---@type table, table, string[]
  for _, spec in ipairs(require("codeassist.options")) do
    known[spec.name] = spec
    local group = spec.name:match("^(.*)%.")
    if group then
      groups[group] = true
    end
    local value = vim.tbl_get(options, unpack(vim.split(spec.name, ".", { plain = true })))
    local problem = value ~= nil and problem_of(spec, value)
    if problem then
      found[#found + 1] = problem
    end
  end
  unknown(options, "", known, groups, found)
  return found
end

--- Take a user's options. One that is wrong is said, and the defaults stay in force.
---@param options codeassist.Options
---@return boolean ok
function M.set(options)
  M.problems = check(options)
  if #M.problems > 0 then
    require("codeassist.report").failure(
      "the options of setup() are wrong: " .. table.concat(M.problems, "; "),
      "correct them; until then the defaults are in force"
    )
    current = defaults()
    return false
  end
  local merged = vim.tbl_deep_extend("force", defaults() --[[@as table]], options --[[@as table]])
  current = merged --[[@as codeassist.Config]]
  return true
end

return M
