"""False alarms of CA101 to CA105 on merged commits of real repositories, in their smallest form.

Every commit compiled, so that each finding was wrong; the case beside it is the nearest one in
which the finding is right.
"""

from marked import check

# Java


def test_java_a_member_that_a_new_base_class_of_this_repository_has() -> None:
    before = """\
=== src/a/Mocked.java
package a;

public class Mocked {
    private final int control;
    int get() { return control; }
    void stop() { assertOpen(); }
    void assertOpen() { }
}
"""
    scoped = """\
=== src/a/Scoped.java
package a;

public class Scoped {
    protected final int control;
    void assertOpen() { }
}
"""
    after = """\
=== src/a/Mocked.java
package a;

public class Mocked extends Scoped {
    int get() { return control; }
    void stop() { assertOpen(); }
}
"""
    check("CA101", before, after + scoped)
    check("CA101", before, after.replace("extends Scoped", "extends elsewhere.Scoped"))
    alone = after.replace(" extends Scoped", "")
    alone = alone.replace("return control", "return «control»").replace("{ assert", "{ «assert")
    check("CA101", before, alone.replace("Open();", "Open»();"))


def test_java_an_overload_that_the_class_inherits() -> None:
    before = """\
=== src/a/Base.java
package a;

abstract class Base {
    abstract int load();
    abstract int load(String type);
}
=== src/a/Some.java
package a;

class Some extends Base {
}
"""
    after = """\
=== src/a/Some.java
package a;

class Some extends Base {
    int load(String type) { return load(); }
    int twice() { return «load(1, 2)»; }
}
"""
    check("CA104", before, after)


def test_java_an_overload_may_come_from_a_base_elsewhere() -> None:
    before = "=== src/a/Some.java\npackage a;\n\nclass Some extends other.Base {\n}\n"
    after = """\
=== src/a/Some.java
package a;

class Some extends other.Base {
    int load(String type) { return load(); }
}
"""
    check("CA104", before, after)
    ours = after.replace(" extends other.Base", "").replace("return load()", "return «load()»")
    check("CA104", before, ours)


def test_java_a_getter_that_lombok_writes() -> None:
    before = """\
=== src/a/Order.java
package a;

public class Order {
    private int size;
    public int getSize() { return size; }
}
=== src/a/Shop.java
package a;

class Shop {
    int total(Order order) { return order.getSize(); }
}
"""
    with_lombok = """\
=== src/a/Order.java
package a;

import lombok.Getter;

@Getter
public class Order {
    private int size;
}
"""
    check("CA101", before, with_lombok)
    without = with_lombok.replace("import lombok.Getter;\n\n@Getter\n", "")
    use = """\
=== src/a/Shop.java
package a;

class Shop {
    int total(Order order) { return order.«getSize»(); }
}
"""
    check("CA101", before, without + use)


def test_java_a_package_that_is_gone_as_a_whole() -> None:
    before = """\
=== src/main/java/a/util/Versions.java
package a.util;

public class Versions { }
=== src/main/java/a/App.java
package a;

import a.util.Versions;

class App { Versions v; }
=== pom.xml
<project/>
"""
    after = "=== src/main/java/a/util/Versions.java (deleted)\n"
    # Vendored classes became a dependency.
    check("CA101", before, after + "=== pom.xml\n<project>versions</project>\n")
    use = "=== src/main/java/a/App.java\npackage a;\n\nimport a.util.«Versions»;\n\n"
    use += "class App { Versions v; }\n"
    check("CA101", before, after + use)


def test_java_a_removed_class_where_others_may_be_generated() -> None:
    before = """\
=== pom.xml
<project>protobuf-maven-plugin</project>
=== src/main/java/a/util/Versions.java
package a.util;

public class Versions { }
=== src/main/java/a/util/Other.java
package a.util;

public class Other { }
=== src/main/java/a/App.java
package a;

import a.util.Versions;

class App { Versions v; }
"""
    after = """\
=== src/main/java/a/util/Versions.java (deleted)
=== src/main/java/a/App.java
package a;

import a.util.«Versions»;

class App { Versions v; }
"""
    check("CA101", before, after)
    # What never was here may be generated, so that an import of it proves nothing.
    new = "=== src/main/java/a/App.java\npackage a;\n\nimport a.util.OrderProto;\n\nclass App { }\n"
    check("CA103", before, new)


