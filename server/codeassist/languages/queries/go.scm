(function_declaration name: (identifier) @name body: (block) @body) @definition.function
(function_declaration name: (identifier) @name !body) @definition.function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @owner
    (pointer_type (type_identifier) @owner)
    (generic_type type: (type_identifier) @owner)
    (pointer_type (generic_type type: (type_identifier) @owner))]))
  name: (field_identifier) @name body: (block) @body) @definition.method

; A declaration of one type starts at its keyword, below its documentation; those of a group do not.
(type_declaration . (type_spec name: (type_identifier) @name
  type: (struct_type (field_declaration_list) @body)) .) @definition.struct
(type_declaration . (type_spec name: (type_identifier) @name
  type: (interface_type "{" @body)) .) @definition.interface
(type_declaration . (type_spec name: (type_identifier) @name
  type: [(type_identifier) (qualified_type) (generic_type) (pointer_type) (array_type) (slice_type)
    (map_type) (channel_type) (function_type) (parenthesized_type)]) .) @definition.type
(type_declaration . (type_alias name: (type_identifier) @name) .) @definition.type
(type_spec name: (type_identifier) @name
  type: (struct_type (field_declaration_list) @body)) @definition.struct
(type_spec name: (type_identifier) @name type: (interface_type "{" @body)) @definition.interface
(type_spec name: (type_identifier) @name
  type: [(type_identifier) (qualified_type) (generic_type) (pointer_type) (array_type) (slice_type)
    (map_type) (channel_type) (function_type) (parenthesized_type)]) @definition.type
(type_alias name: (type_identifier) @name) @definition.type

(type_spec type: (struct_type (field_declaration_list
  (field_declaration name: (field_identifier) @name) @definition.field)))
(type_spec type: (struct_type (field_declaration_list
  (field_declaration !name type: [
    (type_identifier) @name
    (qualified_type name: (type_identifier) @name)
    (generic_type type: (type_identifier) @name)
    (generic_type type: (qualified_type name: (type_identifier) @name))]) @definition.field)))
(type_spec type: (interface_type
  (method_elem name: (field_identifier) @name) @definition.method))

