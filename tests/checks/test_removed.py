"""CA101: removed or renamed definitions that are still used, and where it must stay silent."""

import pytest
from marked import check, message

GATEWAY = """\
=== billing/__init__.py
=== billing/gateway.py
LIMIT = 3

def charge(account, amount):
    return account, amount

class Gateway:
    def send(self, order):
        return order
    def close_all(self):
        return None
"""


def test_an_import_of_a_renamed_function() -> None:
    after = """\
=== billing/gateway.py
LIMIT = 3

def charge_account(account, amount):
    return account, amount

class Gateway:
    def send(self, order):
        return order
    def close_all(self):
        return None
"""
    before = GATEWAY + "=== shop.py\nfrom billing.gateway import charge\n\ncharge(1, 2)\n"
    after += "=== shop.py\nfrom billing.gateway import «charge»\n\ncharge(1, 2)\n"
    (finding,) = check("CA101", before, after)
    assert finding.message == ("`charge` is renamed by this change, but `shop.py` still imports it")
    assert "charge_account" in finding.remedy
    assert [each.message for each in finding.evidence] == [
        "`charge` was defined here before this change",
        "also used here",
    ]


WITHOUT_CHARGE = """\
=== billing/gateway.py
LIMIT = 3

class Gateway:
    def send(self, order):
        return order
    def close_all(self):
        return None
"""
WITHOUT_CLOSE = """\
=== billing/gateway.py
LIMIT = 3

def charge(account, amount):
    return account, amount

class Gateway:
    def send(self, order):
        return order
"""


@pytest.mark.parametrize(
    "use",
    [
        "import billing.gateway\nbilling.gateway.«charge»(1, 2)\n",
        "from billing import gateway\nprint(gateway.«charge»)\n",
        "from billing import gateway as g\ng.«charge»(1, 2)\n",
        "def later():\n    from billing.gateway import «charge»\n    return charge\n",
        "import billing.gateway as g\n\n@g.«charge»\ndef f():\n    pass\n",
    ],
)
def test_every_way_to_reach_a_removed_function(use: str) -> None:
    plain = use.replace("«", "").replace("»", "")
    check("CA101", GATEWAY + f"=== shop.py\n{plain}", WITHOUT_CHARGE + f"=== shop.py\n{use}")


@pytest.mark.parametrize(
    "use",
    [
        # The name is another thing here: a parameter, a local, a member of something unknown.
        "def f(charge):\n    return charge(1)\n",
        "def f():\n    charge = len\n    return charge([])\n",
        "from elsewhere import charge\ncharge(1)\n",
        "import battery\nbattery.charge()\n",
        # A failure that is expected.
        "try:\n    from billing.gateway import charge\nexcept ImportError:\n    charge = None\n",
        # A word in a comment or a string.
        "# charge the account\nprint('charge')\n",
        # An import inside a string of documentation.
        '"""\nfrom billing.gateway import charge\n"""\n',
    ],
)
def test_it_stays_silent_about_other_things_of_that_name(use: str) -> None:
    check("CA101", GATEWAY + f"=== shop.py\n{use}", WITHOUT_CHARGE + f"=== shop.py\n{use}")


def test_a_use_in_the_same_file() -> None:
    before = "=== a.py\ndef helper():\n    return 1\n\ndef main():\n    return helper()\n"
    check("CA101", before, "=== a.py\ndef main():\n    return «helper»()\n")


def test_a_module_that_still_reexports_the_name() -> None:
    before = "=== pkg/__init__.py\nfrom .a import f\n=== pkg/a.py\ndef f(): pass\n"
    before += "=== use.py\nfrom pkg import f\n"
    after = "=== pkg/__init__.py\nfrom .b import f\n=== pkg/a.py\n=== pkg/b.py\ndef f(): pass\n"
    check("CA101", before, after)


def test_a_reexport_that_leads_nowhere() -> None:
    before = "=== pkg/__init__.py\nfrom .a import f\n=== pkg/a.py\ndef f(): pass\n"
    before += "=== use.py\nfrom pkg import f\n"
    after = "=== pkg/__init__.py\nfrom .a import «f»\n=== pkg/a.py\n=== use.py\n"
    check("CA101", before, after + "from pkg import «f»\n")


