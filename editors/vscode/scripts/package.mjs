// Makes the one .vsix: the bundle, the server's wheel and the versions that it was tested with.
//
//     npm run package -- --out FILE [options of vsce package]
//
// The page's pictures are in it only with `--baseImagesUrl ADDRESS --baseContentUrl ADDRESS`, where
// this folder can be read by everybody.
//
// The same sources give the same bytes: all files are staged with plain modes, and all times are one.
// Python is $PYTHON, the repository's own environment, or python3; it needs setuptools 77 or later.
import { spawnSync } from "node:child_process";
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("..", import.meta.url));
const ROOT = path.resolve(HERE, "../..");
const STAGED = [
  "package.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "dist/extension.cjs",
  "dist/THIRD-PARTY-NOTICES.txt",
  "images/icon.png",
  "media",
];
// The first day that a zip file can tell. yazl writes local times, so the time zone is set as well.
const TIMES = { SOURCE_DATE_EPOCH: "315619200", TZ: "UTC" };

const stage = await mkdtemp(path.join(tmpdir(), "codeassist-vsix-"));
try {
  const python = await findPython();
  run(process.execPath, ["scripts/bundle.mjs"]);
  for (const name of STAGED) {
    await cp(path.join(HERE, name), path.join(stage, name), { recursive: true });
  }
  run(python, ["scripts/make_wheel.py", path.join(stage, "bundled")]);
  await cp(path.join(ROOT, "constraints.txt"), path.join(stage, "bundled/constraints.txt"));
  await plainModes(stage);
  const vsce = path.join(HERE, "node_modules/@vscode/vsce/vsce");
  const options = ["--no-dependencies", "--allow-missing-repository"];
  const out = path.join(HERE, "dist/codeassist.vsix");
  const wanted = process.argv.slice(2);
  if (!wanted.includes("--baseImagesUrl")) {
    options.push("--no-rewrite-relative-links");
    await removePictures(path.join(stage, "README.md"));
  }
  const target = wanted.includes("--out") ? [] : ["--out", out];
  run(process.execPath, [vsce, "package", ...options, ...target, ...wanted], stage);
} finally {
  await rm(stage, { recursive: true, force: true });
}

async function findPython() {
  const own = path.join(ROOT, ".venv/bin/python");
  const isThere = await stat(own).catch(() => undefined);
  return process.env.PYTHON ?? (isThere ? own : "python3");
}

function run(command, args, cwd = HERE) {
  const done = spawnSync(command, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...TIMES },
  });
  if (done.error) throw done.error;
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/**
 * Take the pictures out of a page: an editor shows none from a package, nor any that is not at an
 * address of https.
 */
async function removePictures(page) {
  const text = await readFile(page, "utf8");
  await writeFile(page, text.replace(/^!\[[^\]]*\]\([^)]+\)\n\n?/gm, ""));
}

async function plainModes(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) await plainModes(name);
    else await chmod(name, 0o644);
  }
}
