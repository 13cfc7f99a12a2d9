(class_declaration "interface" name: (identifier) @name (class_body) @body) @definition.interface
(class_declaration "interface" name: (identifier) @name) @definition.interface
(class_declaration name: (identifier) @name (enum_class_body) @body) @definition.enum
(class_declaration name: (identifier) @name (class_body) @body) @definition.class
; Without a body, the end of the constructor's parameters stands for it: they may be properties.
(class_declaration name: (identifier) @name
  (primary_constructor (class_parameters ")" @body))) @definition.class
(class_declaration name: (identifier) @name) @definition.class
(object_declaration name: (identifier) @name (class_body) @body) @definition.object
(object_declaration name: (identifier) @name) @definition.object
; An anonymous object is named by its keyword, which no use can name. The members of a companion are
; found by the name of its class, so it is no definition.
(object_literal "object" @name (class_body) @body) @definition.object
(enum_entry (class_body
  (function_declaration name: (identifier) @name (function_body) @body) @definition.method))
(function_declaration name: (identifier) @name (function_body) @body) @definition.function
(function_declaration name: (identifier) @name) @definition.function
(secondary_constructor "constructor" @name (block) @body) @definition.constructor
(secondary_constructor "constructor" @name) @definition.constructor
(enum_entry (identifier) @name (class_body) @body) @definition.constant
(enum_entry . (modifiers)? . (identifier) @name) @definition.constant
(class_parameter ["val" "var"] . (identifier) @name) @definition.property
(class_body (property_declaration
  (variable_declaration . (identifier) @name) (getter (function_body) @body)) @definition.property)
(class_body (property_declaration
  (variable_declaration . (identifier) @name)) @definition.property)
(enum_class_body (property_declaration
  (variable_declaration . (identifier) @name)) @definition.property)
(source_file (property_declaration (modifiers (property_modifier) @_const)
  (variable_declaration . (identifier) @name)) @definition.constant (#eq? @_const "const"))
(source_file (property_declaration
  (variable_declaration . (identifier) @name) (getter (function_body) @body)) @definition.variable)
(source_file (property_declaration
  (variable_declaration . (identifier) @name)) @definition.variable)
(source_file (property_declaration (multi_variable_declaration
  (variable_declaration . (identifier) @name))) @definition.variable)
(type_alias type: (identifier) @name) @definition.type

((import (qualified_identifier (identifier) @imported .) @module .) @import
  (#not-match? @import "\\*"))
(import (qualified_identifier) @module "*" @all) @import
(import (qualified_identifier (identifier) @imported .) @module (identifier) @alias) @import

(call_expression . (identifier) @call)
(call_expression . (navigation_expression . (_) @receiver (identifier) @call .))
(constructor_invocation (user_type (identifier) @call .))
; The grammar reads a call with one type argument and one argument as two comparisons.
(binary_expression
  left: (binary_expression left: (identifier) @call "<") ">" right: (parenthesized_expression))
(binary_expression
  left: (binary_expression left: (navigation_expression . (_) @receiver (identifier) @call .) "<")
  ">" right: (parenthesized_expression))

; ==== detail ====

(function_declaration (function_value_parameters
  (parameter . (identifier) @parameter . (_) @type)))
(function_declaration (function_value_parameters
  (parameter . (identifier) @parameter) . "=" . (_) @default))
(function_declaration (function_value_parameters
  (parameter_modifiers (parameter_modifier) @_vararg) . (parameter . (identifier) @parameter.rest)
  (#eq? @_vararg "vararg")))
(secondary_constructor (function_value_parameters
  (parameter . (identifier) @parameter . (_) @type)))
(secondary_constructor (function_value_parameters
  (parameter . (identifier) @parameter) . "=" . (_) @default))
(secondary_constructor (function_value_parameters
  (parameter_modifiers (parameter_modifier) @_vararg) . (parameter . (identifier) @parameter.rest)
  (#eq? @_vararg "vararg")))
(class_parameter (identifier) @parameter . ":" . (_) @type)
(class_parameter (identifier) @parameter . ":" . (_) . "=" . (_) @default)
(class_parameter (modifiers (parameter_modifier) @_vararg) (identifier) @parameter.rest . ":"
  (#eq? @_vararg "vararg"))

(delegation_specifier [
  (user_type) @base
  (constructor_invocation (user_type) @base)
  (explicit_delegation . (user_type) @base)])
(function_declaration (function_value_parameters)
  . [(user_type) (nullable_type) (function_type) (parenthesized_type)] @returns)
(return_expression !label (_) @result)
(function_body [(identifier) (call_expression) (navigation_expression)] @result)
(anonymous_function (function_body) @closure)

(class_declaration (modifiers (annotation [
  (user_type) @decorator (constructor_invocation (user_type) @decorator)])))
(object_declaration (modifiers (annotation [
  (user_type) @decorator (constructor_invocation (user_type) @decorator)])))
(function_declaration (modifiers (annotation [
  (user_type) @decorator (constructor_invocation (user_type) @decorator)])))
(class_body (property_declaration (modifiers (annotation [
  (user_type) @decorator (constructor_invocation (user_type) @decorator)]))))
(source_file (property_declaration (modifiers (annotation [
  (user_type) @decorator (constructor_invocation (user_type) @decorator)]))))

(identifier) @use
(navigation_expression . (_) @receiver (identifier) @member .)
(infix_expression . (_) @receiver . (identifier) @member . (_))
(user_type . (identifier) @receiver . (identifier) @member)
(user_type . (identifier) @receiver (identifier) @receiver . (identifier) @member)
(infix_expression . (_) . (identifier) @callee . (_) @arguments)
(call_expression . (identifier) @callee (value_arguments) @arguments)
(call_expression
  . (navigation_expression (identifier) @callee .) (value_arguments) @arguments)
(call_expression . (identifier) @callee (annotated_lambda) @trailing)
(call_expression . (navigation_expression (identifier) @callee .) (annotated_lambda) @trailing)
(call_expression
  . (call_expression . (identifier) @callee (value_arguments) @arguments)
  (annotated_lambda) @trailing)
(call_expression
  . (call_expression . (navigation_expression (identifier) @callee .) (value_arguments) @arguments)
  (annotated_lambda) @trailing)
(constructor_invocation (user_type (identifier) @callee .) (value_arguments) @arguments)
(binary_expression left: (binary_expression left: (identifier) @callee "<")
  ">" right: (parenthesized_expression) @arguments)
(binary_expression
  left: (binary_expression left: (navigation_expression (identifier) @callee .) "<")
  ">" right: (parenthesized_expression) @arguments)

(value_argument . (identifier) @ignore . "=")
(return_expression label: (identifier) @ignore)
(package_header (_) @ignore)
(import (_) @ignore)

(variable_declaration . (identifier) @bind)
(variable_declaration . (identifier) @bind . ":" . (_) @type)
(property_declaration (variable_declaration . (identifier) @bind) . "=" . (_) @value)
(when_subject (variable_declaration . (identifier) @bind) . "=" . (_) @value)
(anonymous_function (function_value_parameters
  (parameter . (identifier) @bind . (_) @type)))
(catch_block (identifier) @bind (user_type) @except)
(setter . (identifier) @bind)
(type_parameter (identifier) @bind)
