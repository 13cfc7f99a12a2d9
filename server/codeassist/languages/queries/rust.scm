(function_item name: (identifier) @name body: (block) @body) @definition.function
(function_signature_item name: (identifier) @name) @definition.function
(struct_item name: (type_identifier) @name body: (field_declaration_list) @body) @definition.struct
(struct_item name: (type_identifier) @name
  body: (ordered_field_declaration_list)) @definition.struct
(struct_item name: (type_identifier) @name !body) @definition.struct
(union_item name: (type_identifier) @name body: (_) @body) @definition.union
(enum_item name: (type_identifier) @name body: (_) @body) @definition.enum
(enum_variant name: (identifier) @name
  body: (field_declaration_list) @body) @definition.constant
(enum_variant name: (identifier) @name
  body: (ordered_field_declaration_list)) @definition.constant
(enum_variant name: (identifier) @name !body) @definition.constant
(trait_item name: (type_identifier) @name body: (_) @body) @definition.trait
(impl_item
  type: [
    (type_identifier) @name
    (primitive_type) @name
    (generic_type type: (type_identifier) @name)
    (generic_type type: (scoped_type_identifier name: (type_identifier) @name))
    (scoped_type_identifier name: (type_identifier) @name)
    (reference_type type: [
      (type_identifier) @name
      (primitive_type) @name
      (generic_type type: (type_identifier) @name)
    ])
    (dynamic_type trait: (type_identifier) @name)
    (array_type) @name
    (tuple_type) @name
    (pointer_type) @name
    (function_type) @name
    (unit_type) @name
  ]
  body: (_) @body) @definition.impl
(mod_item name: (identifier) @name body: (_) @body) @definition.namespace
(macro_definition name: (identifier) @name) @definition.macro
(const_item name: (identifier) @name) @definition.constant
(static_item name: (identifier) @name) @definition.variable
(type_item name: (type_identifier) @name) @definition.type
(associated_type name: (type_identifier) @name) @definition.type
(field_declaration name: (field_identifier) @name) @definition.field

; `mod x;` is written "mod::x", so that rules can tell it from `use x;`.
(mod_item "mod" @module name: (identifier) @module !body) @import
(extern_crate_declaration name: (identifier) @module !alias) @import
(extern_crate_declaration name: (identifier) @module alias: (identifier) @alias) @import

(use_declaration argument: [
  (identifier) @module
  (scoped_identifier path: (_) @module name: (identifier) @imported)
  (use_as_clause path: [(identifier) (crate) (self) (super)] @module alias: (identifier) @alias)
  (use_as_clause
    path: (scoped_identifier path: (_) @module name: (identifier) @imported)
    alias: (identifier) @alias)
  (use_wildcard (_) @module) @all
]) @import

(use_declaration argument: (use_list [
  (identifier) @module
  (scoped_identifier path: (_) @module name: (identifier) @imported)
  (use_as_clause path: (identifier) @module alias: (identifier) @alias)
  (use_as_clause
    path: (scoped_identifier path: (_) @module name: (identifier) @imported)
    alias: (identifier) @alias)
  (use_wildcard (_) @module) @all
  (scoped_use_list path: (_) @module list: (use_list [
    (identifier) @imported
    (self) @_self
    (scoped_identifier path: (_) @module name: (identifier) @imported)
    (use_as_clause path: (identifier) @imported alias: (identifier) @alias)
    (use_as_clause path: (self) @_self alias: (identifier) @alias)
    (use_as_clause
      path: (scoped_identifier path: (_) @module name: (identifier) @imported)
      alias: (identifier) @alias)
    (use_wildcard . "*") @all
    (use_wildcard (_) @module) @all
  ]))
])) @import

(use_declaration argument: (scoped_use_list path: (_) @module list: (use_list [
  (identifier) @imported
  (self) @_self
  (scoped_identifier path: (_) @module name: (identifier) @imported)
  (use_as_clause path: (identifier) @imported alias: (identifier) @alias)
  (use_as_clause path: (self) @_self alias: (identifier) @alias)
  (use_as_clause
    path: (scoped_identifier path: (_) @module name: (identifier) @imported)
    alias: (identifier) @alias)
  (use_wildcard . "*") @all
  (use_wildcard (_) @module) @all
  (scoped_use_list path: (_) @module list: (use_list [
    (identifier) @imported
    (self) @_self
    (scoped_identifier path: (_) @module name: (identifier) @imported)
    (use_as_clause path: (identifier) @imported alias: (identifier) @alias)
    (use_as_clause path: (self) @_self alias: (identifier) @alias)
    (use_as_clause
      path: (scoped_identifier path: (_) @module name: (identifier) @imported)
      alias: (identifier) @alias)
    (use_wildcard . "*") @all
    (use_wildcard (_) @module) @all
    (scoped_use_list path: (_) @module list: (use_list [
      (identifier) @imported
      (self) @_self
      (scoped_identifier path: (_) @module name: (identifier) @imported)
      (use_as_clause path: (identifier) @imported alias: (identifier) @alias)
      (use_as_clause path: (self) @_self alias: (identifier) @alias)
      (use_wildcard . "*") @all
      (use_wildcard (_) @module) @all
    ]))
  ]))
]))) @import

(call_expression function: [
  (identifier) @call
  (field_expression value: (_) @receiver field: (field_identifier) @call)
  (scoped_identifier path: (_) @receiver name: (identifier) @call)
  (generic_function function: [
    (identifier) @call
    (field_expression value: (_) @receiver field: (field_identifier) @call)
    (scoped_identifier path: (_) @receiver name: (identifier) @call)
  ])
])
(struct_expression name: [
  (type_identifier) @call
  (generic_type type: (type_identifier) @call)
  (scoped_type_identifier path: (_) @receiver name: (type_identifier) @call)
])
(macro_invocation macro: [
  (identifier) @call
  (scoped_identifier path: (_) @receiver name: (identifier) @call)
])
; The arguments of a macro are tokens. A receiver that is one token of several is unknown.
(token_tree (identifier) @call . (token_tree . "("))
(token_tree ["." "::" "fn"] @receiver . (identifier) @call . (token_tree . "("))

