--- Says why there is no server, and what to do.

local report = require("codeassist.report")

local M = {}

---@param filetype string
---@return boolean
local function is_known(filetype)
  local config = vim.lsp.config["codeassist"]
  return vim.list_contains(config and config.filetypes or {}, filetype)
end

--- Tell why there is none for a buffer.
---@param bufnr integer
function M.tell(bufnr)
  local filetype = vim.bo[bufnr].filetype
  if vim.bo[bufnr].buftype ~= "" then
    report.failure("this window shows no file", "go to your code, then run it again")
  elseif filetype == "" then
    report.failure("the type of this file is not known", "set it, such as :set filetype=python")
  elseif not is_known(filetype) then
    report.failure(
      ("codeassist does not know files of the type %s"):format(filetype),
      "see :help codeassist-filetypes"
    )
  else
    report.failure(
      "no server is running for this buffer",
      "run :checkhealth codeassist; it says what is missing"
    )
  end
end

--- Tell that there is none at all.
function M.tell_of_all()
  report.failure(
    "no server is running",
    "open a file that codeassist knows, then run it again; else see :checkhealth codeassist"
  )
end

return M
