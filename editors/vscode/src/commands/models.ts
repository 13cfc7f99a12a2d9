/** Choosing a model: a key for a service, or a server of one's own. */

import type { App, Command } from "../app.ts";
import { ask, fail, pick, saveSetting, tell } from "../editor.ts";
import { isAddress, KNOWN_SERVERS } from "../pure/localServers.ts";
import { Method, type ModelsResult } from "../pure/protocol.ts";
import { long } from "./running.ts";

async function setKey(app: App): Promise<void> {
  const key = await ask({
    title: "API key",
    prompt: "Kept in the system's secret storage, sent only to the model's address.",
    placeHolder: "sk-...",
    password: true,
    validate: (text) => (/\s/.test(text.trim()) ? "A key has no spaces" : undefined),
  });
  if (!key) return;
  await app.key.write(key);
  await app.session.sendKey();
  const again = (): Promise<void> => setKey(app);
  const tested = await long<ModelsResult>(
    app,
    "testing the key",
    { method: Method.models, params: { key } },
    again,
  );
  if (!tested) return;
  if (tested.ok) tell(`the key works: ${tested.models.length} models at ${tested.address}`);
  else {
    const failure = { kind: "failed", message: tested.message, remedy: tested.remedy } as const;
    fail(failure, { label: "Set Another Key", run: again });
  }
}

async function removeKey(app: App): Promise<void> {
  await app.key.remove();
  await app.session.sendKey();
  tell("the key is removed");
}

async function useLocalModel(app: App): Promise<void> {
  const address = await askAddress();
  if (address) await testAddress(app, address);
}

async function askAddress(value?: string): Promise<string | undefined> {
  const known = KNOWN_SERVERS.map(({ name, address }) => ({
    label: name,
    description: address,
    value: address,
  }));
  const other = { label: "Another address...", value: "" };
  const chosen = value ?? (await pick([...known, other], "Where does the model run?"));
  if (chosen === undefined || (chosen && value === undefined)) return chosen;
  return ask({
    title: "Address of an OpenAI-compatible server",
    prompt: "It usually ends in /v1.",
    value: chosen || "http://localhost:8000/v1",
    validate: (text) =>
      isAddress(text.trim()) ? undefined : "An address starts with http:// or https://",
  });
}

async function testAddress(app: App, baseUrl: string): Promise<void> {
  const again = (): Promise<void> => testAddress(app, baseUrl);
  const tested = await long<ModelsResult>(
    app,
    `asking ${baseUrl}`,
    { method: Method.models, params: { baseUrl } },
    again,
  );
  if (!tested) return;
  if (!tested.ok) {
    const failure = { kind: "failed", message: tested.message, remedy: tested.remedy } as const;
    const other = async (): Promise<void> => {
      const address = await askAddress(baseUrl);
      if (address) await testAddress(app, address);
    };
    fail(failure, { label: "Try Again", run: again }, { label: "Change the Address", run: other });
    return;
  }
  const choices = tested.models.map((name) => ({ label: name, value: name }));
  const model = await pick(choices, `Models at ${tested.address}`, "Which one should answer?");
  if (!model) return;
  await saveSetting("model.baseUrl", baseUrl);
  await saveSetting("model.name", model);
  tell(`${model} at ${baseUrl} answers from now on`);
}

export const MODEL_COMMANDS: readonly Command[] = [
  { name: "setKey", run: setKey },
  { name: "removeKey", run: removeKey },
  { name: "useLocalModel", run: useLocalModel },
];
