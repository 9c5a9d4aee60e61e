import { isStoredType } from '#server/fhir/stored-types.ts'
import { FhirProblem } from '#server/problem.ts'

/** What an address and a method ask for. */
export type FhirRoute =
  | { kind: 'metadata' }
  | { kind: 'bundle' }
  /** the audit log, which is not a record and can only be searched */
  | { kind: 'trail' }
  | {
      kind: 'search' | 'search-form' | 'create' | 'update-where' | 'patch-where' | 'delete-where'
      type: string
    }
  | { kind: 'read' | 'update' | 'patch' | 'delete'; type: string; id: string }
  | { kind: 'vread'; type: string; id: string; version: string }
  | { kind: 'history'; type?: string; id?: string }
  | { kind: 'operation'; name: string; type?: string; id?: string }

type Verbs = Readonly<Record<string, FhirRoute>>

/** The route of a path below `/fhir`. 404 for a type or path that is not served, 405 (with Allow) for another method. */
export function fhirRouteOf(method: string, path: string): FhirRoute {
  const parts = path.split('/').filter((part) => part !== '')
  const verb = method === 'HEAD' ? 'GET' : method
  const verbs = verbsOf(parts.map(decodePart))
  const route = verbs[verb]
  if (route) return route
  const allow = Object.keys(verbs).join(', ')
  throw new FhirProblem(405, 'not-supported', `${method} is not supported here; ${allow} is`, {
    headers: { Allow: allow },
  })
}

function decodePart(part: string): string {
  try {
    const text = decodeURIComponent(part)
    if (!text.includes('\0')) return text
  } catch {}
  throw noSuchPath()
}

const noSuchPath = () => new FhirProblem(404, 'not-found', 'Nothing is served at this address')

function verbsOf(parts: readonly string[]): Verbs {
  const [first, ...rest] = parts
  if (first === undefined) return { POST: { kind: 'bundle' } }
  if (first === 'metadata' && rest.length === 0) return { GET: { kind: 'metadata' } }
  if (first === '_history' && rest.length === 0) return { GET: { kind: 'history' } }
  if (first.startsWith('$') && rest.length === 0) return operation({ name: first.slice(1) })
  if (first === 'AuditEvent') return verbsOfTrail(rest)
  if (!isStoredType(first) && !isBundleToCheck(parts)) {
    throw new FhirProblem(404, 'not-supported', `Records of type ${first} are not stored here`)
  }
  return verbsOfType(first, rest)
}

/** A bundle is not a record, but it can be checked. */
const isBundleToCheck = (parts: readonly string[]) => parts.join('/') === 'Bundle/$validate'

function verbsOfTrail(rest: readonly string[]): Verbs {
  if (rest.length === 0) return { GET: { kind: 'trail' } }
  if (rest.length === 1 && rest[0] === '_search') return { POST: { kind: 'trail' } }
  throw noSuchPath()
}

function operation(which: { name: string; type?: string; id?: string }): Verbs {
  const route = { kind: 'operation' as const, ...which }
  return { GET: route, POST: route }
}

function verbsOfType(type: string, rest: readonly string[]): Verbs {
  const [second, ...more] = rest
  if (second === undefined) {
    return {
      GET: { kind: 'search', type },
      POST: { kind: 'create', type },
      PUT: { kind: 'update-where', type },
      PATCH: { kind: 'patch-where', type },
      DELETE: { kind: 'delete-where', type },
    }
  }
  if (more.length === 0) {
    if (second === '_search') return { POST: { kind: 'search-form', type } }
    if (second === '_history') return { GET: { kind: 'history', type } }
    if (second.startsWith('$')) return operation({ name: second.slice(1), type })
  }
  return verbsOfRecord(type, second, more)
}

function verbsOfRecord(type: string, id: string, more: readonly string[]): Verbs {
  const [third, version] = more
  if (third === undefined) {
    return {
      GET: { kind: 'read', type, id },
      PUT: { kind: 'update', type, id },
      PATCH: { kind: 'patch', type, id },
      DELETE: { kind: 'delete', type, id },
    }
  }
  if (third === '_history' && more.length === 1) return { GET: { kind: 'history', type, id } }
  if (third === '_history' && version && more.length === 2) {
    return { GET: { kind: 'vread', type, id, version } }
  }
  if (third.startsWith('$') && more.length === 1) {
    return operation({ name: third.slice(1), type, id })
  }
  throw noSuchPath()
}
