(class_declaration name: (identifier) @name body: (_) @body) @definition.class
(interface_declaration name: (identifier) @name body: (_) @body) @definition.interface
(enum_declaration name: (identifier) @name body: (_) @body) @definition.enum
(record_declaration name: (identifier) @name body: (_) @body) @definition.class
(annotation_type_declaration name: (identifier) @name body: (_) @body) @definition.interface
; An anonymous class is named by its keyword, which no use can name.
(object_creation_expression "new" @name (class_body) @body) @definition.object
(method_declaration name: (identifier) @name body: (_) @body) @definition.method
(method_declaration name: (identifier) @name !body) @definition.method
(annotation_type_element_declaration name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name body: (_) @body) @definition.constructor
; Not a constructor: its parameters are those of the record's header.
(compact_constructor_declaration name: (identifier) @name body: (_) @body) @definition.method
(field_declaration declarator: (variable_declarator name: (identifier) @name)) @definition.field
(constant_declaration declarator: (variable_declarator name: (identifier) @name))
  @definition.constant
(record_declaration parameters: (formal_parameters
  (formal_parameter name: (identifier) @name) @definition.field))
(record_declaration parameters: (formal_parameters
  (spread_parameter (variable_declarator name: (identifier) @name)) @definition.field))
(enum_constant name: (identifier) @name body: (_) @body) @definition.constant
(enum_constant name: (identifier) @name !body) @definition.constant

; A class of a package and a static member of a class are written alike.
(import_declaration (scoped_identifier scope: (_) @module name: (_) @imported) .) @import
(import_declaration [(scoped_identifier) (identifier)] @module (asterisk) @all) @import

(method_invocation !object name: (identifier) @call)
(method_invocation object: (_) @receiver name: (identifier) @call)
(object_creation_expression type: (type_identifier) @call)
(object_creation_expression type: (generic_type . (type_identifier) @call))
(object_creation_expression
  type: (scoped_type_identifier . (_) @receiver (type_identifier) @call .))
(object_creation_expression type: (generic_type
  . (scoped_type_identifier . (_) @receiver (type_identifier) @call .)))

; ==== detail ====

(method_declaration parameters: (formal_parameters
  (formal_parameter type: (_) @type name: (identifier) @parameter)))
(method_declaration parameters: (formal_parameters
  (spread_parameter (_) @type . (variable_declarator name: (identifier) @parameter.rest))))
(constructor_declaration parameters: (formal_parameters
  (formal_parameter type: (_) @type name: (identifier) @parameter)))
(constructor_declaration parameters: (formal_parameters
  (spread_parameter (_) @type . (variable_declarator name: (identifier) @parameter.rest))))
(record_declaration parameters: (formal_parameters
  (formal_parameter type: (_) @type name: (identifier) @parameter)))
(record_declaration parameters: (formal_parameters
  (spread_parameter (_) @type . (variable_declarator name: (identifier) @parameter.rest))))

(lambda_expression parameters: (identifier) @bind)
(lambda_expression parameters: (inferred_parameters (identifier) @bind))
(lambda_expression parameters: (formal_parameters
  (formal_parameter type: (_) @type name: (identifier) @bind)))
(lambda_expression parameters: (formal_parameters
  (spread_parameter (variable_declarator name: (identifier) @bind))))
(lambda_expression body: (block) @closure)

(superclass [(type_identifier) (scoped_type_identifier)] @base)
(superclass (generic_type . (_) @base))
(object_creation_expression type: [(type_identifier) (scoped_type_identifier)] @base (class_body))
(object_creation_expression type: (generic_type . (_) @base) (class_body))
(super_interfaces (type_list [(type_identifier) (scoped_type_identifier)] @base))
(super_interfaces (type_list (generic_type . (_) @base)))
(extends_interfaces (type_list [(type_identifier) (scoped_type_identifier)] @base))
(extends_interfaces (type_list (generic_type . (_) @base)))
(method_declaration type: (_) @returns)
(annotation_type_element_declaration type: (_) @returns)
(return_statement (_) @result)

