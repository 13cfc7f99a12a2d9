--- What the user is told, in one form: what happened, and what to do.

local M = {}

local PREFIX = "codeassist: "
local ROOM = 12 -- what 'showcmd' and the ruler take of the last line

---@param text string
---@param level integer
local function say(text, level)
  require("codeassist.journal").add(level, text)
  vim.notify(PREFIX .. text, level, { title = "codeassist" })
end

---@param line string
---@return boolean
local function fits(line)
  return vim.fn.strdisplaywidth(PREFIX .. line) < vim.o.columns - ROOM
end

--- Something that went as asked.
---@param text string
---@param details? string[] what else there is to know of it
function M.done(text, details)
  say(M.with_details(text, details or {}), vim.log.levels.INFO)
end

--- Something that the user should know, though nothing broke.
---@param text string
---@param remedy? string
function M.warning(text, remedy)
  say(M.with_remedy(text, remedy), vim.log.levels.WARN)
end

--- Something that did not work.
---@param text string
---@param remedy? string
function M.failure(text, remedy)
  say(M.with_remedy(text, remedy), vim.log.levels.ERROR)
end

--- A message and its remedy as one text: on one line where that fits, so that nobody has to press
--- Enter.
---@param text string
---@param remedy? string
---@return string
function M.with_remedy(text, remedy)
  if remedy == nil or remedy == "" then
    return text
  end
  local line = ("%s; %s"):format(text, remedy)
  return fits(line) and line or ("%s\n%s"):format(text, remedy)
end

--- A message and what else there is to know, as one text: on one line where that fits, else each on
--- its own.
---@param text string
---@param details string[]
---@return string
function M.with_details(text, details)
  if #details == 0 then
    return text
  end
  local line = ("%s: %s"):format(text, table.concat(details, "; "))
  if fits(line) then
    return line
  end
  return ("%s:\n- %s"):format(text, table.concat(details, "\n- "))
end

--- A number with its noun.
---@param number integer
---@param noun string its singular
---@return string
function M.count(number, noun)
  return ("%d %s%s"):format(number, noun, number == 1 and "" or "s")
end

--- Tell of an error that a request was answered with. One that was cancelled is not an error, and
--- one that gave way to the same request again is not worth a word.
---@param err lsp.ResponseError
---@param request codeassist.Request
function M.response(err, request)
  if err.code == vim.lsp.protocol.ErrorCodes.RequestCancelled then
    if not require("codeassist.requests").is_asked_again(request) then
      M.done(request.title .. ": cancelled")
    end
    return
  end
  local data = err.data
  local remedy = type(data) == "table" and data.remedy or nil
  if err.code == vim.lsp.protocol.ErrorCodes.ContentModified then
    M.warning(err.message, remedy)
    return
  end
  M.failure(err.message, remedy)
end

return M
