; What JavaScript, TypeScript and TSX have in common. No language of its own: their files inherit it.

; A declaration of one name starts at its keyword; of several, each starts at its own name.
(function_declaration name: (identifier) @name body: (_) @body) @definition.function
(generator_function_declaration name: (identifier) @name body: (_) @body) @definition.function
(lexical_declaration . (variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]) .) @definition.function
(variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)
]) @definition.function
(variable_declarator name: (identifier) @name value: (class body: (_) @body)) @definition.class

(class_body (method_definition name: (property_identifier) @name body: (_) @body)
  @definition.constructor (#eq? @name "constructor"))
(class_body (method_definition ["get" "set"] name: (_) @name body: (_) @body)
  @definition.property)
(class_body (method_definition name: (_) @name body: (_) @body) @definition.method)

; Default exports without a name of their own are named "default", as importers see them.
(export_statement "default" @name value: [
  (arrow_function body: (_) @body)
  (function_expression body: (_) @body)
  (generator_function body: (_) @body)]) @definition.function
(export_statement "default" @name value: (class body: (_) @body)) @definition.class
(export_statement "default" @name value: [
  (array) (await_expression) (binary_expression) (call_expression) (false) (member_expression)
  (new_expression) (null) (number) (object) (parenthesized_expression) (regex) (string)
  (subscript_expression) (template_string) (ternary_expression) (true) (unary_expression)
  (undefined)]) @definition.constant

; An object literal that holds functions is an object with methods. Its other members are not
; listed, so that it is never complete.
(lexical_declaration . (variable_declarator name: (identifier) @name value: (object [
  (method_definition) (pair value: [(arrow_function) (function_expression)])]) @body) .)
  @definition.object
(variable_declarator name: (identifier) @name value: (object [
  (method_definition) (pair value: [(arrow_function) (function_expression)])]) @body)
  @definition.object
(variable_declarator value: (object [
  (method_definition name: (_) @name body: (_) @body)
  (pair key: [(property_identifier) (string)] @name value: [
    (arrow_function body: (_) @body) (function_expression body: (_) @body)])] @definition.method))

(program (lexical_declaration kind: "const"
  (variable_declarator name: [
    (identifier) @name
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: (identifier) @name)
      (pair_pattern value: (assignment_pattern left: (identifier) @name))
      (rest_pattern (identifier) @name)])
    (array_pattern (identifier) @name)])) @definition.constant)
(program (lexical_declaration kind: "let"
  (variable_declarator name: [
    (identifier) @name
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: (identifier) @name)
      (pair_pattern value: (assignment_pattern left: (identifier) @name))
      (rest_pattern (identifier) @name)])
    (array_pattern (identifier) @name)])) @definition.variable)
(program (variable_declaration
  (variable_declarator name: [
    (identifier) @name
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: (identifier) @name)
      (pair_pattern value: (assignment_pattern left: (identifier) @name))
      (rest_pattern (identifier) @name)])
    (array_pattern (identifier) @name)])) @definition.variable)
(export_statement declaration: (lexical_declaration kind: "const"
  (variable_declarator name: [
    (identifier) @name
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: (identifier) @name)
      (pair_pattern value: (assignment_pattern left: (identifier) @name))
      (rest_pattern (identifier) @name)])
    (array_pattern (identifier) @name)])) @definition.constant)
(export_statement declaration: (lexical_declaration kind: "let"
  (variable_declarator name: [
    (identifier) @name
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: (identifier) @name)
      (pair_pattern value: (assignment_pattern left: (identifier) @name))
      (rest_pattern (identifier) @name)])
    (array_pattern (identifier) @name)])) @definition.variable)
(export_statement declaration: (variable_declaration
  (variable_declarator name: [
    (identifier) @name
    (object_pattern [
      (shorthand_property_identifier_pattern) @name
      (object_assignment_pattern left: (shorthand_property_identifier_pattern) @name)
      (pair_pattern value: (identifier) @name)
      (pair_pattern value: (assignment_pattern left: (identifier) @name))
      (rest_pattern (identifier) @name)])
    (array_pattern (identifier) @name)])) @definition.variable)

