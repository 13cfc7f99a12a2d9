/** What is sent to the server: what somebody set, by whoever may set it, and nothing else. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { declared, explicit, type Group, type Inspected } from "../src/pure/settings.ts";

const SETTINGS = [
  { key: "model.baseUrl", byWorkspace: false },
  { key: "review.ignore", byWorkspace: true },
  { key: "models", byWorkspace: false },
];

function check(known: Record<string, Inspected>, expected: object): void {
  assert.deepEqual(
    explicit(SETTINGS, (key) => known[key]),
    expected,
  );
}

test("nothing is sent where nothing is set", () => {
  check({}, {});
});

test("a default is nobody's choice", () => {
  check({ "model.baseUrl": { defaultValue: "x" } as Inspected }, {});
});

test("values are nested by their dots", () => {
  check(
    { "model.baseUrl": { globalValue: "http://a" }, models: { globalValue: { small: {} } } },
    { model: { baseUrl: "http://a" }, models: { small: {} } },
  );
});

test("null takes a setting back", () => {
  check({ "model.baseUrl": { globalValue: null } }, {});
});

test("a workspace says what to look at", () => {
  const known = { globalValue: ["CA1"], workspaceValue: ["CA2"], workspaceFolderValue: ["CA3"] };
  check({ "review.ignore": known }, { review: { ignore: ["CA3"] } });
  const { globalValue, workspaceValue } = known;
  check({ "review.ignore": { globalValue, workspaceValue } }, { review: { ignore: ["CA2"] } });
});

test("a workspace never says where code is sent", () => {
  check({ "model.baseUrl": { workspaceValue: "http://evil", workspaceFolderValue: "x" } }, {});
  check(
    { "model.baseUrl": { globalValue: "http://mine", workspaceValue: "http://evil" } },
    { model: { baseUrl: "http://mine" } },
  );
});

test("false and empty lists are choices", () => {
  check(
    { "model.baseUrl": { globalValue: false }, "review.ignore": { globalValue: [] } },
    { model: { baseUrl: false }, review: { ignore: [] } },
  );
});

test("the manifest declares the server's settings, and keeps the extension's own out", () => {
  const manifest = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  ) as { contributes: { configuration: Group[] } };
  const found = new Map(
    declared(manifest.contributes.configuration).map(({ key, byWorkspace }) => [key, byWorkspace]),
  );
  assert.equal(found.get("model.baseUrl"), false);
  assert.equal(found.get("review.ignore"), true);
  assert.equal(found.has("server.command"), false);
  assert.equal(found.has("trace.server"), false);
});
