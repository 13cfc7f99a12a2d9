; inherits: ecmascript
(class_declaration name: (type_identifier) @name body: (_) @body) @definition.class
(abstract_class_declaration name: (type_identifier) @name body: (_) @body) @definition.class
(interface_declaration name: (type_identifier) @name body: (_) @body) @definition.interface
(type_alias_declaration name: (type_identifier) @name value: (_) @body) @definition.type
(enum_declaration name: (identifier) @name body: (_) @body) @definition.enum
(enum_body name: (_) @name @definition.constant)
(enum_assignment name: (_) @name) @definition.constant
(internal_module name: (_) @name body: (_) @body) @definition.namespace
(module name: (_) @name body: (_) @body) @definition.module
(function_signature name: (identifier) @name) @definition.function

(class_body (public_field_definition name: (_) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body)]) @definition.method)
(class_body (public_field_definition name: (_) @name) @definition.field)
(class_body (method_signature name: (_) @name) @definition.method)
(class_body (abstract_method_signature name: (_) @name) @definition.method)
(interface_body (method_signature name: (_) @name) @definition.method)
(interface_body (property_signature name: (_) @name) @definition.field)
(type_alias_declaration value: (object_type (method_signature name: (_) @name) @definition.method))
(type_alias_declaration value: (object_type (property_signature name: (_) @name) @definition.field))
; Promoted parameters are fields of the class.
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @definition.field
(required_parameter . "readonly" pattern: (identifier) @name) @definition.field
(optional_parameter (accessibility_modifier) pattern: (identifier) @name) @definition.field

(lexical_declaration . (variable_declarator name: (identifier) @name value: [
  (as_expression . (object [
    (method_definition) (pair value: [(arrow_function) (function_expression)])]) @body)
  (satisfies_expression . (object [
    (method_definition) (pair value: [(arrow_function) (function_expression)])]) @body)]) .)
  @definition.object
(variable_declarator value: (as_expression . (object [
  (method_definition name: (_) @name body: (_) @body)
  (pair key: [(property_identifier) (string)] @name value: [
    (arrow_function body: (_) @body) (function_expression body: (_) @body)])] @definition.method)))
(variable_declarator value: (satisfies_expression . (object [
  (method_definition name: (_) @name body: (_) @body)
  (pair key: [(property_identifier) (string)] @name value: [
    (arrow_function body: (_) @body) (function_expression body: (_) @body)])] @definition.method)))
(export_statement "default" @name value: [
  (as_expression) (satisfies_expression) (non_null_expression)]) @definition.constant
(ambient_declaration
  (lexical_declaration kind: "const" (variable_declarator name: (identifier) @name))
  @definition.constant)
(ambient_declaration (_ (variable_declarator name: (identifier) @name)) @definition.variable)
(internal_module body: (statement_block (lexical_declaration
  (variable_declarator name: (identifier) @name)) @definition.constant))

(import_statement (import_require_clause (identifier) @alias source: (string) @module)) @import
(export_statement "=" (identifier) @imported @alias.default) @reexport

; ==== detail ====

(_ parameters: (formal_parameters (required_parameter !value
  pattern: [(identifier) (object_pattern) (array_pattern)] @parameter
  type: (type_annotation (_) @type)?)) body: (_) @body)
(_ parameters: (formal_parameters (required_parameter
  pattern: [(identifier) (object_pattern) (array_pattern)] @parameter
  type: (type_annotation (_) @type)? value: (_) @default)) body: (_) @body)
(_ parameters: (formal_parameters (optional_parameter
  pattern: (_) @parameter.optional type: (type_annotation (_) @type)?)) body: (_) @body)
(_ parameters: (formal_parameters (required_parameter
  pattern: (rest_pattern (_) @parameter.rest) type: (type_annotation (_) @type)?)) body: (_) @body)
(function_signature parameters: (formal_parameters (required_parameter
  pattern: [(identifier) (object_pattern) (array_pattern)] @parameter
  type: (type_annotation (_) @type)?)))
(function_signature parameters: (formal_parameters (optional_parameter
  pattern: (_) @parameter.optional type: (type_annotation (_) @type)?)))
(function_signature parameters: (formal_parameters (required_parameter
  pattern: (rest_pattern (_) @parameter.rest) type: (type_annotation (_) @type)?)))
