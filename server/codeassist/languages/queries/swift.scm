(class_declaration declaration_kind: ["class" "actor"]
  name: (type_identifier) @name body: (_) @body) @definition.class
(class_declaration declaration_kind: "struct"
  name: (type_identifier) @name body: (_) @body) @definition.struct
(class_declaration declaration_kind: "enum"
  name: (type_identifier) @name body: (_) @body) @definition.enum
(class_declaration declaration_kind: "extension"
  name: (user_type) @name body: (_) @body) @definition.impl
(protocol_declaration name: (type_identifier) @name body: (_) @body) @definition.interface

(function_declaration name: [
  (simple_identifier) @name
  (custom_operator) @name
  ["==" "!=" "<" ">" "<=" ">=" "+" "-" "*" "/" "%" "+=" "-=" "!" "~" "&" "|" "^" "<<" ">>"] @name
] body: (_) @body) @definition.function
(protocol_function_declaration name: (simple_identifier) @name) @definition.function
(init_declaration "init" @name body: (_) @body) @definition.constructor
(init_declaration "init" @name !body) @definition.constructor
(deinit_declaration "deinit" @name body: (_) @body) @definition.method
(subscript_declaration "subscript" @name (computed_property) @body) @definition.method

(class_body (property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)
  computed_value: (_) @body) @definition.property)
(class_body (property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)
  (willset_didset_block) @body) @definition.field)
(class_body (property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name) !computed_value) @definition.field)
(enum_class_body (property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)
  computed_value: (_) @body) @definition.property)
(enum_class_body (property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name) !computed_value) @definition.field)
(protocol_property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name)) @definition.property
(source_file (property_declaration (value_binding_pattern mutability: "let")
  name: (pattern bound_identifier: (simple_identifier) @name)) @definition.constant)
(source_file (property_declaration (value_binding_pattern mutability: "var")
  name: (pattern bound_identifier: (simple_identifier) @name)
  computed_value: (_) @body) @definition.variable)
(source_file (property_declaration (value_binding_pattern mutability: "var")
  name: (pattern bound_identifier: (simple_identifier) @name) !computed_value)
  @definition.variable)
(enum_entry name: (simple_identifier) @name) @definition.constant
(typealias_declaration name: (type_identifier) @name) @definition.type
(associatedtype_declaration name: (type_identifier) @name) @definition.type
(macro_declaration (simple_identifier) @name) @definition.macro

(import_declaration (identifier) @module) @import

; An index is parsed as a call whose arguments begin with a bracket.
(call_expression . (simple_identifier) @call (call_suffix (value_arguments . "(")))
(call_expression . (simple_identifier) @call (call_suffix . (lambda_literal)))
(call_expression
  . (navigation_expression
    target: (_) @receiver suffix: (navigation_suffix suffix: (simple_identifier) @call))
  (call_suffix (value_arguments . "(")))
(call_expression
  . (navigation_expression
    target: (_) @receiver suffix: (navigation_suffix suffix: (simple_identifier) @call))
  (call_suffix . (lambda_literal)))
(call_expression
  . (prefix_expression operation: "." @receiver target: (simple_identifier) @call)
  (call_suffix (value_arguments . "(")))
(constructor_expression constructed_type: (user_type (type_identifier) @call .))
(constructor_expression
  constructed_type: (user_type (type_identifier) @call . (type_arguments) .))

; ==== detail ====

