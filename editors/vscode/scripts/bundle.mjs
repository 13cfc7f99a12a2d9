// Bundles the extension into one file, and the licences of what is in it into another. The editor's
// own module stays outside.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.cjs",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

/** The packages that the bundle has files of, by their folders. */
function packages(inputs) {
  const folders = inputs
    .map(
      (input) =>
        /^(?:.*\/)?(node_modules\/(?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1],
    )
    .filter(Boolean);
  return [...new Set(folders)].sort();
}

async function notice(folder) {
  const base = `${ROOT}/${folder}`;
  const { name, version, license } = JSON.parse(await readFile(`${base}/package.json`, "utf8"));
  const file = (await readdir(base)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(`${base}/${file}`, "utf8") : `Licence: ${license}\n`;
  return `${name} ${version}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}

const notices = await Promise.all(packages(Object.keys(metafile.inputs)).map(notice));
const rule = `\n${"-".repeat(80)}\n\n`;
await writeFile(`${ROOT}/dist/THIRD-PARTY-NOTICES.txt`, notices.join(rule));
