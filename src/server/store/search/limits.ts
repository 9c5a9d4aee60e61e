import { FhirProblem } from '#server/problem.ts'
import { isResultParameter } from './result-parameters.ts'

/** More than any screen or program needs to ask at once. */
const longest = 100_000
const mostParameters = 50
const mostIncludes = 20
const mostSorts = 5
/** What a search may cost: a value that is looked up in an index costs one. */
const mostCost = 1_000
const perLink = 10

/** Refuses a search that would cost the database far more than any real query, before any of it runs. */
export function enforceSearchLimits(params: URLSearchParams): void {
  const names = [...params.keys()]
  const parameters = [...params].filter(([name]) => !isResultParameter(name))
  const length = [...params].reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  mustBeAtMost(longest, length, 'characters')
  mustBeAtMost(mostParameters, parameters.length, 'parameters')
  const includes = names.filter((name) => /^_(rev)?include/.test(name))
  mustBeAtMost(mostIncludes, includes.length, '_include and _revinclude')
  mustBeAtMost(mostSorts, params.getAll('_sort').join().split(',').length, 'keys of _sort')
  const cost = parameters.reduce((sum, [name, value]) => sum + costOf(name, value), 0)
  if (cost > mostCost)
    throw tooCostly('This search asks for too many values at once: send it in parts')
}

function mustBeAtMost(most: number, found: number, what: string): void {
  if (found > most) throw tooCostly(`A search may have at most ${most} ${what}`)
}

/** Each value is one condition; each link of a chain searches the records of another type. */
function costOf(name: string, value: string): number {
  const values = value.split(',').length
  const links = name.split('.').length - 1 + name.split('_has:').length - 1
  return values * weightOf(name) * (links > 0 ? links * perLink : 1)
}

/** Words within a text are found only by reading one text after the other. */
function weightOf(name: string): number {
  if (/:(contains|text|above|below)$/.test(name)) return 20
  return 1
}

export const tooCostly = (text: string) => new FhirProblem(400, 'too-costly', text)
