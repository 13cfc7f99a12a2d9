; Namespaces are names only, not scopes: the statement and the block give the same outline.
(namespace_definition name: (_) @name @definition.namespace)
(class_declaration name: (name) @name body: (_) @body) @definition.class
(interface_declaration name: (name) @name body: (_) @body) @definition.interface
(trait_declaration name: (name) @name body: (_) @body) @definition.trait
(enum_declaration name: (name) @name body: (_) @body) @definition.enum
(enum_case name: (name) @name) @definition.constant
(function_definition name: (name) @name body: (_) @body) @definition.function
((method_declaration name: (name) @name body: (_)? @body) @definition.constructor
  (#eq? @name "__construct"))
(method_declaration name: (name) @name body: (_)? @body) @definition.method
(const_declaration (const_element . (name) @name)) @definition.constant
; Properties are known by their name without the dollar, as `->` writes them.
(property_declaration (property_element name: (variable_name (name) @name))) @definition.property
(property_promotion_parameter name: (variable_name (name) @name @definition.property))
(program (expression_statement
  (assignment_expression left: (variable_name) @name) @definition.variable))
(program (expression_statement ((function_call_expression function: (name) @_define
  arguments: (arguments . (argument (string (string_content) @name)))) @definition.constant
  (#eq? @_define "define"))))

(namespace_use_declaration !body (namespace_use_clause
  (qualified_name prefix: (namespace_name) @module (name) @imported) alias: (name)? @alias)) @import
(namespace_use_declaration !body (namespace_use_clause
  (qualified_name . (name) @imported) alias: (name)? @alias)) @import
(namespace_use_declaration !body (namespace_use_clause
  . (name) @imported alias: (name)? @alias)) @import
(namespace_use_declaration (namespace_name) @module body: (_ (namespace_use_clause
  . (name) @imported alias: (name)? @alias))) @import
(namespace_use_declaration (namespace_name) @module body: (_ (namespace_use_clause
  (qualified_name prefix: (namespace_name) @module (name) @imported) alias: (name)? @alias)))
  @import
[(require_expression) (require_once_expression) (include_expression) (include_once_expression)]
  @import @module @all

(function_call_expression function: (name) @call)
(function_call_expression function: (qualified_name (name) @call) @receiver)
(member_call_expression object: (_) @receiver name: (name) @call)
(nullsafe_member_call_expression object: (_) @receiver name: (name) @call)
(scoped_call_expression scope: (_) @receiver name: (name) @call)
(object_creation_expression (name) @call)
(object_creation_expression (qualified_name (name) @call) @receiver)

; ==== detail ====

(simple_parameter name: (variable_name) @parameter)
(simple_parameter type: (_) @type name: (variable_name) @parameter)
(simple_parameter name: (variable_name) @parameter default_value: (_) @default)
(property_promotion_parameter type: (_)? @type name: (variable_name) @parameter)
(property_promotion_parameter name: (variable_name) @parameter default_value: (_) @default)
(variadic_parameter type: (_)? @type name: (variable_name) @parameter.rest)

(class_declaration (base_clause [(name) (qualified_name)] @base))
(interface_declaration (base_clause [(name) (qualified_name)] @base))
(class_declaration (class_interface_clause [(name) (qualified_name)] @base))
(enum_declaration (class_interface_clause [(name) (qualified_name)] @base))
(class_declaration body: (_ (use_declaration [(name) (qualified_name)] @base)))
(trait_declaration body: (_ (use_declaration [(name) (qualified_name)] @base)))
(enum_declaration body: (_ (use_declaration [(name) (qualified_name)] @base)))
(function_definition return_type: (_) @returns)
(method_declaration return_type: (_) @returns)
(class_declaration attributes: (_ (_ (attribute) @decorator)))
(enum_declaration attributes: (_ (_ (attribute) @decorator)))
(function_definition attributes: (_ (_ (attribute) @decorator)))
(method_declaration attributes: (_ (_ (attribute) @decorator)))
(return_statement (_) @result)
(anonymous_function body: (_) @closure)

(name) @use
(variable_name) @use
(member_access_expression object: (_) @receiver name: (name) @member)
(nullsafe_member_access_expression object: (_) @receiver name: (name) @member)
(member_call_expression object: (_) @receiver name: (name) @member)
(nullsafe_member_call_expression object: (_) @receiver name: (name) @member)
(scoped_call_expression scope: (_) @receiver name: (name) @member)
(class_constant_access_expression . (_) @receiver (name) @member)
; The whole name as receiver is no chain: what the prefix names cannot be told from the text.
(qualified_name (name) @member) @receiver
(function_call_expression function: (name) @callee arguments: (_) @arguments)
(function_call_expression function: (qualified_name (name) @callee) arguments: (_) @arguments)
(member_call_expression name: (name) @callee arguments: (_) @arguments)
(nullsafe_member_call_expression name: (name) @callee arguments: (_) @arguments)
(scoped_call_expression name: (name) @callee arguments: (_) @arguments)
(object_creation_expression (name) @callee (arguments) @arguments)
(object_creation_expression (qualified_name (name) @callee) (arguments) @arguments)

(variable_name (name) @ignore)
(scoped_property_access_expression name: (variable_name) @ignore)
(property_element name: (variable_name) @ignore)
((named_type (name) @ignore) (#any-of? @ignore "self" "static" "parent"))
(dynamic_variable_name (name) @ignore)
(argument name: (name) @ignore)
(namespace_use_declaration) @ignore
(namespace_definition name: (_) @ignore)
(namespace_name) @ignore
(goto_statement (name) @ignore)
(named_label_statement (name) @ignore)
(use_as_clause) @ignore
((class_constant_access_expression (_) (name) @ignore) (#eq? @ignore "class"))

(assignment_expression left: (variable_name) @bind right: (_) @value)
(reference_assignment_expression left: (variable_name) @bind right: (_) @value)
(assignment_expression left: (list_literal) @bind.pattern)
(foreach_statement
  . (_) . [(variable_name) (pair) (by_ref) (list_literal)] @bind.pattern)
(catch_clause name: (variable_name) @bind)
(catch_clause type: (type_list . (_) @except .) name: (variable_name) @bind)
(static_variable_declaration name: (variable_name) @bind value: (_)? @value)
(property_declaration type: (_) @type (property_element name: (variable_name (name) @bind)))
(property_promotion_parameter type: (_) @type name: (variable_name (name) @bind))
(assignment_expression left: (member_access_expression
  object: (_) @receiver name: (name) @bind.member) right: (_) @value)
(global_declaration (variable_name) @nonlocal)
