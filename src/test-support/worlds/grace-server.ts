import type { Patient } from '@medplum/fhirtypes'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { signInAs } from '#client/session/session.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Sql } from '#server/store/sql.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'

export { graceId }

/** Ways in which the network fails: `drop` sends no answer, `lose` does the work and loses the answer. */
export type Wire = { mode: 'open' | 'drop' | 'lose' }

export type GraceServer = OpenHandler & { wire: Wire }

/** Somebody else of her practice, of whom nothing else is recorded. */
export const annHill = {
  ...{ resourceType: 'Patient', id: 'p-ann', name: [{ family: 'Hill', given: ['Ann'] }] },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
} satisfies Patient

/**
 * Grace's record behind the real handler, with the browser's own fetch directed to it: both use the machine's clock.
 * Sign in with `signInAs`.
 */
export async function openGraceServer(
  settings: Readonly<{ sql?: Sql }> = {},
): Promise<GraceServer> {
  const open = await openHandler({ ...settings, now: machineNow })
  const records = [...demoOrganisationRecords(), ...graceRecords(dayFromToday(0))]
  await open.seed(records, 'brook-surgery')
  const wire: Wire = { mode: 'open' }
  globalThis.fetch = async (input, init) => {
    if (wire.mode === 'drop') throw new TypeError('Failed to fetch')
    const url = new URL(String(input instanceof Request ? input.url : input), 'http://gable.test')
    const answer = await open.handler(new Request(url, init))
    if (wire.mode === 'lose' && init?.method !== 'GET') throw new TypeError('Failed to fetch')
    return answer
  }
  await signInAs('amina')
  return { ...open, wire }
}

/** The same, open for all tests of a file: before each the network is there and this identity signed in. */
export function graceServerForFile(identity = 'amina'): GraceServer {
  const server = {} as GraceServer
  beforeAll(async () => {
    Object.assign(server, await openGraceServer())
  })
  afterAll(async () => await server.close())
  beforeEach(async () => {
    server.wire.mode = 'open'
    await signInAs(identity)
  })
  return server
}
