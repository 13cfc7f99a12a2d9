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


def test_a_removed_file_without_definitions() -> None:
    before = "=== a.ts\nimport './b';\n=== b.ts\n// Nothing.\n"
    check("CA101", before, "=== b.ts (deleted)\n=== a.ts\n\n")
