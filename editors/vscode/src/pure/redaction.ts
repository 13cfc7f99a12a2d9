/** Keeps secrets out of logs: a text with every known secret blacked out. */

const BLACK = "[key]";
// Shorter texts occur by chance, and no provider gives keys so short.
const SHORTEST = 6;

/** The text without the secrets, also where they were written as JSON. */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    clean = clean.replaceAll(secret, BLACK);
    clean = clean.replaceAll(JSON.stringify(secret).slice(1, -1), BLACK);
  }
  return clean;
}
