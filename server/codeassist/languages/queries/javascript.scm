; inherits: ecmascript
(class_declaration name: (identifier) @name body: (_) @body) @definition.class
(class_body (field_definition property: (_) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body)]) @definition.method)
(class_body (field_definition property: (_) @name) @definition.field)

; React calls the components that JSX names.
(jsx_opening_element name: (identifier) @call (#match? @call "^[^a-z]"))
(jsx_opening_element name: (member_expression object: (_) @receiver property: (_) @call))
(jsx_self_closing_element name: (identifier) @call (#match? @call "^[^a-z]"))
(jsx_self_closing_element name: (member_expression object: (_) @receiver property: (_) @call))

; ==== detail ====

(_ parameters: (formal_parameters [(identifier) (object_pattern) (array_pattern)] @parameter)
  body: (_) @body)
(_ parameters: (formal_parameters (assignment_pattern left: (_) @parameter right: (_) @default))
  body: (_) @body)
(_ parameters: (formal_parameters (rest_pattern (_) @parameter.rest)) body: (_) @body)

(class_heritage (_) @base)
(class_body (method_definition decorator: (decorator (_) @decorator)))
(class_body (field_definition decorator: (decorator (_) @decorator)))
(class_declaration decorator: (decorator (_) @decorator))
(export_statement decorator: (decorator (_) @decorator))
(class_body (field_definition property: (_) @bind value: (_)? @value))
(class name: (identifier) @bind)

; Elements in lower case are HTML's. Their attributes are no identifiers in the grammar.
(jsx_opening_element name: (identifier) @ignore (#match? @ignore "^[a-z]"))
(jsx_self_closing_element name: (identifier) @ignore (#match? @ignore "^[a-z]"))
(jsx_closing_element name: (identifier) @ignore)
(jsx_closing_element name: (member_expression (_) @ignore))
(jsx_namespace_name (identifier) @ignore)
