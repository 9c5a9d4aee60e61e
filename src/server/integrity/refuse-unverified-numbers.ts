import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { smartSearchScope } from '#server/authorization/smart-scopes.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { splitUnescaped, unescapedSearchText } from '#server/store/search/search-text.ts'

/**
 * A condition on an NHS number whose check digit is wrong would give one person what is another’s: it decides nothing.
 * A search may look for such a number. Throws 422.
 */
export async function refuseUnverifiedNumbers(
  context: RequestContext,
  query: URLSearchParams,
): Promise<void> {
  for (const [name, text] of query) {
    if (!/(?:^|[.:])identifier(?::|$)/.test(name)) continue
    for (const each of splitUnescaped(text, ',')) {
      const number = await unverifiedIn(context, each)
      if (number !== undefined) throw unverified(number)
    }
  }
}

async function unverifiedIn(context: RequestContext, token: string): Promise<string | undefined> {
  const parts = splitUnescaped(token, '|').map(unescapedSearchText)
  const [system, value] = parts.length > 1 ? parts : [undefined, parts[0]]
  const number = (value ?? '').replace(/[\s-]/g, '')
  if (number === '' || isNhsNumber(number)) return undefined
  if (system === nhsNumberSystem) return number
  // without a system it may be the number of any other register, unless somebody here has it as an NHS number
  const isTen = system === undefined && /^\d{10}$/.test(number)
  return isTen && (await isOnSomebody(context, number)) ? number : undefined
}

async function isOnSomebody(context: RequestContext, number: string): Promise<boolean> {
  const query = new URLSearchParams({ identifier: `${nhsNumberSystem}|${number}` })
  const scope = smartSearchScope(context, 'Patient')
  return (await context.store.match('Patient', query, scope, 1)).length > 0
}

const unverified = (number: string) =>
  new FhirProblem(
    422,
    'business-rule',
    `The check digit of the NHS number ${number} is wrong. Nobody is found, linked or changed by a number that is not verified: refer to the record (Patient/id)`,
  )
