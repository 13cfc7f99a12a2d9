/** Pages that the extension shows read-only: made of answers of the server. */

import type { PackResult } from "./protocol.ts";

/** A pack with the account of its pieces in front. `relative` makes a short name of a URI. */
export function packPage(pack: PackResult, relative: (uri: string) => string): string {
  const rows = pack.pieces.map((piece) => {
    const place = `${relative(piece.uri)}:${piece.range.start.line + 1}`;
    return `| ${cell(place)} | ${cell(piece.symbol)} | ${piece.tokens} | ${cell(piece.reasons.join(", "))} |`;
  });
  return [
    `# Pack for this selection`,
    "",
    `${pack.tokens} of ${pack.budget} tokens for ${pack.model || "no model"}. Nothing was sent.`,
    ...pack.notes.map((note) => `- ${note}`),
    "",
    "| place | symbol | tokens | why |",
    "|---|---|---|---|",
    ...rows,
    "",
    "## The text",
    "",
    pack.text,
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
