/**
 * The server's life: found, started, watched, started again after a crash, stopped.
 *
 * Restarts queue, so that two never overlap. Everything that the rest of the extension asks of the
 * server goes through `request`, which waits for a start that is under way.
 */

import * as vscode from "vscode";
import {
  type LanguageClient,
  type Middleware,
  ProgressType,
  State,
} from "vscode-languageclient/node";

import {
  fail,
  isTrusted,
  type Offer,
  openSettings,
  SECTION,
  type Token,
  userSettings,
  warn,
} from "../editor.ts";
import { CrashPolicy } from "../pure/crashes.ts";
import { failureOf, Problem } from "../pure/failures.ts";
import { Method, type Status } from "../pure/protocol.ts";
import { RestartQueue } from "../pure/queue.ts";
import { type Declared, declared, type Group } from "../pure/settings.ts";
import type { Life } from "../pure/statusText.ts";
import { makeClient } from "./client.ts";
import { findServer } from "./discovery.ts";
import type { KeyStore } from "./key.ts";
import type { Log } from "./log.ts";

/** What the server says while it works on a request. */
export interface Report {
  readonly message?: string;
  readonly percentage?: number;
}

/** A request of ours, or a command of the server; both take an object. */
export type LongRequest = ({ readonly method: string } | { readonly command: string }) & {
  readonly params: object;
};

const WORK = new ProgressType<{ kind: string; title?: string } & Report>();
const NO_STATUS: Status = {
  state: "starting",
  message: "",
  percent: null,
  running: [],
  model: "",
  hasModel: false,
  reason: "",
  costToday: null,
};

export class Session implements vscode.Disposable {
  private readonly context: vscode.ExtensionContext;
  private readonly log: Log;
  private readonly key: KeyStore;
  private readonly middleware: Middleware;
  private readonly settings: readonly Declared[];
  private readonly languages: readonly string[];
  private readonly crashes = new CrashPolicy();
  private readonly restarts = new RestartQueue(() => this.startAnew());
  private readonly lives = new vscode.EventEmitter<Life>();
  private client: LanguageClient | undefined;
  private waiting: NodeJS.Timeout | undefined;
  private tokens = 0;
  private current: Life = { stage: "stopped" };

  /** Fires on every change of the server's life. */
  readonly onLife = this.lives.event;

  constructor(
    context: vscode.ExtensionContext,
    log: Log,
    key: KeyStore,
    languages: readonly string[],
    middleware: Middleware,
  ) {
    this.context = context;
    this.log = log;
    this.key = key;
    this.languages = languages;
    this.middleware = middleware;
    const manifest = context.extension.packageJSON as {
      contributes: { configuration: readonly Group[] };
    };
    this.settings = declared(manifest.contributes.configuration);
  }

  get life(): Life {
    return this.current;
  }

  get status(): Status {
    return this.current.stage === "running" ? this.current.status : NO_STATUS;
  }

  get running(): LanguageClient {
    if (this.client?.state === State.Running) return this.client;
    throw new Problem(
      "the server is not running",
      "see its log, or run Codeassist: Restart Server",
    );
  }

  /** Start, or stop and start again; errors are shown, not thrown. */
  restart(): Promise<void> {
    this.crashes.reset();
    return this.restarts.ask();
  }

  async stop(): Promise<void> {
    clearTimeout(this.waiting);
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    this.live({ stage: "stopped" });
    await client.dispose().catch((error: unknown) => {
      this.log.warn(`the server did not stop as it should: ${String(error)}`);
    });
  }

  /** Ask the server; waits for a start that is under way. Rejects as the server does. */
  async request<T>(method: string, params: object): Promise<T> {
    await this.ready();
    return this.running.sendRequest<T>(method, params);
  }

