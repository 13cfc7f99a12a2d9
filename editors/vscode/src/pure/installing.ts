/** How the private environment is made: the steps with uv or with pip, and what their errors mean. */

import { Problem } from "./failures.ts";
import type { Interpreter } from "./interpreters.ts";

export interface Step {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface Sources {
  readonly folder: string;
  readonly wheel: string;
  /** A file with the versions that the wheel was tested with. */
  readonly constraints: string;
}

/** Where an environment has its Python. */
export function pythonOf(folder: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? `${folder}\\Scripts\\python.exe` : `${folder}/bin/python`;
}

const MAKING = "Making a private environment";
const INSTALLING = "Installing codeassist and its parsers";

export function stepsWithPip(
  base: Interpreter,
  sources: Sources,
  platform: NodeJS.Platform,
): Step[] {
  const install = [
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--progress-bar=off",
    "--no-compile", // Python does it as it goes, and most of it is never needed
  ];
  return [
    {
      title: MAKING,
      command: base.command,
      args: [...base.args, "-I", "-m", "venv", "--clear", sources.folder],
    },
    {
      title: INSTALLING,
      command: pythonOf(sources.folder, platform),
      args: [...install, "--prefer-binary", "--constraint", sources.constraints, sources.wheel],
    },
  ];
}

export function stepsWithUv(uv: string, sources: Sources, platform: NodeJS.Platform): Step[] {
  const python = pythonOf(sources.folder, platform);
  const install = ["pip", "install", "--no-progress", "--python", python];
  return [
    {
      title: MAKING,
      command: uv,
      args: ["venv", "--no-project", "--clear", "--python", ">=3.11", sources.folder],
    },
    {
      title: INSTALLING,
      command: uv,
      args: [...install, "--constraint", sources.constraints, sources.wheel],
    },
  ];
}

interface Cause {
  readonly sign: RegExp;
  readonly message: string;
  readonly remedy: string;
}

// In this order: the first sign that is found counts, so the narrow ones come first.
const CAUSES: readonly Cause[] = [
  {
    sign: /certificate verify failed|CERTIFICATE_VERIFY_FAILED|invalid peer certificate/i,
    message: "the package index's certificate is not trusted",
    remedy:
      "behind a proxy that inspects traffic, point SSL_CERT_FILE and PIP_CERT to your company's certificates",
  },
  {
    sign: /ProxyError|Tunnel connection failed|407 Proxy|Cannot connect to proxy/i,
    message: "the proxy refused the connection to the package index",
    remedy: "check the setting http.proxy, or HTTPS_PROXY, with the name and password it needs",
  },
  {
    sign: /No space left on device|Errno 28|not enough space/i,
    message: "the disk is full",
    remedy: "free about 200 MB and try again",
  },
  {
    sign: /Permission denied|Errno 13|Access is denied/i,
    message: "a file could not be written",
    remedy: "the log names it; check who owns it, and whether a virus scanner holds it",
  },
  {
    sign: /ensurepip|python3?[\d.]*-venv/i,
    message: "this Python cannot make environments",
    remedy:
      "install the package python3-venv of your system, or set codeassist.server.python to another Python",
  },
  {
    sign: /Name or service not known|Temporary failure in name resolution|getaddrinfo|NameResolutionError|Failed to establish a new connection|ConnectTimeout|timed out|dns error|Network is unreachable|Could not connect|error sending request/i,
    message: "the package index cannot be reached",
    remedy:
      "check the network and the setting http.proxy, or install codeassist into a Python environment yourself and set codeassist.server.command",
  },
  {
    // pip says the same of an index that it cannot reach once it has given up trying.
    sign: /\(from versions: none\)/i,
    message: "the package index cannot be reached, or has nothing for this Python",
    remedy:
      "check the network and the setting http.proxy, or set codeassist.server.python to a Python from 3.11 to 3.14",
  },
];

const OTHER_VERSIONS: Cause = {
  sign: /No matching distribution|ResolutionImpossible|No solution found|conflicting dependencies/i,
  message: "the package index does not have all that codeassist needs for this Python",
  remedy: "set codeassist.server.python to a Python from 3.11 to 3.14",
};

function causeOf(output: string): Cause | undefined {
  return [...CAUSES, OTHER_VERSIONS].find(({ sign }) => sign.test(output));
}

/** What the output of a failed step means. */
export function explainInstall(output: string): Problem {
  const cause = causeOf(output);
  return cause
    ? new Problem(cause.message, cause.remedy)
    : new Problem("the server could not be installed", "the log says why");
}

/** Whether the pinned versions are to blame: then the wheel's own ranges may still do. */
export function isAboutVersions(output: string): boolean {
  return causeOf(output) === OTHER_VERSIONS;
}
