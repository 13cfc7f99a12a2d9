; Namespaces are names only, not scopes: file-scoped and block ones give the same outline.
(namespace_declaration name: (_) @name @definition.namespace)
(file_scoped_namespace_declaration name: (_) @name @definition.namespace)
(class_declaration name: (identifier) @name body: (_)? @body) @definition.class
(record_declaration name: (identifier) @name body: (_)? @body) @definition.class
(struct_declaration name: (identifier) @name body: (_)? @body) @definition.struct
(interface_declaration name: (identifier) @name body: (_)? @body) @definition.interface
(enum_declaration name: (identifier) @name body: (_)? @body) @definition.enum
(enum_member_declaration name: (identifier) @name) @definition.constant
(delegate_declaration name: (identifier) @name) @definition.type
(method_declaration name: (identifier) @name body: (_)? @body) @definition.method
(constructor_declaration name: (identifier) @name body: (_)? @body) @definition.constructor
(local_function_statement name: (identifier) @name body: (_)? @body) @definition.function
(property_declaration name: (identifier) @name accessors: (_) @body) @definition.property
(property_declaration name: (identifier) @name value: (arrow_expression_clause) @body)
  @definition.property
(record_declaration (parameter_list (parameter name: (identifier) @name) @definition.property))
(field_declaration (modifier "const")
  (variable_declaration (variable_declarator name: (identifier) @name))) @definition.constant
