; A name is behind zero to three levels of pointers. Only declarations that stand outside of
; functions define something; the folders of those are listed, because queries cannot exclude one.
(function_definition
  declarator: [
    (function_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
    (pointer_declarator declarator:
      (pointer_declarator declarator: (function_declarator declarator: (identifier) @name)))
  ]
  body: (_) @body) @definition.function

(translation_unit (declaration declarator: [
  (function_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
  (pointer_declarator declarator:
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name)))
]) @definition.function)
(linkage_specification body: (_ (declaration declarator: [
  (function_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
  (pointer_declarator declarator:
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name)))
]) @definition.function))
(preproc_ifdef (declaration declarator: [
  (function_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
  (pointer_declarator declarator:
    (pointer_declarator declarator: (function_declarator declarator: (identifier) @name)))
]) @definition.function)
(preproc_if (declaration declarator: [
  (function_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
]) @definition.function)
(preproc_else (declaration declarator: [
  (function_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
]) @definition.function)
(preproc_elif (declaration declarator: [
  (function_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))
]) @definition.function)

(translation_unit (declaration declarator: [
  (identifier) @name
  (array_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (identifier) @name)
  (init_declarator declarator: [
    (identifier) @name
    (array_declarator declarator: (identifier) @name)
    (array_declarator declarator: (array_declarator declarator: (identifier) @name))
    (pointer_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (array_declarator declarator: (identifier) @name))
  ])
  (function_declarator declarator:
    (parenthesized_declarator (pointer_declarator declarator: (identifier) @name)))
]) @definition.variable)
(linkage_specification body: (_ (declaration declarator: [
  (identifier) @name
  (array_declarator declarator: (identifier) @name)
  (pointer_declarator declarator: (identifier) @name)
]) @definition.variable))
; Under `#if` in the file or in a header's guard, but not in a function.
(translation_unit (_ ["#ifdef" "#ifndef" "#if"]
  (declaration declarator: [
    (identifier) @name
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (identifier) @name)
    (init_declarator declarator: [
      (identifier) @name
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: [
        (identifier) @name
        (array_declarator declarator: (identifier) @name)
      ])
    ])
  ]) @definition.variable))
(translation_unit (_ ["#ifdef" "#ifndef" "#if"] (_ ["#ifdef" "#ifndef" "#if" "#else" "#elif"]
  (declaration declarator: [
    (identifier) @name
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (identifier) @name)
    (init_declarator declarator: [
      (identifier) @name
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: [
        (identifier) @name
        (array_declarator declarator: (identifier) @name)
      ])
    ])
  ]) @definition.variable)))
(linkage_specification body: (_ (_ ["#ifdef" "#ifndef" "#if"]
  (declaration declarator: [
    (identifier) @name
    (array_declarator declarator: (identifier) @name)
    (pointer_declarator declarator: (identifier) @name)
    (init_declarator declarator: [
      (identifier) @name
      (array_declarator declarator: (identifier) @name)
      (pointer_declarator declarator: [
        (identifier) @name
        (array_declarator declarator: (identifier) @name)
      ])
    ])
  ]) @definition.variable)))

