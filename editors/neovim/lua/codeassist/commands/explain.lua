--- :CodeAssist explain

---@param call codeassist.Call
---@return string[] codes of our diagnostics at the cursor, or of the quickfix entry
local function codes_at(call)
  if vim.bo[call.bufnr].buftype == "quickfix" then
    local finding = require("codeassist.quickfix").current()
    return { finding and finding.code }
  end
  local line = require("codeassist.client").line(call.win)
  local codes = {} ---@type string[]
  for _, each in ipairs(vim.diagnostic.get(call.bufnr, { lnum = line })) do
    local code = tostring(each.code)
    if each.source == "codeassist" and each.code and not vim.list_contains(codes, code) then
      codes[#codes + 1] = code
    end
  end
  return codes
end

---@type codeassist.Command
return {
  desc = "Explain a code, or the finding at the cursor.",
  usage = "[code]",
  complete = function()
    local codes = {} ---@type table<string, true>
    for _, each in ipairs(vim.diagnostic.get()) do
      if each.source == "codeassist" and each.code then
        codes[tostring(each.code)] = true
      end
    end
    return vim.tbl_keys(codes)
  end,
  impl = function(call)
    local codes = #call.args > 0 and call.args or codes_at(call)
    local first = codes[1]
    if not first then
      require("codeassist.report").done("no finding of codeassist here; name a code, such as CA101")
      return
    end
    local clients = require("codeassist.client")
    clients.with_any(call.bufnr, function(client)
      if #codes == 1 then
        require("codeassist.explain").open(client, first)
        return
      end
      vim.ui.select(codes, { prompt = "Explain", kind = "codeassist.code" }, function(code)
        if code then
          require("codeassist.explain").open(client, code)
        end
      end)
    end)
  end,
}