(field_declaration
  (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field
(event_field_declaration
  (variable_declaration (variable_declarator name: (identifier) @name))) @definition.field
(event_declaration name: (identifier) @name) @definition.field

(using_directive !name [(identifier) (qualified_name)] @module @all) @import
(using_directive name: (identifier) @alias
  (qualified_name name: (identifier) @imported) @module) @import

(invocation_expression function: (identifier) @call)
(invocation_expression function: (generic_name (identifier) @call))
(invocation_expression
  function: (member_access_expression expression: _ @receiver name: (identifier) @call))
(invocation_expression function: (member_access_expression
  expression: _ @receiver name: (generic_name (identifier) @call)))
(invocation_expression function: (conditional_access_expression
  condition: (_) @receiver (member_binding_expression name: (identifier) @call)))
(object_creation_expression type: (identifier) @call)
(object_creation_expression type: (generic_name (identifier) @call))
(object_creation_expression
  type: (qualified_name qualifier: (_) @receiver name: (identifier) @call))

; ==== detail ====

(parameter type: (_) @type name: (identifier) @parameter)
(parameter name: (identifier) @parameter "=" . (_) @default)
; The value of an extension method's `this` parameter may stand before the dot.
((parameter (modifier) @_this name: (identifier) @parameter.optional) (#eq? @_this "this"))
(parameter_list type: (_) @type name: (identifier) @parameter.rest)
(parameter !type name: (identifier) @bind)
(implicit_parameter) @bind

(base_list [(identifier) (qualified_name) (generic_name)] @base)
(base_list (primary_constructor_base_type type: (_) @base))
(method_declaration returns: (_) @returns)
(local_function_statement type: (_) @returns)
(delegate_declaration type: (_) @returns)
(class_declaration (attribute_list (attribute) @decorator))
(record_declaration (attribute_list (attribute) @decorator))
(struct_declaration (attribute_list (attribute) @decorator))
(interface_declaration (attribute_list (attribute) @decorator))
(enum_declaration (attribute_list (attribute) @decorator))
(enum_member_declaration (attribute_list (attribute) @decorator))
(method_declaration (attribute_list (attribute) @decorator))
(constructor_declaration (attribute_list (attribute) @decorator))
(property_declaration (attribute_list (attribute) @decorator))
(field_declaration (attribute_list (attribute) @decorator))
(return_statement (_) @result)
(yield_statement (_) @result)
(method_declaration body: (arrow_expression_clause (_) @result))
(local_function_statement body: (arrow_expression_clause (_) @result))

(identifier) @use
(member_access_expression expression: _ @receiver name: (identifier) @member)
(member_access_expression expression: _ @receiver name: (generic_name (identifier) @member))
(member_access_expression
  expression: (postfix_unary_expression (_) @receiver) name: (identifier) @member)
(conditional_access_expression
  condition: (_) @receiver (member_binding_expression name: (identifier) @member))
(conditional_access_expression condition: (_) @receiver
  (member_binding_expression name: (generic_name (identifier) @member)))
(qualified_name qualifier: (_) @receiver name: (identifier) @member)
(qualified_name qualifier: (_) @receiver name: (generic_name (identifier) @member))
(invocation_expression function: (identifier) @callee arguments: (_) @arguments)
(invocation_expression
  function: (generic_name (identifier) @callee) arguments: (_) @arguments)
(invocation_expression
  function: (member_access_expression name: (identifier) @callee) arguments: (_) @arguments)
(invocation_expression function: (member_access_expression
  name: (generic_name (identifier) @callee)) arguments: (_) @arguments)
(invocation_expression function: (conditional_access_expression
  (member_binding_expression name: (identifier) @callee)) arguments: (_) @arguments)
(invocation_expression function: (conditional_access_expression
  (member_binding_expression name: (generic_name (identifier) @callee)))
  arguments: (_) @arguments)
(object_creation_expression type: (identifier) @callee arguments: (_) @arguments)
(object_creation_expression
  type: (generic_name (identifier) @callee) arguments: (_) @arguments)
(object_creation_expression
  type: (qualified_name name: (identifier) @callee) arguments: (_) @arguments)

(argument name: (identifier) @ignore)
(attribute_argument name: (identifier) @ignore)
(anonymous_object_creation_expression (identifier) @ignore . "=")
(initializer_expression (assignment_expression left: (identifier) @ignore))
(with_initializer . (identifier) @ignore)
(subpattern . (identifier) @ignore)
(labeled_statement . (identifier) @ignore)
(goto_statement (identifier) @ignore)
(preproc_pragma) @ignore
(preproc_if condition: (_) @ignore)
(using_directive) @ignore
(namespace_declaration name: (_) @ignore)
(file_scoped_namespace_declaration name: (_) @ignore)

(variable_declaration type: (implicit_type)
  (variable_declarator name: (identifier) @bind . (_)? @value))
(variable_declaration
  type: [(predefined_type) (identifier) (generic_name) (qualified_name) (nullable_type)
    (array_type) (tuple_type) (pointer_type) (ref_type)] @type
  (variable_declarator name: (identifier) @bind . (_)? @value))
(variable_declarator (tuple_pattern) @bind.pattern)
(lambda_expression body: (_) @closure)
(anonymous_method_expression (block) @closure)
(property_declaration type: (_) @type name: (identifier) @bind)
(foreach_statement type: (implicit_type) left: (identifier) @bind)
(foreach_statement
  type: [(predefined_type) (identifier) (generic_name) (qualified_name) (nullable_type)
    (array_type) (tuple_type)] @type
  left: (identifier) @bind)
(foreach_statement left: (tuple_pattern) @bind.pattern)
(catch_declaration type: (_) @except name: (identifier) @bind)
(declaration_pattern type: (implicit_type) name: (identifier) @bind)
(declaration_pattern
  type: [(predefined_type) (identifier) (generic_name) (qualified_name) (nullable_type)
    (array_type)] @type
  name: (identifier) @bind)
(declaration_expression type: (implicit_type) name: (identifier) @bind)
(declaration_expression
  type: [(predefined_type) (identifier) (generic_name) (qualified_name) (nullable_type)
    (array_type)] @type
  name: (identifier) @bind)
(recursive_pattern type: (_)? @type name: (identifier) @bind)
(from_clause name: (identifier) @bind)
(let_clause . (identifier) @bind)
(join_clause . (identifier) @bind)
(join_into_clause (identifier) @bind)
(type_parameter name: (identifier) @bind)
