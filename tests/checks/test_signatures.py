"""CA102: calls that do not fit a changed signature."""

import pytest
from marked import check

PAY = "=== pay.py\ndef charge(account, amount, currency='EUR'):\n    return account\n"
USE = "=== shop.py\nfrom pay import charge\n\n"

# (what becomes of the signature, the call, whether it must speak, a part of the message)
CASES = [
    ("account, amount", "charge(1, 2, currency='USD')", "lost its parameter `currency`"),
    ("account, amount", "charge(1, 2, 'USD')", "takes 2 arguments by position"),
    ("account, amount", "charge(1, 2)", ""),
    ("account, amount", "charge(1, **options)", ""),
    ("account, amount, currency", "charge(1, 2)", "now requires its parameter `currency`"),
    ("account, amount, currency", "charge(1, 2, 'USD')", ""),
    ("account, amount, currency", "charge(*everything)", ""),
    ("account, amount, unit='EUR'", "charge(1, 2, currency='USD')", "renamed its parameter"),
    ("account, amount, unit='EUR'", "charge(1, 2, 'USD')", ""),
    ("account, user, amount, currency='EUR'", "charge(1, 2)", "got the required parameter `user`"),
    ("amount, account, currency='EUR'", "charge(1, 2)", "in another order"),
    ("amount, account, currency='EUR'", "charge(account=1, amount=2)", ""),
    ("account, *, amount, currency='EUR'", "charge(1, 2)", "takes 1 argument by position"),
    ("account, *, amount, currency='EUR'", "charge(1, amount=2)", ""),
    ("account, /, amount, currency='EUR'", "charge(account=1, amount=2)", "positional-only"),
    ("account, amount, currency='EUR', note=None", "charge(1, 2)", ""),
    ("*args, **kwargs", "charge(1, 2, currency='USD')", ""),
]


@pytest.mark.parametrize(("now", "call", "part"), CASES)
def test_a_function(now: str, call: str, part: str) -> None:
    after = f"=== pay.py\ndef charge({now}):\n    return account\n"
    marked = f"«{call}»" if part else call
    findings = check("CA102", PAY + USE + call + "\n", after + USE + marked + "\n")
    assert all(part in finding.message for finding in findings)


def test_a_call_that_did_not_fit_before_either() -> None:
    after = "=== pay.py\ndef charge(account):\n    return account\n"
    check("CA102", PAY + USE + "charge(1, 2, 3, 4)\n", after)


def test_the_evidence_is_the_signature_on_both_sides() -> None:
    after = "=== pay.py\ndef charge(account, amount):\n    return account\n"
    call = "charge(1, 2, currency='USD')"
    (finding,) = check("CA102", PAY + USE + call + "\n", after + USE + f"«{call}»\n")
    assert [(each.message, each.location.old) for each in finding.evidence] == [
        ("the signature now", False),
        ("the signature before", True),
    ]
    assert finding.message == (
        "`charge` lost its parameter `currency`; "
        "this call passes `currency`, which is no parameter of it"
    )


def test_methods_and_constructors() -> None:
    before = """\
=== a.py
class Gateway:
    def __init__(self, url):
        self.url = url
    def send(self, order, retries=3):
        return order
    @classmethod
    def make(cls, url):
        return cls(url)
    @staticmethod
    def parse(text, strict=False):
        return text
class Sub(Gateway):
    pass
=== use.py
from a import Gateway, Sub

def run(g: Gateway):
    g.send(1, retries=2)
    Gateway("x").send(1)
    Gateway.send(g, 1, 2)
    Sub("x")
    Gateway.make("x")
    Gateway.parse("x", strict=True)
"""
    after = """\
=== a.py
class Gateway:
    def __init__(self, url, key):
        self.url = url
    def send(self, order):
        return order
    @classmethod
    def make(cls, url, key):
        return cls(url, key)
    @staticmethod
    def parse(text):
        return text
class Sub(Gateway):
    pass
=== use.py
from a import Gateway, Sub

def run(g: Gateway):
    g.«send(1, retries=2)»
    «Gateway("x")».send(1)
    Gateway.send(g, 1, 2)
    Sub("x")
    Gateway.«make("x")»
    Gateway.«parse("x", strict=True)»
"""
    findings = check("CA102", before, after)
    too = {
        finding.message.partition(" ")[0]: [
            each.location.span.start_line + 1
            for each in finding.evidence
            if each.message == "this call too"
        ]
        for finding in findings
    }
    # One finding for each method and file; its other calls are evidence.
    assert too["`Gateway.send`"] == [6]
    assert too["`Gateway.__init__`"] == [7]


