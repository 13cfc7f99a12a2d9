--- The native configuration of the server: all that `vim.lsp.enable("codeassist")` needs.
---
--- Whatever it names is loaded when it is called, so that an editor that never opens a file of a
--- known language pays for nothing. Override any field with `vim.lsp.config("codeassist", {…})`.

---@type vim.lsp.Config
return {
  cmd = { "codeassist", "serve" },
  filetypes = require("codeassist.filetypes"),
  -- In this order: the server indexes repositories, a settings file marks a folder without one.
  root_markers = { ".git", "codeassist.toml" },
  capabilities = {
    textDocument = {
      codeAction = {
        -- Nothing is resolved: the server then gives commands instead of edits, and the plugin
        -- shows what a model wants to change before it changes it. Neovim 0.11 would apply a
        -- resolved edit at once, and checks the version of its first document only.
        resolveSupport = { properties = {} },
      },
    },
    workspace = {
      -- Annotations are read by our own handler of workspace/applyEdit.
      workspaceEdit = { changeAnnotationSupport = { groupsOnLabel = false } },
    },
  },
  before_init = function(params, config)
    require("codeassist.lifecycle").before_init(params, config)
  end,
  on_init = function(client)
    require("codeassist.lifecycle").on_init(client)
  end,
  on_exit = function(code, signal, client_id)
    require("codeassist.lifecycle").on_exit(code, signal, client_id)
  end,
  handlers = {
    ["codeassist/status"] = function(err, params, ctx)
      return require("codeassist.status").receive(err, params, ctx)
    end,
    ---@async
    ["workspace/applyEdit"] = function(err, params, ctx)
      return require("codeassist.apply_edit")(err, params, ctx)
    end,
    ["workspace/diagnostic/refresh"] = function(err, params, ctx)
      return require("codeassist.refresh")(err, params, ctx)
    end,
    ["window/logMessage"] = function(err, params, ctx)
      return require("codeassist.journal").receive(err, params, ctx)
    end,
  },
  commands = require("codeassist.client_commands"),
}