def test_java_a_static_import_from_a_class_with_an_annotation() -> None:
    util = """\
=== src/a/Util.java
package a;
{imported}
@SuppressWarnings("unchecked")
public class Util {{
    public static void run() {{ }}
}}
"""
    use = "=== src/b/App.java\npackage b;\n\nimport static a.Util.«walk»;\n\nclass App {{ }}\n"
    check("CA103", util.format(imported=""), use)
    silent = use.replace("«", "").replace("»", "")
    check("CA103", util.format(imported="\nimport lombok.Getter;\n"), silent)


# Kotlin

JSON_WRITER_JAVA = """\
=== src/main/java/a/Writer.java
package a;

public class Writer {
    public void setIndent(String indent) { }
}
=== src/test/java/a/WriterTest.java
package a;

class WriterTest {
    void test(Writer writer) { writer.setIndent(" "); }
}
"""


def test_kotlin_a_property_is_an_accessor_to_java() -> None:
    after = """\
=== src/main/java/a/Writer.java (deleted)
=== src/main/java/a/Writer.kt
package a

class Writer {
  var indent: String = ""
}
"""
    check("CA101", JSON_WRITER_JAVA, after)


def test_kotlin_a_file_of_functions_is_a_class_to_java() -> None:
    before = """\
=== src/main/java/a/Util.java
package a;

public class Util {
    public static void run() { }
}
=== src/main/java/b/App.java
package b;

import a.Util;

class App { void go() { Util.run(); } }
"""
    facade = '=== src/main/java/a/Util.kt\n@file:JvmName("Util")\npackage a\n\nfun run() {}\n'
    gone = "=== src/main/java/a/Util.java (deleted)\n"
    check("CA101", before, gone + facade)
    use = """\
=== src/main/java/b/App.java
package b;

import a.«Util»;

class App { void go() { Util.run(); } }
"""
    check("CA101", before, gone + facade.replace('@file:JvmName("Util")\n', "") + use)


def test_kotlin_the_bare_name_of_an_extension_is_something_else() -> None:
    before = """\
=== src/a/Api.kt
package a

fun Collection<Modifier>.visibility(): Modifier = first()

fun Target.isVisible(): Boolean { return visibility == 1 }
"""
    after = """\
=== src/a/Api.kt
package a

fun Target.isVisible(): Boolean { return visibility == 1 }
"""
    check("CA101", before, after)


def test_kotlin_an_extension_that_calls_a_member_of_its_name() -> None:
    before = "=== src/a/Ksp.kt\npackage a\n"
    after = "=== src/a/Ksp.kt\npackage a\n\nfun Declaration.asType() = asType(emptyList())\n"
    check("CA104", before, after)
    plain = "=== src/a/Ksp.kt\npackage a\n\nfun asType() = 1\n\nfun other() = «asType(2)»\n"
    check("CA104", before, plain)


def test_kotlin_a_function_of_the_standard_library_beside_a_method() -> None:
    before = "=== src/a/Types.kt\npackage a\n\nobject Types {\n"
    method = "  fun arrayOf(type: Type): Int = 1\n  fun copyOf(type: Type): Int = 1\n"
    after = before + method + "  fun two() = arrayOf(1, 2)\n  fun wrong() = «copyOf(1, 2)»\n}\n"
    check("CA104", before + method + "}\n", after)


# Go


def test_go_a_field_name_that_objects_of_other_packages_have_too() -> None:
    before = """\
=== go.mod
module example.com/m
=== remote/api.go
package remote

import "net/http"

type Response struct {
	StatusCode int
}

func use(resp *http.Response) int { return resp.StatusCode }
=== push/push.go
package push

import "net/http"

func push(resp *http.Response) int { return resp.StatusCode }
"""
    after = """\
=== remote/api.go
package remote

import "net/http"

type Response struct {
	statusCode int
}

func use(resp *http.Response) int { return resp.StatusCode }
"""
    check("CA101", before, after)


def test_go_a_function_for_each_platform() -> None:
    before = """\
=== go.mod
module example.com/m
=== p/mem_linux.go
package p

func memory(pid int) int { return pid }
=== p/mem_windows.go
package p

func memory(pid int, handle int) int { return pid }
=== p/use.go
package p
"""
    after = """\
=== p/use_windows.go
package p

func use() int { return memory(1, 2) }

func wrong() int { return «memory(1, 2, 3)» }
"""
    check("CA104", before, after)


GO_MOD = "=== go.mod\nmodule example.com/m\n"