def test_a_dataclass_writes_its_own_constructor() -> None:
    before = "=== a.py\nfrom dataclasses import dataclass\n\n@dataclass\nclass P:\n    x: int\n"
    before += "    def __init__(self, x): pass\n=== b.py\nfrom a import P\nP(1)\n"
    after = "=== a.py\nfrom dataclasses import dataclass\n\n@dataclass\nclass P:\n    x: int\n"
    check("CA102", before, after + "    def __init__(self, x, y): pass\n")


OTHER_LANGUAGES = {
    "typescript": (
        """\
=== pay.ts
export function charge(n: number, unit?: string) { return n; }
=== app.ts
import { charge } from './pay';
charge(1, 'EUR');
charge(2);
""",
        """\
=== pay.ts
export function charge(n: number) { return n; }
=== app.ts
import { charge } from './pay';
«charge(1, 'EUR')»;
charge(2);
""",
    ),
    "javascript ignores what is too much": (
        """\
=== pay.js
export function charge(n, unit) { return n; }
=== app.js
import { charge } from './pay.js';
charge(1, 'EUR');
""",
        """\
=== pay.js
export function charge(n) { return n; }
""",
    ),
    "go": (
        """\
=== go.mod
module example.com/shop
=== pay/pay.go
package pay

func Charge(n int) int { return n }
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

func Charge(n int, unit string) int { return n }
=== main.go
package main

import "example.com/shop/pay"

func main() {
	pay.«Charge(1)»
}
""",
    ),
    "java": (
        """\
=== src/main/java/shop/Pay.java
package shop;

public class Pay {
  public static int charge(int n) { return n; }
}
=== src/main/java/app/Main.java
package app;

import shop.Pay;

class Main {
  int run() { return Pay.charge(1); }
}
""",
        """\
=== src/main/java/shop/Pay.java
package shop;

public class Pay {
  public static int charge(int n, String unit) { return n; }
}
=== src/main/java/app/Main.java
package app;

import shop.Pay;

class Main {
  int run() { return Pay.«charge(1)»; }
}
""",
    ),
    "java overloads": (
        """\
=== src/main/java/shop/Pay.java
package shop;

public class Pay {
  static int charge(int n) { return n; }
  static int charge(int n, int m) { return n; }
  int run() { return charge(1); }
}
""",
        """\
=== src/main/java/shop/Pay.java
package shop;

public class Pay {
  static int charge(long n) { return 1; }
  static int charge(int n, int m, int k) { return n; }
  int run() { return charge(1); }
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
""",
        """\
=== src/pay.rs
pub fn charge(n: i32, unit: &str) -> i32 { n }
=== src/lib.rs
mod pay;
use crate::pay::charge;

pub fn run() -> i32 { «charge(1)» }
""",
    ),
    "c": (
        """\
=== pay.h
int charge(int n);
=== main.c
#include "pay.h"

int main(void) { return charge(1); }
""",
        """\
=== pay.h
int charge(int n, int unit);
=== main.c
#include "pay.h"

int main(void) { return «charge(1)»; }
""",
    ),
}


@pytest.mark.parametrize("name", OTHER_LANGUAGES)
def test_other_languages(name: str) -> None:
    check("CA102", *OTHER_LANGUAGES[name])
