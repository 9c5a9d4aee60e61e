import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { peopleSearchAnswer } from '#domain/search/people-search.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { standing } from '#test-support/worlds/grace-records.ts'
import { graceTeam, openCase } from '#test-support/worlds/worse-records.ts'

const now = new Date('2026-03-02T09:00:00Z')
const person = (id: string, family: string, more: object = {}) => ({
  ...{ resourceType: 'Patient', id, birthDate: '1944-01-01', name: [{ family, given: ['Ann'] }] },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})

eachStore('Searching for a person', (open) => {
  async function started() {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([
      ...standing.filter(({ id }) => id !== graceId),
      ...[openCase, graceTeam],
      person(graceId, 'Okafor', {
        birthDate: '1934-01-04',
        identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
      }),
      person('hill', 'Hill'),
      person('died', 'Hillier', { deceasedBoolean: true }),
      person('away', 'Hillman', { generalPractitioner: [{ reference: 'Organization/other' }] }),
      optOutToFhir({ person: graceId, kind: 'finding', stands: true }),
    ] as unknown as ResourceWithId[])
    const search = async (who: string, text?: string) => {
      const parameter = text === undefined ? [] : [{ name: 'text', valueString: text }]
      const json = { resourceType: 'Parameters', parameter }
      const call = await server.as(who)
      const answer = await call('/fhir/Patient/$search-people', { method: 'POST', json })
      if (!answer.ok) return answer.status
      const { people } = peopleSearchAnswer.read((await answer.json()) as Parameters)
      if (text === undefined)
        expect(people.map(({ nhsNumber }) => nhsNumber ?? '').join('')).toBe('')
      return people.map(({ id }) => id)
    }
    return { server, search }
  }

  test.each([
    ['hil', ['hill', 'died']],
    ['ann hill', ['hill', 'died']],
    ['999 100 1018', [graceId]],
    ['04/01/1934', [graceId]],
    ['1944-01-01', ['hill', 'died']],
    ['okafor', [graceId]],
    ['nobody', []],
    ['%', []],
  ])(
    'finds by “%s” whom the caller may see, the living first, also who said no to lists',
    async (text, ids) => {
      const { search } = await started()
      expect(await search('amina', text)).toEqual(ids)
    },
  )

  test('finds for each caller only whom they may see, and is not for persons, carers and managers', async () => {
    const { search } = await started()
    expect(await search('stranger', 'hill')).toEqual([])
    for (const who of ['grace', 'chidi', 'ruth']) expect(await search(who, 'hill'), who).toBe(403)
  })

  test('without words tells the caller alone whose plans they opened last, newest first', async () => {
    const { server, search } = await started()
    const see = async (patient: string, at: string) => {
      const seen = [
        { name: 'room', valueCode: 'me' },
        { name: 'at', valueInstant: at },
      ]
      const parameter = [
        { name: 'patient', valueId: patient },
        { name: 'seen', part: seen },
      ]
      const json = { resourceType: 'Parameters', parameter }
      const answer = await (await server.as('amina'))('/fhir/$mark-seen', { method: 'POST', json })
      expect(answer.status).toBe(200)
    }
    await see('hill', '2026-03-01T08:00:00Z')
    await see(graceId, '2026-03-01T09:00:00Z')
    expect(await search('amina')).toEqual([graceId, 'hill'])
    expect(await search('patel')).toEqual([])
    await server.seed([
      person('hill', 'Hill', { generalPractitioner: [{ reference: 'Organization/other' }] }),
    ] as ResourceWithId[])
    expect(await search('amina'), 'not whom they may no longer see').toEqual([graceId])
  })
})
