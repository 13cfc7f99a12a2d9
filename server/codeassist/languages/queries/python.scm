(class_definition name: (identifier) @name body: (block) @body) @definition.class
(function_definition name: (identifier) @name body: (block) @body) @definition.function
(module (expression_statement (assignment left: (identifier) @name) @definition.variable))
(module (expression_statement
  (assignment left: (pattern_list (identifier) @name)) @definition.variable))
(module (type_alias_statement left: (type (identifier) @name)) @definition.type)
(class_definition body: (block
  (expression_statement (assignment left: (identifier) @name) @definition.field)))

(import_statement name: (dotted_name) @module) @import
(import_statement name: (aliased_import name: (dotted_name) @module alias: (identifier) @alias))
  @import
(import_from_statement module_name: (_) @module name: (dotted_name) @imported) @import
(import_from_statement module_name: (_) @module
  name: (aliased_import name: (dotted_name) @imported alias: (identifier) @alias)) @import
(import_from_statement module_name: (_) @module (wildcard_import) @all) @import

(call function: (identifier) @call)
(call function: (attribute object: (_) @receiver attribute: (identifier) @call))

; ==== detail ====

(parameters (identifier) @parameter)
(parameters (typed_parameter . (identifier) @parameter type: (type) @type))
(parameters (default_parameter name: (identifier) @parameter value: (_) @default))
(parameters (typed_default_parameter
  name: (identifier) @parameter type: (type) @type value: (_) @default))
(parameters (list_splat_pattern (identifier) @parameter.rest))
(parameters (dictionary_splat_pattern (identifier) @parameter.keyword_rest))
(parameters (typed_parameter . (list_splat_pattern (identifier) @parameter.rest) type: (type) @type))
(parameters (typed_parameter
  . (dictionary_splat_pattern (identifier) @parameter.keyword_rest) type: (type) @type))
(parameters (keyword_separator) @separator.keyword)
(parameters (positional_separator) @separator.positional)

(lambda_parameters (identifier) @bind)
(lambda_parameters (default_parameter name: (identifier) @bind))
(lambda_parameters (list_splat_pattern (identifier) @bind))
(lambda_parameters (dictionary_splat_pattern (identifier) @bind))

(class_definition superclasses: (argument_list [(identifier) (attribute) (subscript) (call)] @base))
(function_definition return_type: (type) @returns)
(decorator (_) @decorator)
(return_statement (_) @result)
(yield (_) @result)

(identifier) @use
(attribute object: (_) @receiver attribute: (identifier) @member)
(call function: (identifier) @callee arguments: (_) @arguments)
(call function: (attribute attribute: (identifier) @callee) arguments: (_) @arguments)
(keyword_argument name: (identifier) @ignore)

(assignment left: (identifier) @bind type: (type)? @type right: (_)? @value)
(assignment left: (pattern_list (identifier) @bind))
(assignment left: (tuple_pattern (identifier) @bind))
(assignment left: (list_pattern (identifier) @bind))
(assignment left: (pattern_list [(tuple_pattern) (list_splat_pattern)] @bind.pattern))
(augmented_assignment left: (identifier) @use)
(named_expression name: (identifier) @bind value: (_) @value)
(for_statement left: (identifier) @bind)
(for_statement left: [(pattern_list) (tuple_pattern) (list_pattern)] @bind.pattern)
(for_in_clause left: (identifier) @bind)
(for_in_clause left: [(pattern_list) (tuple_pattern) (list_pattern)] @bind.pattern)
(with_item value: (as_pattern (_) @context alias: (as_pattern_target (identifier) @bind)))
(with_item value: (as_pattern alias: (as_pattern_target [(tuple) (list)] @bind.pattern)))
(except_clause (as_pattern (_) @except alias: (as_pattern_target (identifier) @bind)))
(except_clause value: (as_pattern (_) @except alias: (as_pattern_target (identifier) @bind)))
(case_pattern (as_pattern alias: (as_pattern_target (identifier) @bind)))
(case_pattern (dotted_name . (identifier) @bind .))
(as_pattern alias: (as_pattern_target (identifier) @bind))
(splat_pattern (identifier) @bind)
(keyword_pattern . (identifier) @ignore)
(delete_statement (identifier) @use)
(type_parameter (type (identifier) @bind))

(assignment left: (attribute object: (_) @receiver attribute: (identifier) @bind.member)
  type: (type)? @type right: (_)? @value)
(assignment left: (pattern_list
  (attribute object: (_) @receiver attribute: (identifier) @bind.member)))

(global_statement (identifier) @nonlocal)
(nonlocal_statement (identifier) @nonlocal)
(import_statement (dotted_name (identifier) @ignore))
(import_statement (aliased_import (dotted_name (identifier) @ignore)))
(import_statement (aliased_import alias: (identifier) @ignore))
(import_from_statement (dotted_name (identifier) @ignore))
(import_from_statement (relative_import (dotted_name (identifier) @ignore)))
(import_from_statement (aliased_import (dotted_name (identifier) @ignore)))
(import_from_statement (aliased_import alias: (identifier) @ignore))
(future_import_statement (dotted_name (identifier) @ignore))

(module (expression_statement (assignment
  left: (identifier) @_all right: [(list (string) @export) (tuple (string) @export)])
  (#eq? @_all "__all__")))
(module (expression_statement (augmented_assignment
  left: (identifier) @_all right: [(list (string) @export) (tuple (string) @export)])
  (#eq? @_all "__all__")))
