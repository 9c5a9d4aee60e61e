import type { CarePlan, Flag } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type Aftercare, aftercareIdFor, aftercareKind } from '#domain/plan/crisis/aftercare.ts'
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

const karen = { reference: 'Practitioner/karen-lee', display: 'Karen Lee' }

eachStore('For a crisis', (open) => {
  async function started(rooms: readonly string[] = ['roof']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(worseNow) })
    const records = [openCase, graceTeam, share(rooms, ['read', 'write'])]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    return server
  }

  test('a line of the crisis plan is changed only by who said it, or written down for them', async () => {
    const server = await started()
    const line = (code: string, words: string, by: object, helper?: object) => ({
      url: 'https://gable.example/fhir/crisis-line',
      extension: [
        { url: 'code', valueCode: code },
        { url: 'sort', valueCode: 'signs' },
        ...(words ? [{ url: 'words', valueString: words }] : []),
        { url: 'said-by', valueReference: by },
        ...(helper ? [{ url: 'supported-by', valueReference: helper }] : []),
        { url: 'said-on', valueDateTime: worseNow },
      ],
    })
    const plan = (...extension: object[]) => ({
      ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
      category: [{ coding: [{ system: ownCodes, code: 'contingency' }] }],
      ...{ subject: grace, supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }], extension },
    })
    const put = async (who: string, version: number | undefined, ...lines: object[]) =>
      (await putRecord(await server.as(who), plan(...lines), version)).status
    const hers = line('c-1', 'I stop sleeping', grace, amina)
    const team = line('c-2', 'She stops answering the door', amina)
    const his = line('c-3', 'She hides the post', chidi)
    expect(await put('amina', undefined, hers, team)).toBe(201)
    const more = line('c-4', 'I hear the radio at night', grace)
    expect(await put('grace', 1, hers, team, more), 'the person adds a line').toBe(200)
    expect(await put('chidi', 2, hers, team, more, his), 'and a carer with the room').toBe(200)
    const refused: readonly [string, ...object[]][] = [
      ['karen', line('c-1', 'Something else', karen), team, more, his],
      ['karen', team, more, his],
      ['amina', hers, team, more],
      ['amina', hers, team, more, line('c-3', '', amina)],
      ['chidi', hers, team, line('c-4', 'Louder', chidi), his],
      ['chidi', hers, line('c-2', 'Not so', chidi), more, his],
      ['grace', hers, team, more],
      ['grace', hers, more, his],
    ]
    for (const [place, [who, ...lines]] of refused.entries())
      expect(await put(who, 3, ...lines), `try ${place} of ${who}`).toBe(403)
    const now = line('c-1', 'I do not sleep at all', grace, karen)
    expect(await put('karen', 3, now, team, more, his), 'the person’s words of today').toBe(200)
    const kept = line('c-2', 'She does not open', karen)
    expect(await put('karen', 4, now, kept, more, his), 'between professionals').toBe(200)
    expect(await put('grace', 5, now, kept, his), 'the person takes out their own').toBe(200)
    const crisis = crisisFromFhir(
      (await (await (await server.as('grace'))('/fhir/CarePlan/whatif-case-1')).json()) as CarePlan,
    )
    expect(crisis.lines.map(({ words, said }) => [words, said?.by.reference])).toEqual([
      ['I do not sleep at all', grace.reference],
      ['She does not open', karen.reference],
      ['She hides the post', chidi.reference],
    ])
    const { extension: _gone, ...none } = { ...plan(), category: [{ text: 'Something else' }] }
    expect((await putRecord(await server.as('amina'), none, 6)).status).toBe(403)
    const asked = await (await server.as('amina'))(`/fhir/Patient/${graceId}/$essentials`)
    expect(JSON.stringify(await asked.json())).toContain('I do not sleep at all')
  })

  test('section 117 aftercare is for the person and named professionals, who record it whole', async () => {
    const server = await started(['roof', 'record', 'me'])
    const flag = (more: Partial<Aftercare> = {}) =>
      aftercareKind.toFhir({
        ...{
          id: aftercareIdFor(graceId),
          person: graceId,
          since: '2026-01-05',
          what: 'A visit a week',
        },
        ...{ authority: 'Riverside Council', board: 'Riverside ICB', reviewedOn: '', endedOn: '' },
        ...more,
      })
    const put = async (who: string, record: object, version?: number) =>
      (await putRecord(await server.as(who), record as Flag & { id: string }, version)).status
    expect(await put('grace', flag())).toBe(403)
    for (const who of ['chidi', 'stranger']) expect(await put(who, flag()), who).toBe(404)
    const faults = [
      { since: '2026-12-01' },
      { since: '' },
      { board: ' ' },
      { reviewedOn: '2025-01-01' },
    ]
    for (const fault of faults) expect(await put('amina', flag(fault))).toBe(422)
    expect(await put('amina', flag({ id: 'aftercare-2' })), 'one for each person').toBe(422)
    expect(await put('karen', flag())).toBe(201)
    expect(await put('karen', { ...flag(), category: [{ text: 'Infection' }] }, 1)).toBe(422)
    const status = async (who: string) =>
      (await (await server.as(who))(`/fhir/Flag/${aftercareIdFor(graceId)}`)).status
    const seen = await Promise.all(['grace', 'amina', 'karen', 'chidi', 'stranger'].map(status))
    expect(seen).toEqual([200, 200, 200, 404, 404])
    expect(await put('amina', flag({ endedOn: '2026-03-01', reviewedOn: '2026-03-01' }), 1)).toBe(
      200,
    )
  })
})
