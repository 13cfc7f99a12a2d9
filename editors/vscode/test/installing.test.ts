/** The private environment: which Python, which steps, and what the installers' errors mean. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Problem } from "../src/pure/failures.ts";
import {
  explainInstall,
  isAboutVersions,
  pythonOf,
  stepsWithPip,
  stepsWithUv,
} from "../src/pure/installing.ts";
import { candidates, choose, type Interpreter, interpreterOf } from "../src/pure/interpreters.ts";

function python(minor: number, hasVenv = true): Interpreter {
  return { command: `python3.${minor}`, args: [], version: [3, minor], hasVenv };
}

const SOURCES = { folder: "/s/env", wheel: "/x/codeassist.whl", constraints: "/x/constraints.txt" };

test("what the user named is tried before all others", () => {
  assert.equal(candidates("linux", ["/mine/python"])[0]?.command, "/mine/python");
  assert.equal(candidates("linux", [""])[0]?.command, "python3.14");
});

test("Windows has a launcher", () => {
  assert.deepEqual(candidates("win32", [])[0], { command: "py", args: ["-3.14"] });
});

test("the answer of a Python is understood, anything else is none", () => {
  const found = interpreterOf({ command: "python3", args: [] }, "3 12 1\r\n");
  assert.deepEqual(found, { command: "python3", args: [], version: [3, 12], hasVenv: true });
  assert.equal(interpreterOf({ command: "python3", args: [] }, "Python was not found"), undefined);
});

test("the first that is recent and complete is taken", () => {
  const chosen = choose([python(9), python(13, false), python(12)]);
  assert.ok(!(chosen instanceof Problem));
  assert.deepEqual(chosen.version, [3, 12]);
});

for (const [what, found, message, remedy] of [
  ["there is none", [], /no Python/, /install Python 3\.11/],
  ["it is too old", [python(9)], /3\.9 is too old/, /3\.11 or later/],
  ["Debian's without venv", [python(13, false)], /cannot make environments/, /python3\.13-venv/],
] as const) {
  test(`what is wrong is said with what to do: ${what}`, () => {
    const problem = choose(found);
    assert.ok(problem instanceof Problem);
    assert.match(problem.message, message);
    assert.match(problem.remedy, remedy);
  });
}

test("the Python that was asked for is named where it does not start", () => {
  const problem = choose([], "/mine/python");
  assert.ok(problem instanceof Problem);
  assert.match(problem.message, /^\/mine\/python is no Python/);
  assert.match(problem.remedy, /codeassist\.server\.python/);
});

test("pip installs the wheel with the versions that were tested", () => {
  const [make, install] = stepsWithPip(python(12), SOURCES, "linux");
  assert.ok(make && install);
  assert.equal(make.command, "python3.12");
  assert.deepEqual(make.args.slice(-2), ["--clear", "/s/env"]);
  assert.equal(install.command, "/s/env/bin/python");
  assert.deepEqual(install.args.slice(-3), ["--constraint", SOURCES.constraints, SOURCES.wheel]);
});

test("uv makes the same", () => {
  const [make, install] = stepsWithUv("uv", SOURCES, "linux");
  assert.ok(make && install);
  assert.equal(make.args.at(-1), "/s/env");
  assert.ok(install.args.includes("/s/env/bin/python"));
  assert.equal(install.args.at(-1), SOURCES.wheel);
});

test("an environment has its Python elsewhere on Windows", () => {
  assert.equal(pythonOf("C:\\env", "win32"), "C:\\env\\Scripts\\python.exe");
});

// Lines as pip 25 and uv 0.9 print them.
for (const [output, message, remedy] of [
  [
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'NameResolutionError: Failed to resolve'",
    /cannot be reached/,
    /network/,
  ],
  [
    "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))",
    /certificate/,
    /SSL_CERT_FILE/,
  ],
  [
    "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))",
    /proxy/,
    /http\.proxy/,
  ],
  [
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
    /disk/,
    /free/,
  ],
  ["ERROR: [Errno 13] Permission denied: '/s/env/bin'", /written/, /log/],
  [
    "The virtual environment was not created because ensurepip is not available.",
    /environments/,
    /venv/,
  ],
  ["error: Failed to fetch: dns error: failed to lookup address", /cannot be reached/, /network/],
  [
    "ERROR: No matching distribution found for tree-sitter>=0.26.1",
    /does not have/,
    /3\.11 to 3\.14/,
  ],
  [
    "ERROR: Could not find a version that satisfies the requirement x (from versions: none)",
    /cannot be reached, or has nothing/,
    /network/,
  ],
  ["Segmentation fault", /could not be installed/, /log/],
] as const) {
  test(`an installer's error has a remedy: ${output.slice(0, 60)}`, () => {
    const problem = explainInstall(output);
    assert.match(problem.message, message);
    assert.match(problem.remedy, remedy);
  });
}

test("a certificate behind a proxy is a matter of the certificate", () => {
  const output =
    "ProxyError ... CERTIFICATE_VERIFY_FAILED ... Failed to establish a new connection";
  assert.match(explainInstall(output).message, /certificate/);
});

test("only a matter of versions is tried again without them", () => {
  assert.ok(isAboutVersions("ERROR: ResolutionImpossible: see the docs"));
  assert.ok(!isAboutVersions("Temporary failure in name resolution"));
  const unreachable =
    "WARNING: Retrying ... Failed to establish a new connection: [Errno 111] Connection refused\n" +
    "ERROR: Could not find a version that satisfies the requirement x==1 (from versions: none)\n" +
    "ERROR: No matching distribution found for x==1";
  assert.ok(!isAboutVersions(unreachable));
  assert.match(explainInstall(unreachable).message, /cannot be reached$/);
});
