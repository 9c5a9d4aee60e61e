import type { CarePlan } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { crisisFromFhir } from '#domain/plan/crisis/crisis-fhir.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, grace, share, standing } from '#test-support/worlds/grace-records.ts'
import {
  graceTeam,
  openCase,
  ownCodes,
  putRecord,
  worseNow,
} from '#test-support/worlds/worse-records.ts'

const line = (words: string, by: object) => ({
  url: 'https://gable.example/fhir/crisis-line',
  extension: [
    { url: 'code', valueCode: 'c-1' },
    { url: 'sort', valueCode: 'signs' },
    { url: 'words', valueString: words },
    { url: 'said-by', valueReference: by },
    { url: 'said-on', valueDateTime: worseNow },
  ],
})
const hers = line('I stop sleeping', grace)
const plan = (extension: readonly object[], category: object) => ({
  ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
  ...{ subject: grace, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }] },
  ...{ category: [category], extension },
})
const worse = { coding: [{ system: ownCodes, code: 'contingency' }] }

eachStore('The words of a crisis plan', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(worseNow) })
    const records = [openCase, graceTeam, share(['roof'], ['read', 'write'])]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    const put = async (who: string, version: number | undefined, ...lines: readonly object[]) =>
      (await putRecord(await server.as(who), plan(lines, worse), version)).status
    const said = async () => {
      const stored = await (await server.as('grace'))('/fhir/CarePlan/whatif-case-1')
      const { lines } = crisisFromFhir((await stored.json()) as CarePlan)
      return lines.map(({ words, said: by }) => [words, by?.by.reference])
    }
    return { ...server, put, said }
  }

  test('stay whose they are beside another line under the same name', async () => {
    const { put, said } = await started()
    expect(await put('grace', undefined, hers)).toBe(403)
    expect(await put('amina', undefined, line('She hides', amina))).toBe(201)
    expect(await put('grace', 1, line('She hides', amina), hers)).toBe(200)
    const [his, louder] = [line('Loud', chidi), line('Louder', chidi)]
    expect(await put('chidi', 2, his, line('She hides', amina), hers)).toBe(200)
    expect(await put('chidi', 3, louder, line('She hides', amina), hers)).toBe(200)
    expect(await said()).toEqual([
      ['Louder', chidi.reference],
      ['She hides', amina.reference],
      ['I stop sleeping', grace.reference],
    ])
    expect(await put('chidi', 4, louder, line('She hides', amina)), 'nor are they gone').toBe(403)
  })

  test('are in nobody else’s name by way of a plan of another kind', async () => {
    const { as, put, said } = await started()
    const amina1 = await as('amina')
    const elsewhere = plan([hers], { text: 'Something else' })
    // the id of a crisis plan is for a crisis plan
    expect((await putRecord(amina1, elsewhere)).status).toBe(422)
    expect(await put('amina', undefined, hers)).toBe(201)
    expect(await said()).toEqual([['I stop sleeping', amina.reference]])
  })
})
