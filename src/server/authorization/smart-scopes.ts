import type { AccessAct } from '#domain/access/decide.ts'
import type { Scope } from '#domain/access/scope.ts'
import { mayDo, type ScopePermission, typesWith } from '#domain/access/smart-scopes.ts'
import type { FhirRoute } from '#server/http/fhir-routes.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type FhirProblem, forbidden } from '#server/problem.ts'

type Typed = Readonly<{ kind: FhirRoute['kind']; type?: string; id?: string; name?: string }>

/** What each kind of request needs on its own type. A conditional one searches too, and a patch shows what it changes. */
const needs: Readonly<Partial<Record<FhirRoute['kind'], readonly ScopePermission[]>>> = {
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

/** The few operations that programs may call, all of which read only records of one type. */
const served: readonly (string | undefined)[] = ['everything', 'validate', 'metadata']

/**
 * A program's request context, narrowed to what its access token allows for this request; anybody else's unchanged.
 * Everything that is read for the answer, including what is included, chained or counted, is of the types that the
 * token allows. Throws 403.
 */
export function withinScopes(context: RequestContext, route: FhirRoute): RequestContext {
  const { grants } = context.accessScope
  if (!grants) return context
  const typed: Typed = route
  const { type = '' } = typed
  const letters = lettersFor(typed)
  if (type !== '' && !letters.every((each) => mayDo(grants, each, type))) throw beyond()
  if (route.kind === 'operation' && !served.includes(route.name)) throw beyond()
  if (route.kind === 'trail') throw beyond()
  const types = isReading(route) ? typesWith(grants, readingLetters(typed)) : undefined
  return {
    ...context,
    accessScope: { ...context.accessScope, scope: narrowed(context.accessScope.scope, types) },
  }
}

function lettersFor({ kind, id, name }: Typed): readonly ScopePermission[] {
  if (kind === 'history') return id ? ['r'] : ['s']
  if (kind === 'operation') return name === 'everything' ? ['r', 's'] : ['r']
  return needs[kind] ?? []
}

/** Writes are checked one by one, where they are decided: see `mustBeGranted`. */
function isReading({ kind }: FhirRoute): boolean {
  return ['read', 'vread', 'search', 'search-form', 'history', 'operation'].includes(kind)
}

function readingLetters(typed: Typed): readonly ScopePermission[] {
  return lettersFor(typed).length > 0 ? lettersFor(typed) : ['r', 's']
}

function narrowed(scope: Scope, types: readonly string[] | undefined): Scope {
  const { people } = scope
  return types ? { people, types } : { people }
}

/** Throws 403 if a program's access token does not allow this write. */
export function mustBeGranted(
  context: RequestContext,
  act: Exclude<AccessAct, 'read'>,
  type: string,
): void {
  const letter = { create: 'c', update: 'u', delete: 'd' } as const
  mustBeGiven(context, [letter[act]], type)
}

/** Throws 403 if a program's access token does not allow all of this: asked before anything is looked up. */
export function mustBeGiven(
  context: RequestContext,
  letters: readonly ScopePermission[],
  type: string,
): void {
  const { grants } = context.accessScope
  if (grants && !letters.every((each) => mayDo(grants, each, type))) throw beyond()
}

/** The scope in which a condition may look for records of a type. Throws 403 for a program that may not search them. */
export function smartSearchScope(context: RequestContext, type: string): Scope {
  const { grants, scope } = context.accessScope
  if (!grants) return scope
  if (!mayDo(grants, 's', type)) throw beyond()
  return narrowed(scope, typesWith(grants, ['s']))
}

function beyond(): FhirProblem {
  return forbidden('The scopes of this access token do not allow this')
}
