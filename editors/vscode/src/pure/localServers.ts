/** Servers that people run on their own machine, with the addresses they listen at by themselves. */

export const KNOWN_SERVERS: readonly { readonly name: string; readonly address: string }[] = [
  { name: "Ollama", address: "http://localhost:11434/v1" },
  { name: "LM Studio", address: "http://localhost:1234/v1" },
  { name: "llama.cpp", address: "http://localhost:8080/v1" },
  { name: "vLLM", address: "http://localhost:8000/v1" },
];

/** Whether a text is an address that can be asked. */
export function isAddress(text: string): boolean {
  try {
    return ["http:", "https:"].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
