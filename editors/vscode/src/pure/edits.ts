/** Arithmetic on text edits: the text that comes out, and places that move with it. */

import type { Position, Span } from "./protocol.ts";

/** An edit by offsets into a text. */
export interface OffsetEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text after edits that all refer to it as it was; undefined where two of them overlap. */
export function applied(text: string, edits: readonly OffsetEdit[]): string | undefined {
  const sorted = [...edits].sort((one, other) => one.from - other.from || one.to - other.to);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.from < at) return undefined;
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** A place moved by a change in front of it; one that the change covers stays where it is. */
export function moved(place: Span, replaced: Span, text: string): Span {
  if (!before(replaced.end, place.start) && !same(replaced.end, place.start)) return place;
  const added = text.split("\n");
  const lines = added.length - 1 - (replaced.end.line - replaced.start.line);
  const shift = (position: Position): Position => ({
    line: position.line + lines,
    character:
      position.line === replaced.end.line
        ? position.character - replaced.end.character + endOf(replaced.start, added)
        : position.character,
  });
  return { start: shift(place.start), end: shift(place.end) };
}

function endOf(start: Position, added: readonly string[]): number {
  const last = added.at(-1)?.length ?? 0;
  return added.length === 1 ? start.character + last : last;
}

function before(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function same(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