; The field `name` finds only the first of several constants.
(source_file (const_declaration . (const_spec (identifier) @name) .) @definition.constant
  (#not-eq? @name "_"))
(source_file (const_declaration (const_spec (identifier) @name) @definition.constant)
  (#not-eq? @name "_"))
(source_file (var_declaration (var_spec name: (identifier) @name)) @definition.variable
  (#not-eq? @name "_"))
(source_file (var_declaration
  (var_spec_list (var_spec name: (identifier) @name) @definition.variable)) (#not-eq? @name "_"))

(import_declaration (import_spec !name path: (_) @module)) @import
(import_declaration
  (import_spec name: [(package_identifier) (blank_identifier)] @alias path: (_) @module)) @import
(import_declaration (import_spec name: (dot) @all path: (_) @module)) @import
(import_spec_list (import_spec !name path: (_) @module) @import)
(import_spec_list
  (import_spec name: [(package_identifier) (blank_identifier)] @alias path: (_) @module) @import)
(import_spec_list (import_spec name: (dot) @all path: (_) @module) @import)

(call_expression function: (identifier) @call)
(call_expression function: (selector_expression operand: (_) @receiver field: (_) @call))
; A call with one type argument and one argument parses as a conversion.
(type_conversion_expression type: (generic_type type: (type_identifier) @call))
(type_conversion_expression type: (generic_type
  type: (qualified_type package: (_) @receiver name: (_) @call)))

; ==== detail ====

(function_declaration parameters: (parameter_list
  (parameter_declaration name: (identifier) @parameter type: (_) @type)))
(function_declaration parameters: (parameter_list
  (parameter_declaration !name type: (_) @parameter.unnamed)))
(function_declaration parameters: (parameter_list
  (variadic_parameter_declaration name: (identifier) @parameter.rest type: (_) @type)))
(function_declaration parameters: (parameter_list
  (variadic_parameter_declaration !name type: (_) @parameter.unnamed_rest)))
(method_declaration parameters: (parameter_list
  (parameter_declaration name: (identifier) @parameter type: (_) @type)))
(method_declaration parameters: (parameter_list
  (parameter_declaration !name type: (_) @parameter.unnamed)))
(method_declaration parameters: (parameter_list
  (variadic_parameter_declaration name: (identifier) @parameter.rest type: (_) @type)))
(method_declaration parameters: (parameter_list
  (variadic_parameter_declaration !name type: (_) @parameter.unnamed_rest)))
(type_spec type: (interface_type (method_elem parameters: (parameter_list
  (parameter_declaration name: (identifier) @parameter type: (_) @type)))))
(type_spec type: (interface_type (method_elem parameters: (parameter_list
  (parameter_declaration !name type: (_) @parameter.unnamed)))))
(type_spec type: (interface_type (method_elem parameters: (parameter_list
  (variadic_parameter_declaration name: (identifier) @parameter.rest type: (_) @type)))))
(type_spec type: (interface_type (method_elem parameters: (parameter_list
  (variadic_parameter_declaration !name type: (_) @parameter.unnamed_rest)))))

; Receivers, named results and the parameters of function literals only bind; the names in function
; types do nothing.
(method_declaration
  receiver: (parameter_list (parameter_declaration name: (identifier) @bind type: (_) @type)))
(method_declaration
  result: (parameter_list (parameter_declaration name: (identifier) @bind type: (_) @type)))
(function_declaration
  result: (parameter_list (parameter_declaration name: (identifier) @bind type: (_) @type)))
(func_literal
  parameters: (parameter_list (parameter_declaration name: (identifier) @bind type: (_) @type)))
(func_literal
  result: (parameter_list (parameter_declaration name: (identifier) @bind type: (_) @type)))
(func_literal parameters: (parameter_list
  (variadic_parameter_declaration name: (identifier) @bind)))
(parameter_declaration name: (identifier) @ignore)
(variadic_parameter_declaration name: (identifier) @ignore)
(type_parameter_declaration name: (identifier) @bind)
(method_declaration receiver: (parameter_list (parameter_declaration type: [
  (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @bind)))
  (pointer_type (generic_type type_arguments: (type_arguments
    (type_elem (type_identifier) @bind))))])))

; Of several results the first, which is what `value, err := f()` gives its first name.
(function_declaration result: (parameter_list . (parameter_declaration type: (_) @returns)))
(function_declaration result: [(type_identifier) (qualified_type) (pointer_type) (generic_type)
  (slice_type) (map_type) (array_type) (channel_type) (function_type) (interface_type)
  (struct_type)] @returns)
(method_declaration result: (parameter_list . (parameter_declaration type: (_) @returns)))
(method_declaration result: [(type_identifier) (qualified_type) (pointer_type) (generic_type)
  (slice_type) (map_type) (array_type) (channel_type) (function_type) (interface_type)
  (struct_type)] @returns)
(type_spec type: (interface_type (method_elem
  result: (parameter_list . (parameter_declaration type: (_) @returns)))))
(type_spec type: (interface_type (method_elem result: [(type_identifier) (qualified_type)
  (pointer_type) (generic_type) (slice_type) (map_type) (array_type) (channel_type)
  (function_type) (interface_type) (struct_type)] @returns)))
(return_statement (_) @result)
(func_literal body: (_) @closure)

(type_spec type: (struct_type (field_declaration_list
  (field_declaration !name type: [(type_identifier) (qualified_type)] @base))))
(type_spec type: (struct_type (field_declaration_list
  (field_declaration !name type: (generic_type type: (_) @base)))))
(type_spec type: (interface_type (type_elem . [(type_identifier) (qualified_type)] @base .)))
(type_spec type: (interface_type (type_elem . (generic_type type: (_) @base) .)))
(field_declaration !name type: [
  (type_identifier) @use.definition
  (qualified_type name: (type_identifier) @use.definition)
  (generic_type type: (type_identifier) @use.definition)
  (generic_type type: (qualified_type name: (type_identifier) @use.definition))])

(identifier) @use
(type_identifier) @use
(qualified_type package: (package_identifier) @use)
(qualified_type package: (_) @receiver name: (type_identifier) @member)
(selector_expression operand: (_) @receiver field: (field_identifier) @member)
(call_expression function: (identifier) @callee arguments: (_) @arguments)
(call_expression
  function: (selector_expression field: (field_identifier) @callee) arguments: (_) @arguments)
(type_conversion_expression
  type: (generic_type type: (type_identifier) @callee) operand: (_) @arguments)
(type_conversion_expression
  type: (generic_type type: (qualified_type name: (_) @callee)) operand: (_) @arguments)

; The keys of a struct literal are its type's fields; those of a map literal are expressions.
(composite_literal
  type: [(type_identifier) (qualified_type) (struct_type)] @receiver
  body: (literal_value (keyed_element key: (literal_element (identifier) @member))))
(composite_literal
  type: (generic_type type: (_) @receiver)
  body: (literal_value (keyed_element key: (literal_element (identifier) @member))))
(composite_literal
  type: [(slice_type element: (_) @receiver) (array_type element: (_) @receiver)
    (implicit_length_array_type element: (_) @receiver)]
  body: (literal_value (literal_element
    (literal_value (keyed_element key: (literal_element (identifier) @member))))))
(composite_literal
  type: (map_type value: [(type_identifier) (qualified_type) (pointer_type) (struct_type)] @receiver)
  body: (literal_value (keyed_element value: (literal_element
    (literal_value (keyed_element key: (literal_element (identifier) @member)))))))
(expression_list (identifier) @ignore (#eq? @ignore "_"))

(short_var_declaration left: (expression_list (identifier) @bind))
; A call's first result is what its first name gets.
(short_var_declaration
  left: (expression_list . (identifier) @bind) right: (expression_list . (_) @value .))
(short_var_declaration left: (expression_list . (identifier) @bind) right: (expression_list . [
  (composite_literal type: [(type_identifier) (qualified_type) (generic_type)] @type)
  (unary_expression operand: (composite_literal
    type: [(type_identifier) (qualified_type) (generic_type)] @type))
  (type_assertion_expression type: (_) @type)]))
(short_var_declaration left: (expression_list . (identifier) @bind) right: (expression_list . (
  call_expression function: (identifier) @_new arguments: (argument_list . (_) @type .)))
  (#eq? @_new "new"))
(var_spec name: (identifier) @bind type: (_)? @type)
(var_spec . name: (identifier) @bind value: (expression_list . (_) @value .))
(var_spec . name: (identifier) @bind value: (expression_list . [
  (composite_literal type: [(type_identifier) (qualified_type) (generic_type)] @type)
  (unary_expression operand: (composite_literal
    type: [(type_identifier) (qualified_type) (generic_type)] @type))
  (type_assertion_expression type: (_) @type)]))
(type_spec type: (struct_type (field_declaration_list
  (field_declaration name: (field_identifier) @bind type: (_) @type))))
(const_spec (identifier) @bind)
(const_spec . (identifier) @bind type: (_) @type)
(range_clause left: (expression_list (identifier) @bind) ":=")
(receive_statement left: (expression_list (identifier) @bind) ":=")
(type_switch_statement alias: (expression_list (identifier) @bind))