@pytest.mark.parametrize(
    "use",
    [
        "from billing.gateway import Gateway\nGateway().«close_all»()\n",
        "from billing.gateway import Gateway\n\ndef f(g: Gateway):\n    g.«close_all»()\n",
        "from billing.gateway import Gateway\n\ndef f():\n    g = Gateway()\n    g.«close_all»()\n",
        "from billing.gateway import Gateway\n\nclass Sub(Gateway):\n"
        "    def stop(self):\n        self.«close_all»()\n",
        "from billing.gateway import Gateway\n\nclass Sub(Gateway):\n"
        "    def close_all(self):\n        super().«close_all»()\n",
        "from billing.gateway import Gateway\n\nclass Box:\n    def __init__(self):\n"
        "        self.gate = Gateway()\n    def stop(self):\n        self.gate.«close_all»()\n",
        "from billing.gateway import Gateway\n\ndef make() -> Gateway:\n    ...\n\n"
        "make().«close_all»()\n",
        # Nothing in the repository is called so any more.
        "import billing.gateway\n\ndef stop(thing):\n    thing.«close_all»()\n",
    ],
)
def test_a_removed_method_through_its_receiver(use: str) -> None:
    plain = use.replace("«", "").replace("»", "")
    check("CA101", GATEWAY + f"=== shop.py\n{plain}", WITHOUT_CLOSE + f"=== shop.py\n{use}")


@pytest.mark.parametrize(
    "use",
    [
        # Another class has a method of this name, so an unknown receiver may be one of those.
        "class Pool:\n    def close_all(self): pass\n\ndef stop(thing):\n    thing.close_all()\n",
        # The class may get it from a base that is not here.
        "import gate\n\nclass Sub(gate.Base):\n    def stop(self):\n        self.x.close_all()\n",
        "import asyncpool\nasyncpool.close_all()\n",
        # No chain of imports leads from here to the class.
        "def stop(thing):\n    thing.close_all()\n",
        # A subclass supplies it.
        "from billing.gateway import Gateway\n\nclass Mid(Gateway):\n    def stop(self):\n"
        "        self.close_all()\n\nclass Leaf(Mid):\n    def close_all(self): pass\n",
    ],
)
def test_it_stays_silent_about_methods_that_it_cannot_tell(use: str) -> None:
    if "asyncpool" in use or "gate.Base" in use:
        use += "\nclass Pool:\n    def close_all(self): pass\n"
    check("CA101", GATEWAY + f"=== shop.py\n{use}", WITHOUT_CLOSE + f"=== shop.py\n{use}")


def test_an_ordinary_name_of_an_unknown_object() -> None:
    before = "=== a.py\nclass Bag:\n    def append(self, x): pass\n=== b.py\n\ndef f(x):\n"
    before += "    x.append(1)\n"
    check("CA101", before, "=== a.py\nclass Bag:\n    pass\n")


def test_a_moved_module() -> None:
    before = "=== pkg/__init__.py\n=== pkg/old.py\ndef f():\n    return 1\n\nX = 1\n"
    before += "=== use.py\nfrom pkg.old import f\nimport pkg.old\nfrom pkg import old\n"
    after = "=== pkg/old.py (deleted)\n=== pkg/new.py\ndef f():\n    return 1\n\nX = 1\n"
    after += "=== use.py\nfrom pkg.old import «f»\nimport pkg.old\nfrom pkg import old\n"
    (finding,) = check("CA101", before, after)
    assert finding.message == (
        "`pkg/old.py` is moved by this change, but `use.py` still imports it"
    )
    assert "pkg/new.py" in finding.remedy


def test_a_removed_pytest_fixture() -> None:
    before = """\
=== tests/conftest.py
import pytest

@pytest.fixture
def account():
    return 1
=== tests/test_a.py
def test_one(account, tmp_path):
    assert account
=== other/test_b.py
def test_two(account):
    assert account
"""
    after = """\
=== tests/conftest.py
import pytest
=== tests/test_a.py
def test_one(«account», tmp_path):
    assert account
"""
    assert "still asks for it" in message("CA101", before, after)


def test_a_fixture_that_another_conftest_still_gives() -> None:
    fixture = "import pytest\n\n@pytest.fixture\ndef account():\n    return 1\n"
    test = "def test_one(account):\n    assert account\n"
    before = (
        f"=== conftest.py\n{fixture}=== tests/conftest.py\n{fixture}=== tests/test_a.py\n{test}"
    )
    check("CA101", before, "=== tests/conftest.py\n")


def test_a_name_that_the_module_may_still_define() -> None:
    before = "=== lazy.py\ndef f(): pass\n=== use.py\nfrom lazy import f\n"
    check("CA101", before, "=== lazy.py\ndef __getattr__(name):\n    return name\n")
    check("CA101", before, "=== lazy.py\nglobals().update(f=1)\n")
    check("CA101", before, "=== lazy.py\nfrom elsewhere import *\n")
    check("CA101", before, "=== lazy.py\nif x:\n    f = 1\n")
    check("CA101", before, "=== lazy.py\ndef broken(:\n")


