--- The keys of a preview, as data: they exist in its own buffers only.

local M = {}

---@class codeassist.PreviewKey
---@field name string what the option preview.keys calls it
---@field keys string[]
---@field short string for the hint
---@field desc string
---@field layouts string[]

---@type codeassist.PreviewKey[]
M.list = {
  {
    name = "accept",
    keys = { "a", "<CR>" },
    short = "apply",
    desc = "apply what is chosen",
    layouts = { "float", "tab" },
  },
  {
    name = "reject",
    keys = { "q", "<Esc>" },
    short = "reject",
    desc = "change nothing",
    layouts = { "float", "tab" },
  },
  {
    name = "toggle",
    keys = { "x", "<Space>" },
    short = "hunk on/off",
    desc = "take or leave the hunk under the cursor",
    layouts = { "float" },
  },
  {
    name = "next_hunk",
    keys = { "]c" },
    short = "next",
    desc = "next hunk",
    layouts = { "float" },
  },
  {
    name = "previous_hunk",
    keys = { "[c" },
    short = "previous",
    desc = "previous hunk",
    layouts = { "float" },
  },
  {
    name = "tab",
    keys = { "d" },
    short = "tab",
    desc = "in a tab, in diff mode",
    layouts = { "float" },
  },
  {
    name = "next_file",
    keys = { "]f" },
    short = "next file",
    desc = "next file",
    layouts = { "tab" },
  },
  {
    name = "previous_file",
    keys = { "[f" },
    short = "previous file",
    desc = "previous file",
    layouts = { "tab" },
  },
}

--- The keys of an action as the user has them.
---@param key codeassist.PreviewKey
---@return string[]
function M.chosen(key)
  return require("codeassist.config").get().preview.keys[key.name] or key.keys
end

--- Map the keys of a layout in a buffer.
---@param bufnr integer
---@param layout string
---@param actions table<string, fun()> by name
function M.map(bufnr, layout, actions)
  for _, key in ipairs(M.list) do
    if vim.list_contains(key.layouts, layout) then
      for _, lhs in ipairs(M.chosen(key)) do
        vim.keymap.set("n", lhs, actions[key.name], {
          buffer = bufnr,
          nowait = true,
          desc = "codeassist: " .. key.desc,
        })
      end
    end
  end
end

--- One line that tells the keys of a layout.
---@param layout string
---@param left_out? string[] names of what is of no use now
---@return string
function M.hint(layout, left_out)
  local words = {} ---@type string[]
  for _, key in ipairs(M.list) do
    local first = M.chosen(key)[1]
    local is_shown = not vim.list_contains(left_out or {}, key.name)
    if first and is_shown and vim.list_contains(key.layouts, layout) then
      words[#words + 1] = ("%s %s"):format(first, key.short)
    end
  end
  return table.concat(words, " · ")
end

return M
