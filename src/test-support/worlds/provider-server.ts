import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { usualClaimNames } from '#server/auth/claims.ts'
import type { SignIn } from '#server/auth/provider-sign-in.ts'
import { createHandler, type Handler } from '#server/handler.ts'
import { openProvider } from '#server/hosts/node/open-provider.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { minutesFromNow } from '#test-support/clock.ts'
import { type Browser, pressAccount } from '#test-support/doubles/browser.ts'
import type { TestProvider } from '#test-support/doubles/openid-provider.ts'
import type { Opened } from '#test-support/servers/stores.ts'

const number = 'https://fhir.nhs.uk/Id/nhs-number'
const staffNumber = 'https://fhir.nhs.uk/Id/sds-user-id'
const ods = 'https://fhir.nhs.uk/Id/ods-organization-code'

const grace = { nhs_number: '9990000018', identity_proofing_level: 'P9' }
export const providerAccounts = {
  amina: { nhsid_useruid: '555000000001', organisation_code: 'A1' },
  'amina-at-b': { nhsid_useruid: '555000000001', organisation_code: 'B2' },
  left: { nhsid_useruid: '555000000002', organisation_code: 'A1' },
  roleless: { nhsid_useruid: '555000000003', organisation_code: 'A1' },
  unknown: { nhsid_useruid: '555999999999', organisation_code: 'A1' },
  grace,
  unproven: { ...grace, identity_proofing_level: 'P5' },
  chidi: { nhs_number: '9990000026', identity_proofing_level: 'P9' },
  twice: { nhs_number: '9990000034', identity_proofing_level: 'P9' },
  doubled: { nhs_number: '9990000042', identity_proofing_level: 'P9' },
  nobody: { nhs_number: '9990000050', identity_proofing_level: 'P9' },
  nothing: {},
}

const patient = (id: string, value: string): ResourceWithId => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Okafor', given: ['Grace'] }],
  identifier: [{ system: number, value }],
})
export const relatedPerson = (id: string, of: string, value: string): ResourceWithId => ({
  resourceType: 'RelatedPerson',
  id,
  patient: { reference: `Patient/${of}` },
  name: [{ family: 'Okafor', given: ['Chidi'] }],
  identifier: [{ system: number, value }],
})
const practitioner = (id: string, value: string): ResourceWithId => ({
  resourceType: 'Practitioner',
  id,
  name: [{ text: `Name of ${id}` }],
  identifier: [{ system: staffNumber, value }],
})
export const staffPost = (id: string, of: string, more: object = {}): ResourceWithId => ({
  resourceType: 'PractitionerRole',
  id,
  practitioner: { reference: `Practitioner/${of}` },
  organization: { reference: 'Organization/a' },
  code: [{ coding: [{ system: gableCodeSystem, code: 'nurse-case-manager' }] }],
  ...more,
})
const records = [
  {
    resourceType: 'Organization',
    id: 'a',
    name: 'Practice A',
    identifier: [{ system: ods, value: 'A1' }],
  },
  practitioner('amina', '555000000001'),
  staffPost('r1', 'amina'),
  practitioner('left', '555000000002'),
  staffPost('r2', 'left', { period: { end: '2020-03-01' } }),
  practitioner('roleless', '555000000003'),
  staffPost('r3', 'roleless', { code: [{ text: 'Nurse case manager' }] }),
  patient('p1', '9990000018'),
  relatedPerson('rp1', 'p1', '9990000026'),
  patient('p2', '9990000999'),
  relatedPerson('rp2', 'p2', '9990000026'),
  relatedPerson('rp3', 'p1', '9990000034'),
  relatedPerson('rp4', 'p1', '9990000034'),
  patient('p3', '9990000042'),
  patient('p4', '9990000042'),
] as const

/** The handler with this provider, over the people of `records`; `wait` moves its clock forward, in minutes. */
export async function serverWithProvider(
  provider: TestProvider,
  open: (options: { now: () => Date }) => Promise<Opened>,
  issuer = provider.issuer,
): Promise<
  Readonly<{ handler: Handler; store: Store; sql: Sql; wait: (minutes: number) => void }>
> {
  let ahead = 0
  const now = () => minutesFromNow(ahead)
  const { sql, store } = await open({ now })
  await store.writeMany(
    records.map((resource) => ({
      resource: resource as ResourceWithId,
      expect: 'anything',
    })),
  )
  const handler = createHandler({ sql, store, now, signIn: signInWith(provider, issuer) })
  return {
    ...{ handler, store, sql },
    wait: (minutes) => {
      ahead += minutes
    },
  }
}

/** The service’s settings for this provider. */
export function signInWith(provider: TestProvider, issuer = provider.issuer): SignIn {
  const { clientId, clientSecret, audience } = provider
  return {
    provider: openProvider({
      ...{ issuer, clientId, clientSecret, audience },
      scope: 'openid profile',
      label: 'work account',
      programOrganisation: 'organisation_code',
    }),
    names: usualClaimNames,
  }
}

/** Goes to the provider, presses the account’s button there and comes back. */
export async function signInAt(browser: Browser, account: string, query = ''): Promise<Response> {
  return await browser.call(await comingBack(browser, account, query))
}

/** The address to which the provider redirects, not yet opened. */
async function comingBack(browser: Browser, account: string, query = ''): Promise<string> {
  const leaving = await browser.call(`/auth/sign-in${query}`)
  return await pressAccount(browser, leaving.headers.get('location') ?? '', account)
}

export const actorIn = async (browser: Browser): Promise<unknown> =>
  (await (await browser.call('/auth/session')).json()).actor
