; A name is behind zero to two levels of pointers or references. Only declarations that stand
; outside of functions define something.
(namespace_definition name: (_) @name body: (_) @body) @definition.namespace

(class_specifier name: [
  (type_identifier) @name
  (template_type name: (type_identifier) @name)
] body: (_) @body) @definition.class
(struct_specifier name: [
  (type_identifier) @name
  (template_type name: (type_identifier) @name)
] body: (_) @body) @definition.struct
(union_specifier name: (type_identifier) @name body: (_) @body) @definition.union
(class_specifier name: (qualified_identifier
  scope: (_) @owner name: (type_identifier) @name) body: (_) @body) @definition.class
(struct_specifier name: (qualified_identifier
  scope: (_) @owner name: (type_identifier) @name) body: (_) @body) @definition.struct
; Enumerators are names of the scope around a plain enum: it has no @body, and so owns none.
(enum_specifier ["class" "struct"] name: (type_identifier) @name body: (_) @body) @definition.enum
(enum_specifier . "enum" . name: (type_identifier) @name body: (_)) @definition.enum
(enumerator name: (identifier) @name) @definition.constant
(type_definition type: (struct_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.struct
(type_definition type: (union_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.union
(type_definition type: (enum_specifier !name)
  declarator: (type_identifier) @name) @definition.enum
(type_definition type: [
    (struct_specifier name: (_) @_tag) (union_specifier name: (_) @_tag)
    (enum_specifier name: (_) @_tag)]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
  ] (#not-eq? @_tag @name)) @definition.type
(type_definition type: [
    (primitive_type) (sized_type_specifier) (type_identifier) (qualified_identifier)
    (template_type) (decltype) (dependent_type)]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
    (array_declarator declarator: (type_identifier) @name)
    (function_declarator declarator:
      (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name)))
  ]) @definition.type
(alias_declaration name: (type_identifier) @name) @definition.type
(concept_definition name: (identifier) @name) @definition.type

; Functions with a return type. `[(compound_statement) (try_statement)]` is what may be a body.
(function_definition type: (_) declarator: [
  (function_declarator declarator: [
    (identifier) @name (field_identifier) @name (operator_name) @name
    (template_function name: (identifier) @name)])
  (pointer_declarator declarator: (function_declarator declarator: [
    (identifier) @name (field_identifier) @name (operator_name) @name]))
  (reference_declarator (function_declarator declarator: [
    (identifier) @name (field_identifier) @name (operator_name) @name]))
  (pointer_declarator declarator: (pointer_declarator declarator:
    (function_declarator declarator: [(identifier) @name (field_identifier) @name])))
] body: (_) @body) @definition.function
(function_definition type: (_) declarator: [
  (function_declarator declarator: [
    (identifier) @name (field_identifier) @name (operator_name) @name])
  (reference_declarator (function_declarator declarator: [
    (identifier) @name (field_identifier) @name (operator_name) @name]))
] [(default_method_clause) (delete_method_clause) (pure_virtual_clause)]) @definition.function
; Members that are written outside of their class.
(function_definition type: (_) declarator: [
  (function_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: [(identifier) @name (operator_name) @name]))
  (pointer_declarator declarator: (function_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: [(identifier) @name (operator_name) @name])))
  (reference_declarator (function_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: [(identifier) @name (operator_name) @name])))
] body: (_) @body) @definition.function
(function_definition type: (_) declarator: [
  (function_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: (qualified_identifier
      scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
      name: [(identifier) @name (operator_name) @name])))
  (reference_declarator (function_declarator declarator: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: (qualified_identifier
      scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
      name: [(identifier) @name (operator_name) @name]))))
] body: (_) @body) @definition.function

; Constructors and destructors have no return type.
(field_declaration_list (function_definition !type
  declarator: (function_declarator declarator: (identifier) @name)
  body: (_) @body) @definition.constructor)
(field_declaration_list (function_definition !type
  declarator: (function_declarator declarator: (identifier) @name)
  [(default_method_clause) (delete_method_clause)]) @definition.constructor)
(field_declaration_list (declaration !type
  declarator: (function_declarator declarator: (identifier) @name)) @definition.constructor)
(field_declaration_list (template_declaration (function_definition !type
  declarator: (function_declarator declarator: (identifier) @name)
  body: (_) @body) @definition.constructor))
