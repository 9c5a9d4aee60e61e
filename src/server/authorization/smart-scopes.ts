import type { Act } from '#domain/access/decide.ts'
import type { Scope } from '#domain/access/scope.ts'
import { type Letter, mayDo, typesWith } from '#domain/access/smart-scopes.ts'
import type { Route } from '#server/http/fhir-routes.ts'
import type { Visit } from '#server/http/request-context.ts'
import { type FhirProblem, forbidden } from '#server/problem.ts'

type Typed = Readonly<{ kind: Route['kind']; type?: string; id?: string; name?: string }>

/** What each kind of call needs on its own type. A conditional one searches too, and a patch shows what it changes. */
const needs: Readonly<Partial<Record<Route['kind'], readonly Letter[]>>> = {
  read: ['r'],
  vread: ['r'],
  search: ['s'],
  'search-form': ['s'],
  create: ['c'],
  patch: ['u', 'r'],
  delete: ['d'],
  'update-where': ['s'],
  'patch-where': ['u', 'r', 's'],
  'delete-where': ['d', 's'],
}

/** The few operations that are served to programs, all of which look at nothing but records of a type. */
const served: readonly (string | undefined)[] = ['everything', 'validate', 'metadata']

/**
 * The visit of a program, narrowed to what its access token gives for this call; anybody else's as it is. Everything that is
 * read for the answer, what is included, chained or counted too, is of the types that the token gives. Throws 403.
 */
export function withinScopes(visit: Visit, route: Route): Visit {
  const { grants } = visit.reach
  if (!grants) return visit
  const asked: Typed = route
  const { type = '' } = asked
  const letters = lettersFor(asked)
  if (type !== '' && !letters.every((each) => mayDo(grants, each, type))) throw beyond()
  if (route.kind === 'operation' && !served.includes(route.name)) throw beyond()
  if (route.kind === 'trail') throw beyond()
  const types = isReading(route) ? typesWith(grants, readingLetters(asked)) : undefined
  return { ...visit, reach: { ...visit.reach, scope: narrowed(visit.reach.scope, types) } }
}

function lettersFor({ kind, id, name }: Typed): readonly Letter[] {
  if (kind === 'history') return id ? ['r'] : ['s']
  if (kind === 'operation') return name === 'everything' ? ['r', 's'] : ['r']
  return needs[kind] ?? []
}

/** Writes are looked at one by one, where they are decided: see `mustBeGranted`. */
function isReading({ kind }: Route): boolean {
  return ['read', 'vread', 'search', 'search-form', 'history', 'operation'].includes(kind)
}

function readingLetters(asked: Typed): readonly Letter[] {
  return lettersFor(asked).length > 0 ? lettersFor(asked) : ['r', 's']
}

function narrowed(scope: Scope, types: readonly string[] | undefined): Scope {
  const { people } = scope
  return types ? { people, types } : { people }
}

/** Throws 403 when a program's access token does not give this write. */
export function mustBeGranted(visit: Visit, act: Exclude<Act, 'read'>, type: string): void {
  const letter = { create: 'c', update: 'u', delete: 'd' } as const
  mustBeGiven(visit, [letter[act]], type)
}

/** Throws 403 when a program's access token does not give all of this: asked before anything is looked up. */
export function mustBeGiven(visit: Visit, letters: readonly Letter[], type: string): void {
  const { grants } = visit.reach
  if (grants && !letters.every((each) => mayDo(grants, each, type))) throw beyond()
}

/** The scope in which a condition may look for records of a type. Throws 403 for a program that may not search them. */
export function searchScope(visit: Visit, type: string): Scope {
  const { grants, scope } = visit.reach
  if (!grants) return scope
  if (!mayDo(grants, 's', type)) throw beyond()
  return narrowed(scope, typesWith(grants, ['s']))
}

function beyond(): FhirProblem {
  return forbidden('The scopes of this access token do not allow this')
}
