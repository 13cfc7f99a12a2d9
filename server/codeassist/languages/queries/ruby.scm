(module name: (constant) @name body: (_)? @body) @definition.module
(module name: (scope_resolution scope: (_) @owner name: (constant) @name) body: (_)? @body)
  @definition.module
(class name: (constant) @name body: (_)? @body) @definition.class
(class name: (scope_resolution scope: (_) @owner name: (constant) @name) body: (_)? @body)
  @definition.class
; A method's own kind says that it needs an object; only those of the file's top do not.
(program (method name: (_) @name body: (_)? @body) @definition.function)
(method name: (_) @name body: (_)? @body) @definition.method
(singleton_method name: (_) @name body: (_)? @body) @definition.method
(alias name: (_) @name) @definition.method
((assignment left: (constant) @name
  right: (call receiver: (constant) @_maker block: (_ body: (_) @body))) @definition.class
  (#any-of? @_maker "Struct" "Class" "Module" "Data"))
(assignment left: (constant) @name) @definition.constant
(assignment left: (left_assignment_list (constant) @name)) @definition.constant
(program (assignment left: (global_variable) @name) @definition.variable)
((call !receiver method: (identifier) @_maker arguments: (argument_list (simple_symbol) @name))
  @definition.property
  (#any-of? @_maker "attr_accessor" "attr_reader" "attr_writer"))
((call !receiver method: (identifier) @_maker
  arguments: (argument_list . [(simple_symbol) (string)] @name)) @definition.method
  (#any-of? @_maker "define_method" "alias_method"))

((call !receiver method: (identifier) @module @_verb
  arguments: (argument_list . (string . (string_content) @module .) .)) @import @all
  (#any-of? @_verb "require_relative" "require" "load"))
((call !receiver method: (identifier) @module @_verb
  arguments: (argument_list . (simple_symbol) . (string . (string_content) @module .) .))
  @import @all
  (#eq? @_verb "autoload"))

(call !receiver method: [(identifier) (constant)] @call)
(call receiver: (_) @receiver method: [(identifier) (constant)] @call)

; ==== detail ====

(method_parameters [(identifier) (destructured_parameter)] @parameter.positional)
(method_parameters (optional_parameter name: (identifier) @parameter.positional value: (_) @default))
(method_parameters (splat_parameter name: (identifier) @parameter.rest))
(method_parameters (splat_parameter !name) @parameter.rest)
(method_parameters (keyword_parameter name: (identifier) @parameter.keyword_only value: (_)? @default))
(method_parameters (hash_splat_parameter name: (identifier) @parameter.keyword_rest))
(method_parameters (hash_splat_parameter !name) @parameter.keyword_rest)
(method_parameters (block_parameter name: (identifier) @parameter.block))
(method_parameters (forward_parameter) @parameter.forward)

(block_parameters [(identifier) (destructured_parameter)] @bind.pattern)
(block_parameters (_ name: (identifier) @bind))
(lambda_parameters [(identifier) (destructured_parameter)] @bind.pattern)
(lambda_parameters (_ name: (identifier) @bind))

(superclass (_) @base)
; Modules that a class mixes in answer for it as a base class does.
((call !receiver method: (identifier) @_verb
  arguments: (argument_list [(constant) (scope_resolution)] @base))
  (#any-of? @_verb "include" "extend" "prepend"))
(return (argument_list . (_) @result))
(lambda body: (_) @closure)

(identifier) @use
(constant) @use
(call receiver: (_) @receiver method: [(identifier) (constant)] @member)
(scope_resolution scope: (_) @receiver name: (_) @member)
(call method: [(identifier) (constant)] @callee arguments: (_) @arguments)

(assignment left: [(identifier) (global_variable)] @bind right: (_) @value)
(assignment left: (left_assignment_list) @bind.pattern)
(operator_assignment left: (identifier) @bind)
(assignment left: (call receiver: (_) @receiver method: (identifier) @bind.member)
  right: (_) @value)
(for pattern: (_) @bind.pattern)
(rescue exceptions: (exceptions . (_) @except .)
  variable: (exception_variable (identifier) @bind))
(rescue variable: (exception_variable (identifier) @bind))
(as_pattern name: (identifier) @bind)
(keyword_pattern value: (identifier) @bind)
(array_pattern (identifier) @bind)
(find_pattern (identifier) @bind)
(in_clause pattern: (identifier) @bind)
(array_pattern (splat_parameter name: (identifier) @bind))
(find_pattern (splat_parameter name: (identifier) @bind))
(hash_pattern (hash_splat_parameter name: (identifier) @bind))