(field_declaration_list (template_declaration (declaration !type
  declarator: (function_declarator declarator: (identifier) @name)) @definition.constructor))
(function_definition !type declarator: (function_declarator declarator: (qualified_identifier
  scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
  name: (identifier) @name)) body: (_) @body) @definition.constructor
(function_definition !type declarator: (function_declarator declarator: (qualified_identifier
  scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
  name: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: (identifier) @name))) body: (_) @body) @definition.constructor
(function_definition declarator: (function_declarator declarator: (destructor_name) @name)
  body: (_) @body) @definition.function
(function_definition declarator: (function_declarator declarator: (destructor_name) @name)
  [(default_method_clause) (delete_method_clause)]) @definition.function
(declaration declarator: (function_declarator declarator: (destructor_name) @name))
  @definition.function
(field_declaration declarator: (function_declarator declarator: (destructor_name) @name))
  @definition.function
(function_definition declarator: (function_declarator declarator: (qualified_identifier
  scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
  name: (destructor_name) @name)) body: (_) @body) @definition.function
(function_definition declarator: (function_declarator declarator: (qualified_identifier
  scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
  name: (qualified_identifier
    scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
    name: (destructor_name) @name))) body: (_) @body) @definition.function
(function_definition declarator: (operator_cast type: (_) @name) body: (_) @body)
  @definition.method
; A macro that looks like a function: gtest's `TEST(Suite, name) { … }`.
(translation_unit (function_definition !type
  declarator: (function_declarator declarator: (identifier) @name)
  body: (_) @body) @definition.function)
(declaration_list (function_definition !type
  declarator: (function_declarator declarator: (identifier) @name)
  body: (_) @body) @definition.function)

; Prototypes, members first.
(field_declaration declarator: [
  (function_declarator declarator: [(field_identifier) @name (operator_name) @name])
  (pointer_declarator declarator:
    (function_declarator declarator: [(field_identifier) @name (operator_name) @name]))
  (reference_declarator
    (function_declarator declarator: [(field_identifier) @name (operator_name) @name]))
  (pointer_declarator declarator: (pointer_declarator declarator:
    (function_declarator declarator: (field_identifier) @name)))
]) @definition.function
([
  (translation_unit (declaration type: (_) declarator: [
    (function_declarator declarator: [(identifier) @name (operator_name) @name])
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
    (reference_declarator
      (function_declarator declarator: [(identifier) @name (operator_name) @name]))
  ]) @definition.function)
  (declaration_list (declaration type: (_) declarator: [
    (function_declarator declarator: [(identifier) @name (operator_name) @name])
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
    (reference_declarator
      (function_declarator declarator: [(identifier) @name (operator_name) @name]))
  ]) @definition.function)
  (template_declaration (declaration type: (_) declarator: [
    (function_declarator declarator: [(identifier) @name (operator_name) @name])
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
    (reference_declarator
      (function_declarator declarator: [(identifier) @name (operator_name) @name]))
  ]) @definition.function)
  (translation_unit (_ ["#ifdef" "#ifndef" "#if"] (declaration type: (_) declarator: [
    (function_declarator declarator: [(identifier) @name (operator_name) @name])
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
    (reference_declarator
      (function_declarator declarator: [(identifier) @name (operator_name) @name]))
  ]) @definition.function))
])

([
  (translation_unit (declaration declarator: [
    (identifier) @name
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (identifier) @name)
    (init_declarator declarator: [
      (identifier) @name
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: (identifier) @name)
      (reference_declarator (identifier) @name)
      (qualified_identifier
        scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
        name: (identifier) @name)
    ])
  ]) @definition.variable)
  (declaration_list (declaration declarator: [
    (identifier) @name
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (identifier) @name)
    (init_declarator declarator: [
      (identifier) @name
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: (identifier) @name)
      (reference_declarator (identifier) @name)
      (qualified_identifier
        scope: [(namespace_identifier) @owner (template_type name: (_) @owner)]
        name: (identifier) @name)
    ])
  ]) @definition.variable)
  (template_declaration (declaration declarator: (init_declarator declarator: (identifier) @name))
    @definition.variable)
])
(field_declaration declarator: [
  (field_identifier) @name
  (array_declarator declarator: (field_identifier) @name)
  (array_declarator declarator: (array_declarator declarator: (field_identifier) @name))
  (pointer_declarator declarator: [
    (field_identifier) @name
    (pointer_declarator declarator: (field_identifier) @name)
  ])
  (reference_declarator (field_identifier) @name)
  (function_declarator declarator:
    (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))
]) @definition.field

