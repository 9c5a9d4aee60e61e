import type { Organization } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { odsCodeSystem } from '#domain/fhir/codes.ts'
import { isCareHome } from '#domain/home/is-care-home.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Store } from '#server/store/store.ts'
import { programTokenIn } from './credential.ts'
import type { Provider } from './provider-contract.ts'
import { matchesRecord } from './record-match.ts'

/**
 * The program of an access token, with its scopes and the organisation that it works for, which decides whom it can
 * see. Without an organisation that is found here it can see nobody.
 */
export async function programActor(
  request: Request,
  provider: Provider,
  { store, today }: Readonly<{ store: Store; today: string }>,
): Promise<Actor | undefined> {
  const token = programTokenIn(request.headers.get('authorization') ?? '')
  const program = token ? await provider.program(token) : undefined
  if (!program) return undefined
  const found = program.organisation
    ? await organisationOf(program.organisation, store, today)
    : undefined
  return {
    identity: `program ${program.client}@${new URL(provider.issuer).host}`,
    name: program.client,
    role: 'program',
    scopes: program.scopes,
    ...(found?.id ? { organisation: found.id, organisationName: found.name ?? '' } : {}),
  }
}

async function organisationOf(
  code: string,
  store: Store,
  today: string,
): Promise<Organization | undefined> {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(code)) return undefined
  const query = new URLSearchParams({ identifier: `${odsCodeSystem}|${code}`, _count: '10' })
  const all = (await store.search('Organization', query, everyone)).matches as Organization[]
  const found = all.filter(
    (each) =>
      each.active !== false &&
      !isCareHome(each) &&
      matchesRecord(each, { system: odsCodeSystem, value: code }, today),
  )
  return found.length === 1 ? found[0] : undefined
}
