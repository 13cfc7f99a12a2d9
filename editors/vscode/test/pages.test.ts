/** The page of a pack, and addresses of local servers. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isAddress, KNOWN_SERVERS } from "../src/pure/localServers.ts";
import { packPage } from "../src/pure/pages.ts";

test("a pack tells each piece with its reason, and then the text", () => {
  const at = { line: 4, character: 0 };
  const page = packPage(
    {
      text: "THE TEXT",
      tokens: 120,
      budget: 8_000,
      model: "gpt-5.2",
      pieces: [
        {
          uri: "file:///r/a.py",
          range: { start: at, end: at },
          symbol: "f",
          tokens: 20,
          reasons: ["calls a|b", "near"],
        },
      ],
      notes: ["two files were left out"],
    },
    (uri) => uri.replace("file:///r/", ""),
  );
  assert.match(page, /120 of 8000 tokens for gpt-5\.2/);
  assert.match(page, /\| a\.py:5 \| f \| 20 \| calls a\\\|b, near \|/);
  assert.match(page, /- two files were left out/);
  assert.ok(page.endsWith("THE TEXT"));
});

test("an address is http or https", () => {
  for (const { address } of KNOWN_SERVERS) assert.ok(isAddress(address));
  for (const text of ["", "localhost:11434", "file:///etc/passwd", "ftp://x", "http://"]) {
    assert.equal(isAddress(text), false, text);
  }
});
