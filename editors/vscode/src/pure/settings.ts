/**
 * The user's settings as the server wants them: nested, and only what somebody has set.
 *
 * Defaults stay here. A default that is sent looks like a choice, and would win over the user's own
 * codeassist.toml and environment.
 */

/** What the editor knows of one setting, by where it was set. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

export interface Declared {
  /** The key behind `codeassist.`, such as `model.baseUrl`. */
  readonly key: string;
  /** Whether a workspace's file may set it; the others count only where the user set them. */
  readonly byWorkspace: boolean;
}

/** A section of package.json's `contributes.configuration`. */
export interface Group {
  readonly properties: Readonly<Record<string, { readonly scope?: string }>>;
}

// Settings of the extension itself: the server has no use for them.
const OWN = /^codeassist\.(server|trace)\./;

/** The server's settings among those that the manifest declares. */
export function declared(groups: readonly Group[]): Declared[] {
  return groups
    .flatMap((group) => Object.entries(group.properties))
    .filter(([key]) => !OWN.test(key))
    .map(([key, property]) => ({
      key: key.replace(/^codeassist\./, ""),
      byWorkspace: property.scope === "resource",
    }));
}

/** The settings that are set, nested by the dots of their keys. */
export function explicit(
  settings: readonly Declared[],
  inspect: (key: string) => Inspected | undefined,
): Record<string, unknown> {
  const nested: Record<string, unknown> = {};
  for (const { key, byWorkspace } of settings) {
    const value = chosen(inspect(key), byWorkspace);
    if (value !== undefined && value !== null) put(nested, key.split("."), value);
  }
  return nested;
}

function chosen(known: Inspected | undefined, byWorkspace: boolean): unknown {
  if (!known) return undefined;
  const ofWorkspace = known.workspaceFolderValue ?? known.workspaceValue;
  return byWorkspace ? (ofWorkspace ?? known.globalValue) : known.globalValue;
}

function put(nested: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) {
    nested[first] = value;
    return;
  }
  nested[first] ??= {};
  put(nested[first] as Record<string, unknown>, rest, value);
}
