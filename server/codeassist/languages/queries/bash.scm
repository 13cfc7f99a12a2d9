(function_definition name: (word) @name body: (_) @body) @definition.function
(program (variable_assignment name: (variable_name) @name) @definition.variable)
(program (declaration_command "readonly" (variable_assignment name: (variable_name) @name))
  @definition.constant)
(program (declaration_command (variable_assignment name: (variable_name) @name))
  @definition.variable)

((command name: (command_name (word) @_source) . argument: (_) @module) @import @all
  (#any-of? @_source "source" "." "\\."))

(command name: (command_name (word) @call))

; ==== detail ====

(command_name (word) @use)
(variable_name) @use
; A command has no node for its arguments alone.
(command name: (command_name (word) @callee)) @arguments

(variable_assignment name: (variable_name) @bind)
(declaration_command (variable_name) @bind)
([(simple_expansion (variable_name) @ignore) (expansion (variable_name) @ignore)] (#match? @ignore "^[0-9]+$"))
(for_statement variable: (variable_name) @bind)
((command name: (command_name (word) @_read) argument: (word) @bind)
  (#any-of? @_read "read" "mapfile" "readarray") (#match? @bind "^[A-Za-z_][A-Za-z_0-9]*$"))