; ==== detail ====

(parameters (self_parameter (self) @parameter))
(parameters (parameter pattern: [(_) "_"] @parameter type: (_) @type))
(parameters (variadic_parameter) @parameter.unnamed_rest)
(closure_parameters (identifier) @bind)
(closure_parameters (parameter pattern: (identifier) @bind type: (_) @type))
(closure_parameters (parameter pattern: (_) @bind.pattern))
(closure_parameters [(tuple_pattern) (struct_pattern) (tuple_struct_pattern) (slice_pattern)
  (reference_pattern) (ref_pattern) (mut_pattern)] @bind.pattern)
(closure_expression body: (_) @closure)
(async_block (block) @closure)

(impl_item trait: (_) @base)
(impl_item type: (type_identifier) @use.definition)
(impl_item type: (generic_type type: (type_identifier) @use.definition))
(trait_item bounds: (trait_bounds
  [(type_identifier) (generic_type) (scoped_type_identifier)] @base))
(function_item return_type: (_) @returns)
(function_signature_item return_type: (_) @returns)
(attribute_item (attribute) @decorator)
(return_expression (_) @result)
(function_item body: (block [
  (identifier) (call_expression) (field_expression) (scoped_identifier) (struct_expression)
  (reference_expression) (await_expression) (self) (macro_invocation)] @result .))

(identifier) @use
(type_identifier) @use
(shorthand_field_identifier) @use
(field_expression value: (_) @receiver field: (field_identifier) @member)
(scoped_identifier path: (_) @receiver name: (identifier) @member)
(scoped_type_identifier path: (_) @receiver name: (type_identifier) @member)
(struct_expression name: (_) @receiver
  body: (field_initializer_list (field_initializer field: (field_identifier) @member)))
(struct_pattern type: (_) @receiver (field_pattern name: (field_identifier) @member))

(call_expression function: (identifier) @callee arguments: (_) @arguments)
(call_expression function: (field_expression field: (field_identifier) @callee)
  arguments: (_) @arguments)
(call_expression function: (scoped_identifier name: (identifier) @callee)
  arguments: (_) @arguments)
(call_expression function: (generic_function function: [
  (identifier) @callee
  (field_expression field: (field_identifier) @callee)
  (scoped_identifier name: (identifier) @callee)]) arguments: (_) @arguments)

; In the tokens of a macro the receiver is known where it is one name.
(token_tree [(identifier) (self) (crate) (super)] @receiver . ["." "::"] . (identifier) @member)
(token_tree ["." "::"] @_before . (identifier) . ["." "::"] @receiver . (identifier) @member)
(token_tree [(token_tree) (string_literal) (integer_literal) (float_literal) (metavariable)]
  . ["." "::"] @receiver . (identifier) @member)
(token_tree "?" . "." @receiver . (identifier) @member)
(token_tree_pattern (identifier) @ignore)

(label (identifier) @ignore)
(lifetime (identifier) @ignore)
((identifier) @ignore (#eq? @ignore "Self"))
((type_identifier) @ignore (#eq? @ignore "Self"))
(use_declaration) @ignore
(extern_crate_declaration) @ignore
(mod_item name: (identifier) @ignore !body)
(attribute . (identifier) @ignore)
(attribute arguments: (token_tree (identifier) @ignore . "="))
(attribute (identifier) @_name arguments: (token_tree) @ignore
  (#any-of? @_name "cfg" "cfg_attr" "allow" "expect" "warn" "deny" "forbid" "doc" "repr"))
((type_identifier) @ignore (#eq? @ignore "_"))
(inner_attribute_item) @ignore
(token_binding_pattern) @ignore

(type_parameters (type_parameter name: (type_identifier) @bind))
(type_parameters (const_parameter name: (identifier) @bind type: (_) @type))
(field_declaration name: (field_identifier) @bind type: (_) @type)
(const_item name: (identifier) @bind type: (_) @type)
(static_item name: (identifier) @bind type: (_) @type)

(let_declaration pattern: (identifier) @bind)
(let_declaration pattern: (identifier) @bind type: (_) @type)
(let_declaration pattern: (identifier) @bind value: [
  (identifier) (call_expression) (field_expression) (scoped_identifier) (reference_expression)
  (self)] @value)
(let_declaration pattern: (identifier) @bind value: (await_expression (_) @value))
(let_declaration pattern: (identifier) @bind value: (struct_expression name: (_) @type))
(let_declaration pattern: (identifier) @bind
  value: (reference_expression value: (struct_expression name: (_) @type)))
(for_expression pattern: (identifier) @bind)
(match_arm pattern: (match_pattern . (identifier) @bind) (#not-match? @bind "^[A-Z]"))
(captured_pattern . (identifier) @bind)
(tuple_struct_pattern type: (_) (identifier) @bind (#not-match? @bind "^[A-Z]"))
([
  (tuple_pattern (identifier) @bind)
  (slice_pattern (identifier) @bind)
  (or_pattern (identifier) @bind)
  (ref_pattern (identifier) @bind)
  (mut_pattern (identifier) @bind)
  (reference_pattern (identifier) @bind)
  (field_pattern pattern: (identifier) @bind)
] (#not-match? @bind "^[A-Z]"))
(field_pattern name: (shorthand_field_identifier) @bind)