  /** Ask for something that takes long; `onReport` hears of its progress. */
  async work<T>(asked: LongRequest, token: Token, onReport: (report: Report) => void): Promise<T> {
    await this.ready();
    const client = this.running;
    const workDoneToken = `codeassist-vscode-${++this.tokens}`;
    const listening = client.onProgress(WORK, workDoneToken, onReport);
    const params = { ...asked.params, workDoneToken };
    try {
      return "command" in asked
        ? await client.sendRequest<T>(
            "workspace/executeCommand",
            { command: asked.command, arguments: [params] },
            token,
          )
        : await client.sendRequest<T>(asked.method, params, token);
    } finally {
      listening.dispose();
    }
  }

  /** End everything that the server is working on. */
  async cancelAll(): Promise<void> {
    for (const { token } of this.status.running) {
      await this.running.sendNotification("window/workDoneProgress/cancel", { token });
    }
  }

  /** Hand over the key that is stored now. */
  async sendKey(): Promise<void> {
    const key = await this.key.read();
    if (this.client?.state === State.Running) {
      await this.client.sendNotification(Method.setKey, { key: key ?? null });
    }
  }

  /** Tell the server that settings have changed. */
  async sendSettings(): Promise<void> {
    if (this.client?.state !== State.Running) return;
    const settings = { [SECTION]: userSettings(this.settings) };
    await this.client.sendNotification("workspace/didChangeConfiguration", { settings });
  }

  dispose(): void {
    this.lives.dispose();
  }

  private async ready(): Promise<void> {
    if (this.client?.state !== State.Running && !this.waiting) await this.restarts.ask();
  }

  private async startAnew(): Promise<void> {
    await this.stop();
    try {
      await this.start();
    } catch (error) {
      this.client = undefined;
      const failure = failureOf(error);
      this.log.error(`${failure.message}${failure.remedy ? `: ${failure.remedy}` : ""}`);
      this.live({ stage: "failed", message: failure.message });
      fail(failure, this.showLog, this.tryAgain, this.changeSettings);
    }
  }

  private async start(): Promise<void> {
    this.live({ stage: "finding" });
    const server = await findServer(this.context, this.log, (step) => {
      this.live({ stage: "installing", step });
    });
    this.log.info(`starting ${[server.command, ...server.args].join(" ")} (${server.origin})`);
    this.live({ stage: "starting" });
    const client = makeClient({
      server,
      cwd: await this.storage(),
      log: this.log,
      languages: this.languages,
      settings: this.settings,
      key: await this.key.read(),
      middleware: this.middleware,
      onClosed: () => {
        this.closed(client);
      },
    });
    client.onNotification("codeassist/status", (status: Status) => {
      if (client === this.client) this.showStatus(status);
    });
    this.client = client;
    await client.start();
    this.showStatus(await client.sendRequest<Status>(Method.status, {}));
  }

  /** The process has ended by itself. One that never came up is told by start(). */
  private closed(client: LanguageClient): void {
    if (client !== this.client || this.current.stage !== "running") return;
    this.client = undefined; // it cleans up by itself after this
    const delay = this.crashes.next(Date.now());
    if (delay === undefined) {
      const failure = failureOf(new Problem("the server keeps stopping", "its log says why"));
      this.live({ stage: "failed", message: failure.message });
      fail(failure, this.showLog, this.tryAgain);
      return;
    }
    const seconds = Math.round(delay / 1_000);
    this.live({ stage: "waiting", seconds });
    warn(`the Codeassist server stopped; it starts again in ${seconds} s`, this.showLog);
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      void this.restarts.ask();
    }, delay);
  }

  private showStatus(status: Status): void {
    this.live({ stage: "running", status, restricted: !isTrusted() });
  }

  private live(life: Life): void {
    this.current = life;
    this.lives.fire(life);
  }

  private async storage(): Promise<string> {
    const folder = this.context.globalStorageUri;
    await vscode.workspace.fs.createDirectory(folder);
    return folder.fsPath;
  }

  private readonly showLog: Offer = {
    label: "Show Log",
    run: () => {
      this.log.show();
    },
  };

  private readonly tryAgain: Offer = { label: "Try Again", run: () => this.restart() };

  private readonly changeSettings: Offer = {
    label: "Open Settings",
    run: () => openSettings("codeassist.server"),
  };
}
