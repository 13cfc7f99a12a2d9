(class_definition name: (identifier) @name body: (_) @body) @definition.class
; Without a body, the end of the constructor's parameters stands for it: they may be properties.
(class_definition name: (identifier) @name
  class_parameters: (class_parameters ")" @body) .) @definition.class
(class_definition name: (identifier) @name
  class_parameters: (class_parameters ")" @body) . (extends_clause) .) @definition.class
(class_definition name: (identifier) @name) @definition.class
(trait_definition name: (identifier) @name body: (_) @body) @definition.trait
(trait_definition name: (identifier) @name !body) @definition.trait
(object_definition name: (identifier) @name body: (_) @body) @definition.object
(object_definition name: (identifier) @name !body) @definition.object
(package_object name: (identifier) @name body: (_) @body) @definition.object
(enum_definition name: (identifier) @name body: (_) @body) @definition.enum
(simple_enum_case name: (identifier) @name) @definition.constant
(full_enum_case name: (identifier) @name) @definition.constant
(given_definition name: (identifier) @name body: (with_template_body) @body) @definition.object
(given_definition name: (identifier) @name) @definition.variable
; An anonymous class is named by its keyword, which no use can name.
(instance_expression "new" @name (template_body) @body) @definition.object
((function_definition name: (identifier) @name body: (_) @body) @definition.constructor
  (#eq? @name "this"))
(function_definition name: [(identifier) (operator_identifier)] @name body: (_) @body)
  @definition.function
(function_declaration name: [(identifier) (operator_identifier)] @name) @definition.function
(type_definition name: (type_identifier) @name) @definition.type

(class_definition "case" class_parameters: (class_parameters
  (class_parameter name: (identifier) @name) @definition.property))
(class_parameter ["val" "var"] name: (identifier) @name) @definition.property
(val_declaration name: (identifier) @name) @definition.property
(var_declaration name: (identifier) @name) @definition.property
(template_body (val_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.property)
(template_body (var_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.property)
(with_template_body (val_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.property)
(with_template_body (var_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.property)
(enum_body (val_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.property)
(enum_body (var_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.property)
(compilation_unit (val_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.variable)
(compilation_unit (var_definition pattern: [(identifier) @name (identifiers (identifier) @name)
  (tuple_pattern (identifier) @name)]) @definition.variable)

(import_declaration . (identifier) @module . (identifier) @imported .) @import
(import_declaration . (identifier) @module . (namespace_wildcard) @all) @import
(import_declaration . (identifier) @module .
  (as_renamed_identifier name: (_) @imported alias: (identifier) @alias)) @import
(import_declaration . (identifier) @module .
  (namespace_selectors (identifier) @imported)) @import
(import_declaration . (identifier) @module .
  (namespace_selectors (namespace_wildcard) @all)) @import
(import_declaration . (identifier) @module .
  (namespace_selectors (_ name: (_) @imported alias: (identifier) @alias))) @import
(import_declaration . (identifier) @module (identifier) @module.last . (identifier) @imported .) @import
(import_declaration . (identifier) @module (identifier) @module.last . (namespace_wildcard) @all) @import
(import_declaration . (identifier) @module (identifier) @module.last .
  (as_renamed_identifier name: (_) @imported alias: (identifier) @alias)) @import
(import_declaration . (identifier) @module (identifier) @module.last .
  (namespace_selectors (identifier) @imported)) @import
(import_declaration . (identifier) @module (identifier) @module.last .
  (namespace_selectors (namespace_wildcard) @all)) @import
(import_declaration . (identifier) @module (identifier) @module.last .
  (namespace_selectors (_ name: (_) @imported alias: (identifier) @alias))) @import

(call_expression function: (identifier) @call)
(call_expression function: (field_expression value: (_) @receiver field: (identifier) @call))
(call_expression function: (generic_function function: (identifier) @call))
(call_expression function: (generic_function
  function: (field_expression value: (_) @receiver field: (identifier) @call)))
(instance_expression (type_identifier) @call)
(instance_expression (generic_type type: (type_identifier) @call))
(instance_expression (stable_type_identifier . (_) @receiver (type_identifier) @call .))

; ==== detail ====

; Only the first list counts: `f(a)(b)` passes the others to what `f(a)` gives, and a list of implicit
; parameters is passed by the compiler.
((function_definition name: (_) . parameters: (parameters
  (parameter name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
((function_definition name: (_) . (type_parameters) . parameters: (parameters
  (parameter name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
(function_definition name: (_) . parameters: (parameters
  (parameter name: (identifier) @parameter.rest type: (repeated_parameter_type))))
(function_definition name: (_) . (type_parameters) . parameters: (parameters
  (parameter name: (identifier) @parameter.rest type: (repeated_parameter_type))))
((function_declaration name: (_) . parameters: (parameters
  (parameter name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
((function_declaration name: (_) . (type_parameters) . parameters: (parameters
  (parameter name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
(function_declaration name: (_) . parameters: (parameters
  (parameter name: (identifier) @parameter.rest type: (repeated_parameter_type))))
(function_declaration name: (_) . (type_parameters) . parameters: (parameters
  (parameter name: (identifier) @parameter.rest type: (repeated_parameter_type))))
((class_definition name: (_) . class_parameters: (class_parameters (class_parameter
  name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
((class_definition (type_parameters) . class_parameters: (class_parameters (class_parameter
  name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
((class_definition (access_modifier) . class_parameters: (class_parameters (class_parameter
  name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
((class_definition (annotation) . class_parameters: (class_parameters (class_parameter
  name: (identifier) @parameter type: (_) @type default_value: (_)? @default)) @_list)
  (#not-match? @_list "^\\(\\s*(implicit|using)\\s"))
(class_definition class_parameters: (class_parameters (class_parameter
  name: (identifier) @parameter.rest type: (repeated_parameter_type))))
(enum_definition class_parameters: (class_parameters (class_parameter
  name: (identifier) @parameter type: (_) @type default_value: (_)? @default)))
(parameter name: (identifier) @bind type: (_) @type)
(class_parameter name: (identifier) @bind type: (_) @type)

(extends_clause [(type_identifier) (stable_type_identifier)] @base)
(extends_clause (generic_type type: (_) @base))
(instance_expression [(type_identifier) (stable_type_identifier)] @base (template_body))
(instance_expression (generic_type type: (_) @base) (template_body))
(function_definition return_type: (_) @returns)
(function_declaration return_type: (_) @returns)
(return_expression (_) @result)
(function_definition body: [
  (identifier) (call_expression) (field_expression) (instance_expression)] @result)
(function_definition body: (block (_) @result .))
(class_definition (annotation name: (_) @decorator))
(trait_definition (annotation name: (_) @decorator))
(object_definition (annotation name: (_) @decorator))
(function_definition (annotation name: (_) @decorator))
(template_body (val_definition (annotation name: (_) @decorator)))

(identifier) @use
(type_identifier) @use
(field_expression value: (_) @receiver field: (identifier) @member)
(infix_expression left: (_) @receiver operator: (identifier) @member)
(stable_type_identifier . (_) @receiver (type_identifier) @member .)
(stable_identifier . (_) @receiver (identifier) @member .)
(infix_expression operator: (identifier) @callee right: (_) @arguments)
(call_expression function: (identifier) @callee arguments: (_) @arguments)
(call_expression
  function: (field_expression field: (identifier) @callee) arguments: (_) @arguments)
(call_expression
  function: (generic_function function: (identifier) @callee) arguments: (_) @arguments)
(call_expression function: (generic_function
  function: (field_expression field: (identifier) @callee)) arguments: (_) @arguments)
(instance_expression (type_identifier) @callee arguments: (_) @arguments)
(instance_expression (generic_type type: (type_identifier) @callee) arguments: (_) @arguments)
(instance_expression
  (stable_type_identifier (type_identifier) @callee .) arguments: (_) @arguments)
(extends_clause . type: (type_identifier) @callee . arguments: (_) @arguments)
(extends_clause
  . type: (generic_type type: (type_identifier) @callee) . arguments: (_) @arguments)

(arguments (assignment_expression left: (identifier) @ignore))
; A constructor that calls another one: which of them, only their parameters tell.
(call_expression function: (identifier) @ignore (#eq? @ignore "this"))
(interpolated_string_expression interpolator: (identifier) @ignore)
(access_qualifier (_) @ignore)
(package_clause name: (_) @ignore)
(import_declaration (_) @ignore)

(val_definition pattern: (identifier) @bind type: (_)? @type value: (_)? @value)
(var_definition pattern: (identifier) @bind type: (_)? @type value: (_)? @value)
(val_definition pattern: (identifiers (identifier) @bind) type: (_)? @type)
(var_definition pattern: (identifiers (identifier) @bind) type: (_)? @type)
(val_declaration name: (identifier) @bind type: (_) @type)
(var_declaration name: (identifier) @bind type: (_) @type)
(enumerator . (identifier) @bind)
(lambda_expression parameters: (identifier) @bind)
(lambda_expression parameters: (bindings (binding name: (identifier) @bind type: (_)? @type)))
(self_type . (identifier) @bind)
(type_parameters (identifier) @bind)
(covariant_type_parameter name: (identifier) @bind)
(contravariant_type_parameter name: (identifier) @bind)
; In a pattern a name that begins with a capital letter is a constant, and a use.
(tuple_pattern (identifier) @bind (#match? @bind "^[^A-Z`]"))
; The field `pattern` finds only the first of several.
(case_class_pattern (identifier) @bind (#match? @bind "^[^A-Z`]"))
(case_clause pattern: (identifier) @bind (#match? @bind "^[^A-Z`]"))
(infix_pattern left: (identifier) @bind (#match? @bind "^[^A-Z`]"))
(infix_pattern right: (identifier) @bind (#match? @bind "^[^A-Z`]"))
(capture_pattern name: (identifier) @bind)
(typed_pattern pattern: (identifier) @bind type: (_) @type)