; CommonJS and constructor functions.
(expression_statement (assignment_expression
  left: (member_expression object: (_) @_object property: (property_identifier) @name)
  right: [(function_expression body: (_) @body) (arrow_function body: (_) @body)
    (class body: (_) @body)])
  (#match? @_object "^(module\\.)?exports$")) @definition.function
(expression_statement (assignment_expression
  left: (member_expression
    object: (member_expression object: (identifier) @owner property: (_) @_prototype)
    property: (property_identifier) @name)
  right: [(function_expression body: (_) @body) (arrow_function body: (_) @body)])
  (#eq? @_prototype "prototype")) @definition.method

(import_statement (import_clause (identifier) @imported.default @alias) source: (string) @module)
  @import
(import_statement (import_clause (namespace_import (identifier) @alias)) source: (string) @module)
  @import
(import_statement (import_clause (named_imports
  (import_specifier name: (_) @imported alias: (identifier)? @alias))) source: (string) @module)
  @import
(import_statement . "import" . source: (string) @module) @import

(variable_declarator name: (identifier) @alias value: [
    (call_expression function: (identifier) @_require arguments: (arguments . (string) @module .))
    (await_expression
      (call_expression function: (import) @_import arguments: (arguments . (string) @module)))] (#eq? @_require "require") (#eq? @_import "import")) @import
(variable_declarator name: (identifier) @alias value: (member_expression
    object: (call_expression
      function: (identifier) @_require arguments: (arguments . (string) @module .))
    property: (property_identifier) @imported) (#eq? @_require "require")) @import
(variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @imported
    (object_assignment_pattern left: (shorthand_property_identifier_pattern) @imported)
    (pair_pattern key: (property_identifier) @imported value: (identifier) @alias)
    (pair_pattern key: (property_identifier) @imported
      value: (assignment_pattern left: (identifier) @alias))])
  value: [
    (call_expression function: (identifier) @_require arguments: (arguments . (string) @module .))
    (await_expression
      (call_expression function: (import) @_import arguments: (arguments . (string) @module)))] (#eq? @_require "require") (#eq? @_import "import")) @import
(call_expression function: (import) arguments: (arguments . (string) @module)) @import
(call_expression function: (identifier) @_require arguments: (arguments . (string) @module .) (#eq? @_require "require")) @import

(export_statement (export_clause
  (export_specifier name: (_) @imported alias: (_)? @alias)) source: (string) @module) @reexport
(export_statement (namespace_export (_) @alias) source: (string) @module) @reexport
(export_statement "*" @all source: (string) @module) @reexport
; Without a module, in this very file: the exported name stands for the local one.
(export_statement (export_clause (export_specifier name: (_) @imported alias: (_) @alias)) !source (#not-eq? @imported @alias)) @reexport
(export_statement "default" @alias value: (identifier) @imported) @reexport
(export_statement "default" @alias declaration: (_ name: (_) @imported)) @reexport

(call_expression function: (identifier) @call)
(call_expression function: (member_expression object: (_) @receiver property: (_) @call))
(new_expression constructor: (identifier) @call)
(new_expression constructor: (member_expression object: (_) @receiver property: (_) @call))

; ==== detail ====

(arrow_function parameter: (identifier) @parameter body: (_) @body)
[(arrow_function body: (_) @closure)
 (function_expression body: (_) @closure)
 (generator_function body: (_) @closure)
 (method_definition body: (_) @closure)]
(arrow_function
  body: [(identifier) (call_expression) (new_expression) (member_expression) (await_expression)]
    @result)
(return_statement (_) @result)
(yield_expression (_) @result)

(identifier) @use
(shorthand_property_identifier) @use
(member_expression object: (_) @receiver property: (_) @member)
(call_expression function: (identifier) @callee arguments: (arguments) @arguments)
(call_expression function: (member_expression property: (_) @callee)
  arguments: (arguments) @arguments)
(new_expression constructor: (identifier) @callee arguments: (arguments) @arguments)
(new_expression constructor: (member_expression property: (_) @callee)
  arguments: (arguments) @arguments)

(variable_declarator name: (identifier) @bind value: (_)? @value)
(assignment_expression left: (identifier) @bind right: (_) @value)
(assignment_expression
  left: (member_expression object: (_) @receiver property: (_) @bind.member) right: (_) @value)
(object_pattern (shorthand_property_identifier_pattern) @bind)
(object_pattern
  (object_assignment_pattern left: (shorthand_property_identifier_pattern) @bind))
(pair_pattern value: (identifier) @bind)
(pair_pattern value: (assignment_pattern left: (identifier) @bind))
(array_pattern (identifier) @bind)
(array_pattern (assignment_pattern left: (identifier) @bind))
(rest_pattern (identifier) @bind)
(for_in_statement left: (identifier) @bind)
(catch_clause parameter: (identifier) @bind)
(function_expression name: (identifier) @bind)
(generator_function name: (identifier) @bind)

(import_clause (identifier) @ignore)
(namespace_import (identifier) @ignore)
(import_specifier (identifier) @ignore)
(namespace_export (identifier) @ignore)
(export_specifier alias: (identifier) @ignore)
(export_statement (export_clause (export_specifier (identifier) @ignore)) source: (string))

(program (export_statement declaration: (_ name: (_) @export)) @_whole
  (#not-match? @_whole "^export\\s+default\\b"))
(program (export_statement declaration: (_ (variable_declarator name: (identifier) @export))))
(program (export_statement declaration: (_ (variable_declarator name: (object_pattern [
    (shorthand_property_identifier_pattern) @export
    (object_assignment_pattern left: (shorthand_property_identifier_pattern) @export)
    (pair_pattern value: (identifier) @export)
    (pair_pattern value: (assignment_pattern left: (identifier) @export))
    (rest_pattern (identifier) @export)])))))
(program (export_statement
  declaration: (_ (variable_declarator name: (array_pattern (identifier) @export)))))
(export_statement (export_clause (export_specifier name: (_) @export !alias)))
(export_statement (export_clause (export_specifier alias: (_) @export)))
(export_statement (namespace_export (_) @export))
(export_statement "default" @export)