(function_signature return_type: [
  (type_annotation (_) @returns) (type_predicate_annotation (_) @returns)
  (asserts_annotation (_) @returns)])
(method_signature name: (_) @of parameters: (formal_parameters (required_parameter
  pattern: [(identifier) (object_pattern) (array_pattern)] @parameter
  type: (type_annotation (_) @type)?)))
(method_signature name: (_) @of parameters: (formal_parameters (optional_parameter
  pattern: (_) @parameter.optional type: (type_annotation (_) @type)?)))
(method_signature name: (_) @of parameters: (formal_parameters (required_parameter
  pattern: (rest_pattern (_) @parameter.rest) type: (type_annotation (_) @type)?)))
(method_signature name: (_) @of return_type: [
  (type_annotation (_) @returns) (type_predicate_annotation (_) @returns)
  (asserts_annotation (_) @returns)])
(abstract_method_signature parameters: (formal_parameters (required_parameter
  pattern: [(identifier) (object_pattern) (array_pattern)] @parameter
  type: (type_annotation (_) @type)?)))
(abstract_method_signature parameters: (formal_parameters (optional_parameter
  pattern: (_) @parameter.optional type: (type_annotation (_) @type)?)))
(abstract_method_signature parameters: (formal_parameters (required_parameter
  pattern: (rest_pattern (_) @parameter.rest) type: (type_annotation (_) @type)?)))
(abstract_method_signature return_type: [
  (type_annotation (_) @returns) (type_predicate_annotation (_) @returns)
  (asserts_annotation (_) @returns)])
(_ return_type: [
    (type_annotation (_) @returns) (type_predicate_annotation (_) @returns)
    (asserts_annotation (_) @returns)]
  body: (_) @body)
; The parameters of types only explain.
(function_type parameters: (formal_parameters (_ pattern: (_) @ignore)))
(constructor_type parameters: (formal_parameters (_ pattern: (_) @ignore)))
(call_signature parameters: (formal_parameters (_ pattern: (_) @ignore)))
(construct_signature parameters: (formal_parameters (_ pattern: (_) @ignore)))
(index_signature name: (identifier) @ignore)
(tuple_type (_ name: (identifier) @ignore))

(required_parameter (accessibility_modifier) pattern: (identifier) @bind.member
  type: (type_annotation (_) @type)?)
(required_parameter . "readonly" pattern: (identifier) @bind.member
  type: (type_annotation (_) @type)?)
(optional_parameter (accessibility_modifier) pattern: (identifier) @bind.member
  type: (type_annotation (_) @type)?)

(extends_clause value: (_) @base)
(implements_clause [(type_identifier) (nested_type_identifier)] @base)
(implements_clause (generic_type name: (_) @base))
(extends_type_clause type: [(type_identifier) (nested_type_identifier)] @base)
(extends_type_clause type: (generic_type name: (_) @base))
(class_body (decorator (_) @decorator))
(class_body (public_field_definition decorator: (decorator (_) @decorator)))
(class_declaration decorator: (decorator (_) @decorator))
(abstract_class_declaration decorator: (decorator (_) @decorator))
(export_statement decorator: (decorator (_) @decorator))

(type_identifier) @use
(nested_type_identifier module: (_) @receiver name: (_) @member)
(nested_identifier object: (_) @receiver property: (_) @member)
(type_parameter name: (type_identifier) @bind)
(mapped_type_clause name: (type_identifier) @bind)
(infer_type . (type_identifier) @bind)
(class name: (type_identifier) @bind)
(variable_declarator name: (identifier) @bind type: (type_annotation (_) @type))
(variable_declarator name: (identifier) @bind !type value: (as_expression (_) (_) @type))
(class_body (public_field_definition name: (_) @bind type: (type_annotation (_) @type)?
  value: (_)? @value))
(interface_body (property_signature name: (_) @bind type: (type_annotation (_) @type)?))
(import_require_clause (identifier) @ignore)
(internal_module name: (nested_identifier (_) @ignore))
(program (export_statement declaration: (ambient_declaration (_ name: (_) @export))))
(program (export_statement declaration: (ambient_declaration
  (_ (variable_declarator name: (identifier) @export)))))