; A parameter is known by its label; `_` says that there is none.
(parameter external_name: (simple_identifier) @label
  name: (simple_identifier) @parameter.keyword_only
  [
    (user_type) (optional_type) (array_type) (dictionary_type) (tuple_type) (function_type)
    (opaque_type) (existential_type) (protocol_composition_type)] @type
  (#not-eq? @label "_"))
(parameter external_name: (simple_identifier) @_label
  name: (simple_identifier) @parameter
  [
    (user_type) (optional_type) (array_type) (dictionary_type) (tuple_type) (function_type)
    (opaque_type) (existential_type) (protocol_composition_type)] @type
  (#eq? @_label "_"))
(parameter !external_name
  name: (simple_identifier) @parameter.keyword_only
  [
    (user_type) (optional_type) (array_type) (dictionary_type) (tuple_type) (function_type)
    (opaque_type) (existential_type) (protocol_composition_type)] @type)
(function_declaration
  (parameter name: (simple_identifier) @parameter) . default_value: (_) @default)
(init_declaration
  (parameter name: (simple_identifier) @parameter) . default_value: (_) @default)
(parameter external_name: (simple_identifier) @_label
  name: (simple_identifier) @parameter.rest "..." (#eq? @_label "_"))
; The first argument of a labelled `x: Int...` has the label, the others have none.
(parameter external_name: (simple_identifier) @label
  name: (simple_identifier) @parameter.keyword_rest "..." (#not-eq? @label "_"))
(parameter !external_name name: (simple_identifier) @parameter.keyword_rest "...")
(parameter external_name: (simple_identifier) @_label "..." @parameter.unnamed_rest
  (#not-eq? @_label "_"))
(parameter !external_name "..." @parameter.unnamed_rest)
(parameter external_name: (simple_identifier) @ignore)
(lambda_parameter name: (simple_identifier) @bind)
(lambda_parameter name: (simple_identifier) @bind (user_type) @type)
(lambda_parameter external_name: (simple_identifier) @ignore)
(capture_list_item name: (simple_identifier) @ignore)
(lambda_literal) @closure

(inheritance_specifier inherits_from: (_) @base)
(class_declaration declaration_kind: "extension"
  name: (user_type . (type_identifier) @use.definition .))
(function_declaration name: [
  (user_type) (optional_type) (array_type) (dictionary_type) (tuple_type) (opaque_type)
  (function_type) (existential_type) (metatype)] @returns)
(protocol_function_declaration name: [
  (user_type) (optional_type) (array_type) (dictionary_type) (tuple_type) (opaque_type)
  (function_type) (existential_type) (metatype)] @returns)
([
  (class_declaration (modifiers (attribute (user_type) @decorator)))
  (protocol_declaration (modifiers (attribute (user_type) @decorator)))
  (function_declaration (modifiers (attribute (user_type) @decorator)))
  (init_declaration (modifiers (attribute (user_type) @decorator)))
  (property_declaration (modifiers (attribute (user_type) @decorator)))
])
(control_transfer_statement "return" result: (_) @result)
(function_body (statements . [
  (simple_identifier) (call_expression) (navigation_expression)] @result .))

(simple_identifier) @use
(type_identifier) @use
(navigation_expression target: (_) @receiver
  suffix: (navigation_suffix suffix: (simple_identifier) @member))
(prefix_expression operation: "." @receiver target: (simple_identifier) @member)
(pattern "." @receiver . (simple_identifier) @member)
(_ condition: "." @receiver . condition: (simple_identifier) @member)
(user_type (type_identifier) @receiver . (type_identifier) @member)
(key_path_expression (simple_identifier) @ignore)

(call_expression . (simple_identifier) @callee
  (call_suffix . (value_arguments . "(") @arguments .))
(call_expression . (simple_identifier) @callee
  (call_suffix (value_arguments . "(")? @arguments (lambda_literal) @trailing))
(call_expression
  . (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @callee))
  (call_suffix . (value_arguments . "(") @arguments .))
(call_expression
  . (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @callee))
  (call_suffix (value_arguments . "(")? @arguments (lambda_literal) @trailing))
(call_expression
  . (prefix_expression operation: "." target: (simple_identifier) @callee)
  (call_suffix . (value_arguments . "(") @arguments .))
(constructor_expression constructed_type: (user_type (type_identifier) @callee .)
  (constructor_suffix (value_arguments) @arguments .))
(constructor_expression
  constructed_type: (user_type (type_identifier) @callee . (type_arguments) .)
  (constructor_suffix (value_arguments) @arguments .))
(constructor_expression
  constructed_type: (user_type (type_identifier) @callee . (type_arguments) .)
  (constructor_suffix (value_arguments)? @arguments (lambda_literal) @trailing))
(call_suffix name: (simple_identifier) @ignore)
(value_argument_label) @ignore
((simple_identifier) @ignore (#match? @ignore "^(\\$[0-9]+|_|self)$"))

(type_parameter . (type_identifier) @bind)
(property_declaration name: (pattern bound_identifier: (simple_identifier) @bind))
(property_declaration name: (pattern bound_identifier: (simple_identifier) @bind)
  . (type_annotation [
    (user_type) @type
    (optional_type (user_type) @type)
    (array_type) @type
    (dictionary_type) @type
  ]))
(property_declaration name: (pattern bound_identifier: (simple_identifier) @bind)
  . value: [
    (simple_identifier) @value (call_expression) @value (navigation_expression) @value
    (constructor_expression) @value (self_expression) @value
    (try_expression expr: (_) @value) (await_expression expr: (_) @value)
    (try_expression expr: (await_expression expr: (_) @value))
  ])
(property_declaration name: (pattern bound_identifier: (simple_identifier) @bind)
  . (type_annotation) . value: [
    (simple_identifier) @value (call_expression) @value (navigation_expression) @value])
(property_declaration name: (pattern (pattern (simple_identifier) @bind)))
(protocol_property_declaration name: (pattern bound_identifier: (simple_identifier) @bind)
  (type_annotation (user_type) @type))

; `if let`, `guard let`, `while let`, `case .some(let x)`, `for x in`, `catch let e`.
(_ bound_identifier: (simple_identifier) @bind (#not-eq? @bind "self"))
(_ bound_identifier: (simple_identifier) @bind . condition: "=" . condition: [
  (simple_identifier) @value (call_expression) @value (navigation_expression) @value
  (try_expression expr: (_) @value)])
(_ (value_binding_pattern) @_let (pattern . (simple_identifier) @bind .))
(_ (value_binding_pattern) @_let (pattern "(" (pattern . (simple_identifier) @bind .)))
(pattern (simple_identifier) @ignore . ":")
(_ condition: (simple_identifier) @ignore . condition: ":")
(tuple_expression name: (simple_identifier) @ignore)
(availability_condition) @ignore
(for_statement item: (pattern (pattern . (simple_identifier) @bind .)))
(catch_block error: (pattern
  (pattern bound_identifier: (simple_identifier) @bind) name: (_) @except))

(import_declaration) @ignore
(directive) @ignore
(statement_label) @ignore
(attribute (simple_identifier) @ignore)
(enum_type_parameters (simple_identifier) @ignore)
(precedence_group_declaration) @ignore
(operator_declaration) @ignore
(tuple_type_item name: (simple_identifier) @ignore)
