(function_declaration name: (identifier) @name body: (_)? @body) @definition.function
(function_declaration
  name: (dot_index_expression table: (_) @owner field: (identifier) @name) body: (_)? @body)
  @definition.function
(function_declaration
  name: (method_index_expression table: (_) @owner method: (identifier) @name) body: (_)? @body)
  @definition.method
(variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name)
  (expression_list . value: (function_definition body: (_)? @body)))) @definition.function
(assignment_statement
  (variable_list . name: (dot_index_expression table: (_) @owner field: (identifier) @name))
  (expression_list . value: (function_definition body: (_)? @body))) @definition.function
(table_constructor (field name: (identifier) @name
  value: (function_definition body: (_)? @body)) @definition.function)
; An empty table is a module: what is put into it later is what its importers see.
((chunk (variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name .) (expression_list . value: (_) @_value .)))
  @definition.module)
  (#match? @_value "^(setmetatable\\()?\\{\\s*\\}"))
; Another table is a scope: functions in it are its members, as `function M.f` is one of `M`.
(chunk (variable_declaration (assignment_statement
  (variable_list . name: (identifier) @name .) (expression_list . value: (table_constructor) @body)))
  @definition.variable)
(chunk (assignment_statement
  (variable_list . name: (identifier) @name .) (expression_list . value: (table_constructor) @body))
  @definition.variable)
(chunk (variable_declaration (assignment_statement
  (variable_list name: (identifier) @name))) @definition.variable)
(chunk (variable_declaration (variable_list name: (identifier) @name)) @definition.variable)
(chunk (assignment_statement (variable_list name: (identifier) @name)) @definition.variable)
(chunk (assignment_statement (variable_list
  name: (dot_index_expression table: (identifier) @owner field: (identifier) @name)))
  @definition.field)

((variable_declaration (assignment_statement (variable_list . name: (identifier) @alias .)
  (expression_list . value: (function_call name: (identifier) @_require
    arguments: (arguments . (string) @module .))))) @import
  (#eq? @_require "require"))
((variable_declaration (assignment_statement (variable_list . name: (identifier) @alias .)
  (expression_list . value: (dot_index_expression
    table: (function_call name: (identifier) @_require
      arguments: (arguments . (string) @module .))
    field: (identifier) @imported)))) @import
  (#eq? @_require "require"))
((chunk (return_statement (expression_list . (function_call name: (identifier) @_require
    arguments: (arguments . (string) @module .)) .))) @reexport @all
  (#eq? @_require "require"))
((function_call name: (identifier) @_require arguments: (arguments . (string) @module .)) @import
  (#eq? @_require "require"))

(function_call name: (identifier) @call)
(function_call name: (dot_index_expression table: (_) @receiver field: (identifier) @call))
(function_call name: (method_index_expression table: (_) @receiver method: (identifier) @call))

; ==== detail ====

(parameters name: (identifier) @parameter)
(parameters (vararg_expression) @parameter.rest)
(return_statement (expression_list . (_) @result))
(function_definition body: (_) @closure)

(identifier) @use
(dot_index_expression table: (_) @receiver field: (identifier) @member)
(method_index_expression table: (_) @receiver method: (identifier) @member)
(function_call name: (identifier) @callee arguments: (_) @arguments)
(function_call name: (dot_index_expression field: (identifier) @callee) arguments: (_) @arguments)
(function_call
  name: (method_index_expression method: (identifier) @callee) arguments: (_) @arguments)

(field name: (identifier) @ignore)
(attribute) @ignore
(goto_statement) @ignore
(label_statement) @ignore
((variable_declaration (assignment_statement (variable_list . name: (identifier) @ignore .)
  (expression_list . value: (_) @_value))) (#match? @_value "^require\\b"))

((variable_declaration (assignment_statement (variable_list . name: (identifier) @bind .)
  (expression_list . value: (_) @value))) (#not-match? @value "^require\\b"))
(variable_declaration (assignment_statement
  (variable_list . name: (identifier) @bind . name: (identifier))))
(variable_declaration (assignment_statement
  (variable_list name: (identifier) . (attribute)? . name: (identifier) @bind)))
(variable_declaration (variable_list name: (identifier) @bind))
(for_numeric_clause name: (identifier) @bind)
(for_generic_clause (variable_list name: (identifier) @bind))
(assignment_statement
  (variable_list . name: (dot_index_expression table: (_) @receiver field: (identifier) @bind.member) .)
  (expression_list . value: (_) @value))
; What a module's returned table lists is what the module offers.
(chunk (return_statement (expression_list (table_constructor (field name: (identifier) @export)))))