def test_go_a_type_that_the_language_has_by_now() -> None:
    before = GO_MOD + "=== a/any.go\npackage a\n\ntype any = interface{}\n\ntype mine = int\n"
    use = "=== a/a.go\npackage a\n\nfunc f(x any, y mine) {}\n"
    after = "=== a/any.go\npackage a\n=== a/a.go\npackage a\n\nfunc f(x any, y «mine») {}\n"
    check("CA101", before + use, after)


def test_go_a_method_by_its_type_takes_the_object_too() -> None:
    before = GO_MOD + "=== a/a.go\npackage a\n\ntype T struct{}\n\nfunc (t T) M(a int) {}\n"
    after = """\
=== a/b.go
package a

func use() {
	T.M(T{}, 1)
	var t T
	t.«M(2, 3)»
}
"""
    check("CA104", before, after)


def test_go_embedding_is_no_overriding() -> None:
    before = """\
=== go.mod
module example.com/m
=== a/a.go
package a

type Base struct{}

func (b Base) Run(a int) {}

type T struct{ Base }

func (t T) Run(a int) { t.Base.Run(a) }
"""
    after = """\
=== a/a.go
package a

type Base struct{}

func (b Base) Run(a, b int) {}

type T struct{ Base }

func (t T) Run(a int) { t.Base.Run(a, 1) }
"""
    check("CA105", before, after)


def test_go_a_module_that_is_fetched_from_now_on() -> None:
    before = """\
=== go.mod
module example.com/m
=== sub/go.mod
module example.com/m/sub
=== sub/a.go
package sub

func F() {}
=== a/a.go
package a

import "example.com/m/sub"

func use() { sub.F() }
"""
    gone = "=== sub/go.mod (deleted)\n=== sub/a.go (deleted)\n"
    check("CA101", before, gone + GO_MOD + "require example.com/m/sub v1.2.3\n")
    use = """\
=== a/a.go
package a

import "example.com/m/sub"

func use() { sub.«F»() }
"""
    check("CA101", before, gone + use)


def test_go_a_field_of_an_object_from_elsewhere() -> None:
    before = """\
=== go.mod
module example.com/m
=== a/a.go
package a

type Opts struct{ IdleTimeout int }
=== b/b.go
package b

import (
	"example.com/m/a"
	"net/http"
)

func f(s *http.Server) int {
	other := http.NewServer()
	_ = a.Opts{}
	return s.IdleTimeout + other.IdleTimeout
}
"""
    check("CA101", before, "=== a/a.go\npackage a\n\ntype Opts struct{}\n")


# TypeScript


def test_typescript_an_enum_that_became_an_object() -> None:
    before = """\
=== a.ts
export enum Color { DarkRed, Blue }
=== b.ts
import { Color } from './a';
console.log(Color.DarkRed);
"""
    after = """\
=== a.ts
export const Color = { DarkRed: 0, Blue: 1 } as const;
export type Color = (typeof Color)[keyof typeof Color];
"""
    check("CA101", before, after)
    use = "=== b.ts\nimport { Color } from './a';\nconsole.log(Color.«DarkRed»);\n"
    check("CA101", before, "=== a.ts\nexport enum Color { Blue }\n" + use)


def test_typescript_a_member_that_another_file_declares() -> None:
    before = """\
=== a.ts
export class Shape { area() {} }
=== b.ts
import { Shape } from './a';
export const f = (shape: Shape) => shape.area();
"""
    augmented = """\
=== area.ts
import { Shape } from './a';
declare module './a' { interface Shape { area(): void } }
Shape.prototype.area = function () {};
"""
    gone = "=== a.ts\nexport class Shape { }\n"
    check("CA101", before, gone + augmented)
    use = "=== b.ts\nimport { Shape } from './a';\n"
    check("CA101", before, gone + use + "export const f = (shape: Shape) => shape.«area»();\n")


def test_typescript_an_index_signature() -> None:
    before = "=== a.ts\nexport interface A { size: number }\nexport const f = (a: A) => a.size;\n"
    after = "=== a.ts\nexport interface A { [key: string]: number }\n"
    check("CA101", before, after + "export const f = (a: A) => a.size;\n")


def test_typescript_an_override_may_take_less() -> None:
    before = "=== a.ts\nclass A { m(a: number) {} }\nclass B extends A { m(a: number) {} }\n"
    check("CA105", before, before.replace("A { m(a: number)", "A { m(a: number, b: number)", 1))
    more = before.replace("extends A { m(a: number)", "extends A { «m(a: number, b: number)»")
    check("CA105", before, more)


