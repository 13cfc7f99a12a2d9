--- :checkhealth codeassist. What is looked at is data: health_items.lua.

local M = {}

--- Run all checks and report them.
function M.check()
  for _, group in ipairs(require("codeassist.health_items")) do
    vim.health.start(group.title)
    for _, check in ipairs(group.checks) do
      for _, result in ipairs(check()) do
        local advice = result.remedy ~= "" and { result.remedy } or {}
        if result.health == "ok" then
          vim.health.ok(result.detail)
        elseif result.health == "note" then
          vim.health.info(require("codeassist.report").with_remedy(result.detail, result.remedy))
        elseif result.health == "warning" then
          vim.health.warn(result.detail, advice)
        else
          vim.health.error(result.detail, advice)
        end
      end
    end
  end
end

return M