(class_declaration (modifiers (_ name: (_) @decorator)))
(interface_declaration (modifiers (_ name: (_) @decorator)))
(enum_declaration (modifiers (_ name: (_) @decorator)))
(record_declaration (modifiers (_ name: (_) @decorator)))
(annotation_type_declaration (modifiers (_ name: (_) @decorator)))
(annotation_type_element_declaration (modifiers (_ name: (_) @decorator)))
(method_declaration (modifiers (_ name: (_) @decorator)))
(constructor_declaration (modifiers (_ name: (_) @decorator)))
(compact_constructor_declaration (modifiers (_ name: (_) @decorator)))
(field_declaration (modifiers (_ name: (_) @decorator)))
(constant_declaration (modifiers (_ name: (_) @decorator)))
(enum_constant (modifiers (_ name: (_) @decorator)))

(identifier) @use
(type_identifier) @use
(field_access object: (_) @receiver field: (identifier) @member)
(method_invocation object: (_) @receiver name: (identifier) @member)
(method_reference . (_) @receiver (identifier) @member .)
(scoped_type_identifier . (_) @receiver (type_identifier) @member .)
(annotation name: (_) @receiver
  arguments: (annotation_argument_list (element_value_pair key: (identifier) @member)))
(method_invocation name: (identifier) @callee arguments: (_) @arguments)
(object_creation_expression type: (type_identifier) @callee arguments: (_) @arguments)
(object_creation_expression
  type: (generic_type . (type_identifier) @callee) arguments: (_) @arguments)
(object_creation_expression
  type: (scoped_type_identifier (type_identifier) @callee .) arguments: (_) @arguments)
(object_creation_expression type: (generic_type
  . (scoped_type_identifier (type_identifier) @callee .)) arguments: (_) @arguments)

(local_variable_declaration type: (_) @type declarator: (variable_declarator
  name: (identifier) @bind) (#not-eq? @type "var"))
(local_variable_declaration declarator: (variable_declarator
  name: (identifier) @bind value: (_) @value))
(local_variable_declaration type: (type_identifier) @ignore (#eq? @ignore "var"))
(field_declaration type: (_) @type declarator: (variable_declarator
  name: (identifier) @bind value: (_)? @value))
(constant_declaration type: (_) @type declarator: (variable_declarator
  name: (identifier) @bind value: (_)? @value))
(local_variable_declaration type: (type_identifier) @_var declarator: (variable_declarator
  name: (identifier) @bind
  value: (object_creation_expression type: (_) @type)) (#eq? @_var "var"))
(resource type: (_) @type name: (identifier) @bind value: (_) @value (#not-eq? @type "var"))
(resource name: (identifier) @bind value: (_) @value)
(resource type: (type_identifier) @ignore (#eq? @ignore "var"))
(enhanced_for_statement type: (_) @type name: (identifier) @bind (#not-eq? @type "var"))
(enhanced_for_statement name: (identifier) @bind)
(enhanced_for_statement type: (type_identifier) @ignore (#eq? @ignore "var"))
(catch_formal_parameter (catch_type (_) @except) name: (identifier) @bind)
(instanceof_expression right: (_) @type name: (identifier) @bind)
(type_pattern (_) @type (identifier) @bind)
(record_pattern_component (_) @type (identifier) @bind . (#not-eq? @type "var"))
(record_pattern_component (identifier) @bind .)
(record_pattern_component (type_identifier) @ignore (identifier) (#eq? @ignore "var"))
(type_parameter (type_identifier) @bind)

(labeled_statement . (identifier) @ignore)
(break_statement (identifier) @ignore)
(continue_statement (identifier) @ignore)
(scoped_identifier (identifier) @ignore)
(package_declaration (identifier) @ignore)
(import_declaration (identifier) @ignore)