def test_typescript_a_method_in_the_type_of_a_result() -> None:
    before = "=== a.ts\n"
    after = """\
=== a.ts
const isBuffer = (value: unknown): value is Bytes & { equals(other: Bytes): boolean } => true;
function read(from: { get(key: string, kind: string): string }) { return from; }
interface Store { get(key: string, kind: string): string }
export function use(store: Store) {
  isBuffer(1);
  read(2);
  «read(3, 4)»;
  store.«get('one')»;
}
"""
    check("CA104", before, after)


def test_code_in_a_folder_of_test_data() -> None:
    check("CA103", "=== a.ts\n", "=== __fixtures__/hooks.ts\nimport { trpc } from './trpc';\n")
    check("CA103", "=== a.ts\n", "=== src/hooks.ts\nimport { «trpc» } from './trpc';\n")


# Others


def test_c_a_definition_that_the_parser_loses() -> None:
    before = """\
=== base.h
int check(int value) { return value; }
int other();
=== use.c
#include "base.h"
int f() { return check(1); }
"""
    # The grammar of C makes no function of this.
    lost = """\
=== base.h
template <class T> constexpr auto check(T value) -> T { return value; }
int other();
"""
    check("CA101", before, lost)
    use = '=== use.c\n#include "base.h"\nint f() { return «check»(1); }\n'
    check("CA101", before, "=== base.h\nint other();\n" + use)


def test_rust_the_object_is_no_argument() -> None:
    before = '=== Cargo.toml\n[package]\nname = "x"\n=== src/lib.rs\npub struct A;\n'
    after = """\
=== src/lib.rs
pub struct A;
impl A {
    fn m(&self, a: i32) {}
    fn ok(&self) {
        self.m(1);
        A::m(self, 1);
        self.«m()»;
    }
}
"""
    check("CA104", before, after)


def test_swift_a_trailing_closure_after_arguments() -> None:
    before = "=== a.swift\nfunc run(after time: Int, on queue: Int, then body: () -> Void) {}\n"
    after = """\
=== a.swift
func run(after time: Int, on queue: Int, then body: () -> Void) {}
func use() {
    run(after: 1, on: 2) { print("x") }
    «run(before: 1, on: 2) { print("x") }»
}
"""
    check("CA104", before, after)


def test_swift_an_initializer_beside_those_of_a_class_from_elsewhere() -> None:
    before = "=== a.swift\n"
    after = """\
=== a.swift
extension HTTPURLResponse {
    convenience init(status: Int) { self.init(url: 1, statusCode: status) }
}
"""
    check("CA104", before, after)


def test_scala_a_named_argument_in_its_own_place() -> None:
    before = "=== a.scala\nobject A {\n  def f(a: Int, b: Int, c: Int): Int = a\n}\n"
    after = """\
=== a.scala
object A {
  def f(a: Int, b: Int, c: Int): Int = a
  def g: Int = f(1, b = 2, 3)
}
"""
    check("CA104", before, after)


def test_scala_a_word_that_collections_have_too() -> None:
    before = """\
=== a.scala
class PermSet {
  def iterator: Int = 1
}
class Other {
  def f(xs: Seq[Int]) = xs.iterator
}
"""
    check("CA101", before, before.replace("  def iterator: Int = 1\n", ""))


CREATE = """\
=== zip.py
def create(sources, level, out):
    return out

def main():
    return create(
        1,
        2,
        3,
    )
"""


def test_a_call_over_several_lines_that_the_change_adapts() -> None:
    after = CREATE.replace("level, out", "level, links, out")
    check(
        "CA102",
        CREATE.replace("out):", "out, *more):"),
        after.replace("        3,", "        3,\n        4,"),
    )


def test_an_argument_of_the_rest_that_now_reaches_a_parameter() -> None:
    before = """\
=== go.mod
module example.com/m
=== a/a.go
package a

func Serve(store int, opts ...int) {}
=== a/b.go
package a

func use() { Serve(1, 2) }
"""
    after = """\
=== a/a.go
package a

func Serve(store int, kinds int, opts ...int) {}
=== a/b.go
package a

func use() { «Serve(1, 2)» }
"""
    check("CA102", before, after)


def test_a_removed_file_without_definitions() -> None:
    before = "=== a.ts\nimport './b';\n=== b.ts\n// Nothing.\n"
    check("CA101", before, "=== b.ts (deleted)\n=== a.ts\n\n")
