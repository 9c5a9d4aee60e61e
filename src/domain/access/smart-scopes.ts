/** What a program may do with records: letters of SMART App Launch 2 (create, read, update, delete, search), by type or `*`. */
export type SmartScopes = Readonly<Record<string, string>>

/**
 * Lets a program send a hospital's messages. Our own scope, included in no `system/…` scope: a message is put on the
 * record of the person it names, registered with the program's organisation or not.
 */
export const bringingMessages = 'hl7/adt.write'

export type ScopePermission = 'c' | 'r' | 'u' | 'd' | 's'

const firstEdition: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' }

/**
 * Reads `system/Observation.rs`, `system/*.cruds` and the older `system/Patient.read`. Anything else, including scopes
 * of people (`user/`, `patient/`) and scopes narrowed by a query, gives nothing.
 */
export function smartScopesIn(scopes: readonly string[]): SmartScopes {
  const grants: Record<string, string> = {}
  for (const scope of scopes) {
    const [, type, rights = ''] = /^system\/(\*|[A-Z][A-Za-z]+)\.([a-z]+|\*)$/.exec(scope) ?? []
    const letters = firstEdition[rights] ?? (/^c?r?u?d?s?$/.test(rights) ? rights : '')
    if (type) grants[type] = (grants[type] ?? '') + letters
  }
  return grants
}

export function mayDo(grants: SmartScopes, letter: ScopePermission, type: string): boolean {
  return [grants[type], grants['*']].some((letters) => letters?.includes(letter))
}

/** Types for which all of the letters are given; undefined: for every type. */
export function typesWith(
  grants: SmartScopes,
  letters: readonly ScopePermission[],
): readonly string[] | undefined {
  const all = (type: string) => letters.every((letter) => mayDo(grants, letter, type))
  return all('*') ? undefined : Object.keys(grants).filter((type) => type !== '*' && all(type))
}
