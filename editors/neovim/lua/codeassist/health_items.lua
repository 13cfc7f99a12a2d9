--- What :checkhealth looks at: each check yields rows with what is so and what to do.

---@class codeassist.Health
---@field health "ok"|"note"|"warning"|"error"
---@field detail string
---@field remedy string

---@class codeassist.HealthGroup
---@field title string
---@field checks (fun(): codeassist.Health[])[]

local TIMEOUT_MS = 30000 -- the first start of the server compiles its modules
local KEY_VARIABLES = { "CODEASSIST_API_KEY", "OPENAI_API_KEY" }

---@param health "ok"|"note"|"warning"|"error"
---@param detail string
---@param remedy? string
---@return codeassist.Health
local function row(health, detail, remedy)
  return { health = health, detail = detail, remedy = remedy or "" }
end

---@return string program
---@return string[] command what starts the server
local function server_command()
  local config = vim.lsp.config["codeassist"]
  local cmd = config and config.cmd
  local command = type(cmd) == "table" and cmd or { "codeassist", "serve" } --[[@as string[] ]]
  return command[1] or "codeassist", command
end

---@return string[] the same program with other arguments
local function program(...)
  local _, serve = server_command()
  local command = vim.tbl_filter(function(word)
    return word ~= "serve"
  end, serve)
  return vim.list_extend(command, { ... })
end

---@return codeassist.Health[]
local function editor()
  local version = tostring(vim
    .version --[[@as function]]())
  if vim.fn.has("nvim-0.11") == 0 then
    return { row("error", "Neovim " .. version, "install Neovim 0.11 or later") }
  end
  return { row("ok", "Neovim " .. version) }
end

---@return codeassist.Health[]
local function options()
  local problems = require("codeassist.config").problems
  if #problems == 0 then
    return { row("ok", "the options are right") }
  end
  return vim.tbl_map(function(problem)
    return row("error", problem, "correct it where you call setup(); see :help codeassist-options")
  end, problems)
end

---@return codeassist.Health[]
local function enabled()
  if vim.lsp.is_enabled and not vim.lsp.is_enabled("codeassist") then
    local remedy = 'call vim.lsp.enable("codeassist"), or require("codeassist").setup()'
    return { row("warning", "the server is not enabled", remedy) }
  end
  return { row("ok", "the server is enabled") }
end

---@return codeassist.Health[]
local function executable()
  local name = server_command()
  if vim.fn.executable(name) == 0 then
    local remedy = "install codeassist (pipx install codeassist), or say where it is: "
      .. 'vim.lsp.config("codeassist", { cmd = { "/path/to/codeassist", "serve" } })'
    return { row("error", name .. " is not on your PATH", remedy) }
  end
  local found = vim.fn.exepath(name)
  local ok, done = pcall(function()
    return vim.system(program("--version"), { text = true }):wait(TIMEOUT_MS)
  end)
  if not ok or done.code ~= 0 then
    return { row("error", found .. " does not run", "run it in a terminal; it says why") }
  end
  return { row("ok", ("%s (%s)"):format(vim.trim(done.stdout), found)) }
end

--- What the program itself says: Python, git, parsers, model, folders.
---@return codeassist.Health[]
local function doctor()
  if vim.fn.executable((server_command())) == 0 then
    return {}
  end
  local ok, done = pcall(function()
    return vim.system(program("doctor", "--json"), { text = true }):wait(TIMEOUT_MS)
  end)
  local decoded, items = pcall(vim.json.decode, ok and done.stdout or "")
  if not decoded or type(items) ~= "table" then
    local remedy = "run it in a terminal; it says why"
    return { row("error", "codeassist doctor gave no answer", remedy) }
  end
  local healths = { ok = "ok", missing = "warning", broken = "error" }
  return vim.tbl_map(function(item)
    local detail = ("%s: %s"):format(item.subject, item.detail)
    return row(healths[item.health] or "note", detail, item.remedy)
  end, items)
end

---@return codeassist.Health[]
local function key()
  local chosen = require("codeassist.config").get()
  if chosen.key then
    return { row("ok", "the key comes from the function `key`") }
  end
  if chosen.key_cmd then
    local name = chosen.key_cmd[1] or ""
    if vim.fn.executable(name) == 0 then
      return { row("error", ("key_cmd: %q is not on your PATH"):format(name), "correct key_cmd") }
    end
    return { row("ok", ("the key comes from the command %s"):format(name)) }
  end
  for _, name in ipairs(KEY_VARIABLES) do
    if vim.env[name] and vim.env[name] ~= "" then
      return { row("ok", ("the key comes from the environment (%s)"):format(name)) }
    end
  end
  return {
    row(
      "note",
      "no key is set up; facts need none, and neither does a local model",
      "to ask a model: set OPENAI_API_KEY, or key_cmd, or model.baseUrl in the settings"
    ),
  }
end

---@return codeassist.Health[]
local function servers()
  local clients = require("codeassist.client").all()
  if #clients == 0 then
    local remedy = "open a file of a known language; see :help codeassist-filetypes"
    return { row("note", "no server is running", remedy) }
  end
  return vim.tbl_map(function(client)
    local number = vim.tbl_count(client.attached_buffers)
    local buffers = require("codeassist.report").count(number, "buffer")
    return row("ok", ("running for %s, %s"):format(client.root_dir or "single files", buffers))
  end, clients)
end

---@return codeassist.Health[]
local function models()
  local rows = {} ---@type codeassist.Health[]
  for _, client in ipairs(require("codeassist.client").all()) do
    local bufnr = next(client.attached_buffers)
    local state = bufnr and require("codeassist.status").of(bufnr)
    if state and state.hasModel then
      rows[#rows + 1] = row("ok", "model: " .. state.model)
    elseif state then
      rows[#rows + 1] = row("note", "no model can be asked", state.reason)
    end
  end
  return rows
end

---@type codeassist.HealthGroup[]
return {
  { title = "codeassist: the editor", checks = { editor, options, enabled } },
  { title = "codeassist: the program", checks = { executable, doctor } },
  { title = "codeassist: the servers", checks = { servers, key, models } },
}