OTHER_LANGUAGES = {
    "typescript": (
        """\
=== src/dates.ts
export function format(d: Date): string {
  return '' + d;
}
export const ZERO = 0;
=== src/app.ts
import { format, ZERO } from './dates';

console.log(format(new Date()), ZERO);
""",
        """\
=== src/dates.ts
export const ZERO = 0;
=== src/app.ts
import { «format», ZERO } from './dates';

console.log(format(new Date()), ZERO);
""",
    ),
    "typescript namespace import": (
        """\
=== src/dates.ts
export function format() {}
export const ZERO = 0;
=== src/app.ts
import * as dates from './dates';
dates.format();
""",
        """\
=== src/dates.ts
export const ZERO = 0;
=== src/app.ts
import * as dates from './dates';
dates.«format»();
""",
    ),
    "typescript barrel": (
        """\
=== src/a.ts
export const one = 1;
export const two = 2;
=== src/index.ts
export * from './a';
=== app.ts
import { one } from './src';
""",
        """\
=== src/a.ts
export const two = 2;
=== app.ts
import { «one» } from './src';
""",
    ),
    "javascript": (
        """\
=== lib/util.js
export function pad(s) { return s; }
export function trim(s) { return s; }
=== main.js
import { pad } from './lib/util.js';
pad('x');
""",
        """\
=== lib/util.js
export function trim(s) { return s; }
=== main.js
import { «pad» } from './lib/util.js';
pad('x');
""",
    ),
    "go package": (
        """\
=== go.mod
module example.com/shop
=== pay/pay.go
package pay

func Charge(n int) int { return n }
func Refund(n int) int { return n }
=== main.go
package main

import "example.com/shop/pay"

func main() {
	pay.Charge(1)
}
""",
        """\
=== pay/pay.go
package pay

func Refund(n int) int { return n }
=== main.go
package main

import "example.com/shop/pay"

func main() {
	pay.«Charge»(1)
}
""",
    ),
    "go same package": (
        """\
=== go.mod
module example.com/shop
=== a.go
package shop

func helper() int { return 1 }
=== b.go
package shop

func Use() int { return helper() }
""",
        """\
=== a.go
package shop
=== b.go
package shop

func Use() int { return «helper»() }
""",
    ),
    "go method": (
        """\
=== go.mod
module example.com/shop
=== a.go
package shop

type Cart struct{ n int }

func (c *Cart) TotalPrice() int { return c.n }
=== b.go
package shop

func Use(c *Cart) int { return c.TotalPrice() }
""",
        """\
=== a.go
package shop

type Cart struct{ n int }
=== b.go
package shop

func Use(c *Cart) int { return c.«TotalPrice»() }
""",
    ),
    "java": (
        """\
=== src/main/java/shop/Gateway.java
package shop;

public class Gateway {
  public static int charge(int n) { return n; }
  public int refund(int n) { return n; }
}
=== src/main/java/app/Main.java
package app;

import shop.Gateway;

class Main {
  int run() { return Gateway.charge(1); }
}
""",
        """\
=== src/main/java/shop/Gateway.java
package shop;

public class Gateway {
  public int refund(int n) { return n; }
}
=== src/main/java/app/Main.java
package app;

import shop.Gateway;

class Main {
  int run() { return Gateway.«charge»(1); }
}
""",
    ),
    "rust": (
        """\
=== Cargo.toml
[package]
name = "shop"
=== src/lib.rs
mod pay;
use crate::pay::charge;

pub fn run() -> i32 { charge(1) }
=== src/pay.rs
pub fn charge(n: i32) -> i32 { n }
pub fn refund(n: i32) -> i32 { n }
""",
        """\
=== src/pay.rs
pub fn refund(n: i32) -> i32 { n }
=== src/lib.rs
mod pay;
use crate::pay::«charge»;

pub fn run() -> i32 { charge(1) }
""",
    ),
    "c": (
        """\
=== pay.h
int charge(int n);
int refund_all(int n);
=== main.c
#include "pay.h"

int main(void) { return charge(1); }
""",
        """\
=== pay.h
int refund_all(int n);
=== main.c
#include "pay.h"

int main(void) { return «charge»(1); }
""",
    ),
}


@pytest.mark.parametrize("name", OTHER_LANGUAGES)
def test_other_languages(name: str) -> None:
    check("CA101", *OTHER_LANGUAGES[name])
