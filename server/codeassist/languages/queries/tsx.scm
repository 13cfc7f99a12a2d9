; inherits: typescript
; React calls the components that JSX names.
(jsx_opening_element name: (identifier) @call (#match? @call "^[^a-z]"))
(jsx_opening_element name: (member_expression object: (_) @receiver property: (_) @call))
(jsx_self_closing_element name: (identifier) @call (#match? @call "^[^a-z]"))
(jsx_self_closing_element name: (member_expression object: (_) @receiver property: (_) @call))

; ==== detail ====

; Elements in lower case are HTML's. Their attributes are no identifiers in the grammar.
(jsx_opening_element name: (identifier) @ignore (#match? @ignore "^[a-z]"))
(jsx_self_closing_element name: (identifier) @ignore (#match? @ignore "^[a-z]"))
(jsx_closing_element name: (identifier) @ignore)
(jsx_closing_element name: (member_expression (_) @ignore))
(jsx_namespace_name (identifier) @ignore)