(struct_specifier name: (type_identifier) @name body: (_) @body) @definition.struct
(union_specifier name: (type_identifier) @name body: (_) @body) @definition.union
; Enumerators are names of the scope around the enum: it has no @body, so that it does not own them.
(enum_specifier name: (type_identifier) @name body: (_)) @definition.enum
(enumerator name: (identifier) @name) @definition.constant
(type_definition type: (struct_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.struct
(type_definition type: (union_specifier !name body: (_) @body)
  declarator: (type_identifier) @name) @definition.union
(type_definition type: (enum_specifier !name)
  declarator: (type_identifier) @name) @definition.enum
; `typedef struct x {…} x;` defines one name, not two.
(type_definition type: [
    (struct_specifier name: (_) @_tag) (union_specifier name: (_) @_tag)
    (enum_specifier name: (_) @_tag)]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
  ] (#not-eq? @_tag @name)) @definition.type
(type_definition type: [(primitive_type) (sized_type_specifier) (type_identifier)]
  declarator: [
    (type_identifier) @name
    (pointer_declarator declarator: (type_identifier) @name)
    (array_declarator declarator: (type_identifier) @name)
  ]) @definition.type
(type_definition declarator: [
  (function_declarator declarator: [
    (type_identifier) @name
    (parenthesized_declarator (type_identifier) @name)
    (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name))
  ])
  (pointer_declarator declarator: (function_declarator declarator:
    (parenthesized_declarator (pointer_declarator declarator: (type_identifier) @name))))
]) @definition.type

(field_declaration declarator: [
  (field_identifier) @name
  (array_declarator declarator: (field_identifier) @name)
  (array_declarator declarator: (array_declarator declarator: (field_identifier) @name))
  (pointer_declarator declarator: [
    (field_identifier) @name
    (array_declarator declarator: (field_identifier) @name)
    (pointer_declarator declarator: (field_identifier) @name)
    (function_declarator declarator:
      (parenthesized_declarator (pointer_declarator declarator: (field_identifier) @name)))
  ])
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
  (field_expression argument: (_) @receiver field: (field_identifier) @call)
])

; ==== detail ====

; The list behind a name is the function's own; the one behind `(*name)` is a pointer's.
(function_declarator declarator: (identifier) parameters: (parameter_list [
  (parameter_declaration type: (_) @type declarator: [
    (identifier) @parameter
    (array_declarator declarator: (identifier) @parameter)
    (array_declarator declarator: (array_declarator declarator: (identifier) @parameter))
    (pointer_declarator declarator: [
      (identifier) @parameter
      (array_declarator declarator: (identifier) @parameter)
      (pointer_declarator declarator: [
        (identifier) @parameter
        (pointer_declarator declarator: (identifier) @parameter)
      ])
    ])
    (function_declarator declarator: [
      (identifier) @parameter
      (parenthesized_declarator (pointer_declarator declarator: (identifier) @parameter))
    ])
    (pointer_declarator declarator: (function_declarator declarator:
      (parenthesized_declarator (pointer_declarator declarator: (identifier) @parameter))))
  ])
  (parameter_declaration declarator: [
    (abstract_pointer_declarator) (abstract_array_declarator) (abstract_function_declarator)
    (abstract_parenthesized_declarator)]) @parameter.unnamed
  (variadic_parameter) @parameter.unnamed_rest
  (identifier) @parameter
]))
(function_declarator declarator: (identifier) parameters: (parameter_list
  (parameter_declaration type: (_) @_type !declarator) @parameter.unnamed
  (#not-eq? @_type "void")))
; `int f();` says nothing about the parameters, unlike `int f(void);`.
(declaration declarator: (function_declarator declarator: (identifier)
  parameters: (parameter_list . "(" . ")" .) @parameter.unnamed_rest))
(preproc_params (identifier) @parameter)
(preproc_params "..." @parameter.unnamed_rest)

; Names of parameters of pointers to functions are bound nowhere.
(function_declarator declarator: (parenthesized_declarator) parameters: (parameter_list
  (parameter_declaration declarator: [
    (identifier) @ignore
    (pointer_declarator declarator: (identifier) @ignore)
    (pointer_declarator declarator: (pointer_declarator declarator: (identifier) @ignore))
    (array_declarator declarator: (identifier) @ignore)
  ])))

(function_definition type: (_) @returns)
(declaration type: (_) @returns declarator: [
  (function_declarator declarator: (identifier))
  (pointer_declarator declarator: (function_declarator declarator: (identifier)))
])
(return_statement (_) @result)

(identifier) @use
(type_identifier) @use
(field_expression argument: (_) @receiver field: (field_identifier) @member)
(field_designator (field_identifier) @member) @receiver
(call_expression function: (identifier) @callee arguments: (_) @arguments)
(call_expression function: (field_expression field: (field_identifier) @callee)
  arguments: (_) @arguments)
(attribute_specifier) @ignore
(preproc_def name: (identifier) @ignore)

(declaration
  type: [
    (type_identifier) @type (primitive_type) @type (sized_type_specifier) @type
    (struct_specifier name: (_) @type) (union_specifier name: (_) @type)
    (enum_specifier name: (_) @type) (struct_specifier !name) (union_specifier !name)
    (enum_specifier !name) (macro_type_specifier)
  ]
  declarator: [
    (identifier) @bind
    (array_declarator declarator: (identifier) @bind)
    (array_declarator declarator: (array_declarator declarator: (identifier) @bind))
    (pointer_declarator declarator: [
      (identifier) @bind
      (array_declarator declarator: (identifier) @bind)
      (pointer_declarator declarator: (identifier) @bind)
    ])
    (function_declarator declarator:
      (parenthesized_declarator (pointer_declarator declarator: (identifier) @bind)))
    (init_declarator
      declarator: [
        (identifier) @bind
        (pointer_declarator declarator: [
          (identifier) @bind
          (pointer_declarator declarator: (identifier) @bind)
        ])
        (function_declarator declarator:
          (parenthesized_declarator (pointer_declarator declarator: (identifier) @bind)))
      ]
      value: (_) @value)
    (init_declarator declarator: [
      (array_declarator declarator: (identifier) @bind)
      (array_declarator declarator: (array_declarator declarator: (identifier) @bind))
      (pointer_declarator declarator: (array_declarator declarator: (identifier) @bind))
    ])
  ])
(field_declaration
  type: [
    (type_identifier) @type (primitive_type) @type (sized_type_specifier) @type
    (struct_specifier name: (_) @type) (union_specifier name: (_) @type)
    (enum_specifier name: (_) @type)
  ]
  declarator: [
    (field_identifier) @bind
    (pointer_declarator declarator: (field_identifier) @bind)
    (pointer_declarator declarator: (pointer_declarator declarator: (field_identifier) @bind))
  ])