(preproc_function_def name: (identifier) @name) @definition.macro
(preproc_def name: (identifier) @name value: (_)) @definition.constant
(preproc_def name: (identifier) @name !value
  (#not-match? @name "_(H|HH|HPP|HXX|H_|INCLUDED)_*$")) @definition.constant

(preproc_include path: [(string_literal) (system_lib_string)] @module @all) @import

(call_expression function: [
  (identifier) @call
  (template_function name: (identifier) @call)
  (field_expression argument: (_) @receiver field: [
    (field_identifier) @call
    (template_method name: (field_identifier) @call)
  ])
  (qualified_identifier !scope name: (identifier) @call)
  (qualified_identifier scope: (_) @receiver name: [
    (identifier) @call
    (template_function name: (identifier) @call)
    (qualified_identifier scope: (_) @receiver name: [
      (identifier) @call
      (template_function name: (identifier) @call)
      (qualified_identifier scope: (_) @receiver name: [
        (identifier) @call
        (template_function name: (identifier) @call)
      ])
    ])
  ])
])
(new_expression type: [
  (type_identifier) @call
  (template_type name: (type_identifier) @call)
  (qualified_identifier scope: (_) @receiver name: [
    (type_identifier) @call
    (template_type name: (type_identifier) @call)
  ])
])

; ==== detail ====

; The list behind a name is the function's own; the one behind `(*name)` is a pointer's.
(function_declarator
  declarator: [
    (identifier) (field_identifier) (operator_name) (destructor_name) (qualified_identifier)
    (template_function)]
  parameters: (parameter_list [
    (parameter_declaration type: (_) @type declarator: [
      (identifier) @parameter
      (array_declarator declarator: (identifier) @parameter)
      (pointer_declarator declarator: [
        (identifier) @parameter
        (array_declarator declarator: (identifier) @parameter)
        (pointer_declarator declarator: (identifier) @parameter)
      ])
      (reference_declarator [
        (identifier) @parameter
        (pointer_declarator declarator: (identifier) @parameter)
        (parenthesized_declarator (identifier) @parameter)
        (function_declarator declarator:
          (parenthesized_declarator (pointer_declarator declarator: (identifier) @parameter)))
        (array_declarator declarator: (identifier) @parameter)
      ])
      (reference_declarator (array_declarator declarator:
        (parenthesized_declarator (reference_declarator (identifier) @parameter))))
      (array_declarator declarator:
        (parenthesized_declarator (reference_declarator (identifier) @parameter)))
      (pointer_declarator declarator: (reference_declarator (identifier) @parameter))
      (function_declarator declarator:
        (parenthesized_declarator (pointer_declarator declarator: (identifier) @parameter)))
    ])
    (parameter_declaration declarator: [
      (abstract_pointer_declarator) (abstract_array_declarator) (abstract_reference_declarator)
      (abstract_function_declarator) (abstract_parenthesized_declarator)]) @parameter.unnamed
    (optional_parameter_declaration type: (_) @type declarator: [
      (identifier) @parameter
      (pointer_declarator declarator: (identifier) @parameter)
      (reference_declarator (identifier) @parameter)
      (function_declarator declarator:
        (parenthesized_declarator (pointer_declarator declarator: (identifier) @parameter)))
    ] default_value: (_) @default)
    (variadic_parameter_declaration type: (_) @type declarator: [
      (variadic_declarator (identifier) @parameter.rest)
      (reference_declarator (variadic_declarator (identifier) @parameter.rest))
    ])
    "..." @parameter.unnamed_rest
  ]))
(function_declarator
  declarator: [
    (identifier) (field_identifier) (operator_name) (destructor_name) (qualified_identifier)
    (template_function)]
  parameters: (parameter_list
    (optional_parameter_declaration !declarator default_value: (_) @default) @parameter.unnamed))
(function_declarator
  declarator: [
    (identifier) (field_identifier) (operator_name) (destructor_name) (qualified_identifier)
    (template_function)]
  parameters: (parameter_list
    (parameter_declaration type: (_) @_type !declarator) @parameter.unnamed
    (#not-eq? @_type "void")))
(preproc_params (identifier) @parameter)
(preproc_params "..." @parameter.unnamed_rest)
(function_declarator declarator: (parenthesized_declarator) parameters: (parameter_list
  (parameter_declaration declarator: [
    (identifier) @ignore
    (pointer_declarator declarator: (identifier) @ignore)
    (reference_declarator (identifier) @ignore)
  ])))

(abstract_function_declarator parameters: (parameter_list [
  (parameter_declaration type: [
      (type_identifier) @type (primitive_type) @type (sized_type_specifier) @type
      (qualified_identifier) @type (template_type) @type (placeholder_type_specifier)
    ] declarator: [
      (identifier) @bind
      (pointer_declarator declarator: (identifier) @bind)
      (reference_declarator (identifier) @bind)
    ])
  (optional_parameter_declaration declarator: [
    (identifier) @bind
    (pointer_declarator declarator: (identifier) @bind)
    (reference_declarator (identifier) @bind)
  ])
  (variadic_parameter_declaration declarator: [
    (variadic_declarator (identifier) @bind)
    (reference_declarator (variadic_declarator (identifier) @bind))
  ])
]))
(lambda_capture_initializer left: (identifier) @bind)
(lambda_expression body: (_) @closure)
(requires_expression parameters: (parameter_list (parameter_declaration declarator: [
  (identifier) @bind
  (reference_declarator (identifier) @bind)
])))

(base_class_clause [(type_identifier) (template_type) (qualified_identifier)] @base)
(function_definition type: (_) @returns)
(function_declarator (trailing_return_type (type_descriptor) @returns))
(field_declaration type: (_) @returns declarator: [
  (function_declarator) (pointer_declarator declarator: (function_declarator))
  (reference_declarator (function_declarator))])
(translation_unit (declaration type: (_) @returns declarator: [
  (function_declarator) (pointer_declarator declarator: (function_declarator))
  (reference_declarator (function_declarator))]))
(declaration_list (declaration type: (_) @returns declarator: [
  (function_declarator) (pointer_declarator declarator: (function_declarator))
  (reference_declarator (function_declarator))]))
(attribute_declaration (attribute) @decorator)
(return_statement (_) @result)
(co_yield_statement (_) @result)

(identifier) @use
(type_identifier) @use
(namespace_identifier) @use
(field_initializer . (field_identifier) @use)
(field_expression argument: (_) @receiver field: [
  (field_identifier) @member
  (template_method name: (field_identifier) @member)])
(field_designator (field_identifier) @member) @receiver
(qualified_identifier scope: (_) @receiver name: [
  (identifier) @member
  (type_identifier) @member
  (template_function name: (identifier) @member)
  (template_type name: (type_identifier) @member)
])
(qualified_identifier scope: (_) @receiver
  name: (qualified_identifier scope: (namespace_identifier) @member))
(qualified_identifier scope: (_) @receiver name: (qualified_identifier
  scope: (_) @receiver name: [
    (identifier) @member
    (type_identifier) @member
    (template_function name: (identifier) @member)
    (template_type name: (type_identifier) @member)
  ]))
(qualified_identifier scope: (_) @receiver name: (qualified_identifier scope: (_) @receiver
  name: (qualified_identifier scope: (_) @receiver name: [
    (identifier) @member
    (type_identifier) @member
    (template_function name: (identifier) @member)
    (template_type name: (type_identifier) @member)
  ])))

(call_expression function: [
  (identifier) @callee
  (template_function name: (identifier) @callee)
  (field_expression field: [
    (field_identifier) @callee
    (template_method name: (field_identifier) @callee)])
  (qualified_identifier name: [
    (identifier) @callee
    (template_function name: (identifier) @callee)
    (qualified_identifier name: [
      (identifier) @callee
      (template_function name: (identifier) @callee)
      (qualified_identifier name: [
        (identifier) @callee
        (template_function name: (identifier) @callee)])
    ])
  ])
] arguments: (_) @arguments)
(new_expression type: [
  (type_identifier) @callee
  (template_type name: (type_identifier) @callee)
  (qualified_identifier name: (type_identifier) @callee)
] arguments: (argument_list) @arguments)
; `Foo x(1);` and `Foo x{1};` call the constructor.
(declaration type: [
  (type_identifier) @callee
  (template_type name: (type_identifier) @callee)
  (qualified_identifier name: (type_identifier) @callee)
] declarator: (init_declarator value: (argument_list) @arguments))

(attribute_specifier) @ignore
(attribute_declaration) @ignore
(preproc_def name: (identifier) @ignore)
(using_declaration) @ignore
(using_declaration (qualified_identifier name: [(identifier) (type_identifier)] @bind))
(destructor_name (identifier) @ignore)
(namespace_alias_definition name: (_) @bind)
(friend_declaration (type_identifier) @use)

(type_parameter_declaration (type_identifier) @bind)
(optional_type_parameter_declaration name: (type_identifier) @bind)
(variadic_type_parameter_declaration (type_identifier) @bind)
(template_parameter_list (parameter_declaration declarator: (identifier) @bind))
(template_parameter_list (optional_parameter_declaration declarator: (identifier) @bind))
(template_parameter_list (variadic_parameter_declaration
  declarator: (variadic_declarator (identifier) @bind)))
(template_template_parameter_declaration
  (type_parameter_declaration (type_identifier) @bind))

(declaration
  type: [
    (type_identifier) @type (primitive_type) @type (sized_type_specifier) @type
    (qualified_identifier) @type (template_type) @type
    (struct_specifier name: (_) @type) (class_specifier name: (_) @type)
    (enum_specifier name: (_) @type) (placeholder_type_specifier) (struct_specifier !name)
    (decltype) (dependent_type)
  ]
  declarator: [
    (identifier) @bind
    (array_declarator declarator: (identifier) @bind)
    (pointer_declarator declarator: [
      (identifier) @bind
      (pointer_declarator declarator: (identifier) @bind)
    ])
    (reference_declarator (identifier) @bind)
    (structured_binding_declarator (identifier) @bind)
    (init_declarator
      declarator: [
        (identifier) @bind
        (pointer_declarator declarator: [
          (identifier) @bind
          (pointer_declarator declarator: (identifier) @bind)
        ])
        (reference_declarator (identifier) @bind)
      ]
      value: [
        (identifier) @value (call_expression) @value (field_expression) @value
        (qualified_identifier) @value (new_expression) @value (pointer_expression) @value
        (this) @value (_)
      ])
    (init_declarator declarator: [
      (array_declarator declarator: (identifier) @bind)
      (array_declarator declarator: (array_declarator declarator: (identifier) @bind))
      (function_declarator declarator:
        (parenthesized_declarator (pointer_declarator declarator: (identifier) @bind)))
      (structured_binding_declarator (identifier) @bind)
      (reference_declarator (structured_binding_declarator (identifier) @bind))
    ])
    (function_declarator declarator:
      (parenthesized_declarator (pointer_declarator declarator: (identifier) @bind)))
  ])
; In a body `Foo x(a);` is an object, although it looks like a function.
(compound_statement (declaration type: (_) @type
  declarator: (function_declarator declarator: (identifier) @bind)))
(field_declaration
  type: [
    (type_identifier) @type (primitive_type) @type (sized_type_specifier) @type
    (qualified_identifier) @type (template_type) @type
  ]
  declarator: [
    (field_identifier) @bind
    (array_declarator declarator: (field_identifier) @bind)
    (pointer_declarator declarator: (field_identifier) @bind)
    (reference_declarator (field_identifier) @bind)
  ])
(for_range_loop declarator: [
  (identifier) @bind
  (reference_declarator (identifier) @bind)
  (pointer_declarator declarator: (identifier) @bind)
  (structured_binding_declarator (identifier) @bind)
  (reference_declarator (structured_binding_declarator (identifier) @bind))
])
(catch_clause parameters: (parameter_list (parameter_declaration type: (_) @except declarator: [
  (identifier) @bind
  (reference_declarator (identifier) @bind)
  (pointer_declarator declarator: (identifier) @bind)
])))
(condition_clause value: (declaration declarator: [
  (identifier) @bind
  (pointer_declarator declarator: (identifier) @bind)
]))
