import { signInAs } from '#client/session/session.ts'
import { graceRecords } from '#demo-data/grace/grace.ts'
import { graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Sql } from '#server/store/sql.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'

export { graceId }

/** Ways to spoil the network: `drop` sends no answer, `lose` does the work and loses the answer. */
export type Wire = { mode: 'open' | 'drop' | 'lose' }

/**
 * Grace's record behind the real handler, with the browser's own fetch directed to it: both use the machine's clock.
 * Sign in with `signInAs`.
 */
export async function openGraceHouse(
  settings: Readonly<{ sql?: Sql }> = {},
): Promise<OpenHandler & { wire: Wire }> {
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
