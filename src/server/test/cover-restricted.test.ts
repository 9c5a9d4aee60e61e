import { expect, test } from 'vitest'
import { wholeCaseload } from '#domain/case/caseload-list.ts'
import { caseloadParameters, caseloadRequest } from '#domain/case/caseload-parameters.ts'
import { handOverPeopleRequest, sharedAnswer, weightsRequest } from '#domain/cover/shared-answer.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { beginCover } from '#test-support/worlds/cover-world.ts'

const meta = {
  security: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
      code: 'R',
      display: 'restricted',
    },
  ],
}
const about = (id: string) => ({ reference: `Patient/${id}` })
const amina = { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' }

/** What only whoever is named in the care knows of. */
const closed = [
  {
    ...{ resourceType: 'Encounter', id: 'stay-closed', status: 'in-progress', meta },
    ...{ class: { code: 'IMP' }, subject: about('Huw'), period: { start: '2026-11-28T10:00:00Z' } },
  },
  {
    ...{ resourceType: 'Flag', id: 'alert-closed', status: 'active', meta, subject: about('Huw') },
    code: { text: 'Weight' },
  },
  {
    ...{ resourceType: 'Patient', id: 'Iris', birthDate: '1950-01-01', meta },
    name: [{ family: 'Iris', given: ['Ann'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case-Iris', status: 'active', patient: about('Iris') },
    ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
    period: { start: '2026-01-01' },
  },
  {
    ...{ resourceType: 'CarePlan', id: 'plan-case-Zofia', status: 'active', intent: 'plan', meta },
    ...{ subject: about('Zofia'), goal: [{ reference: 'Goal/goal-Zofia' }] },
    extension: [{ url: 'https://gable.example/fhir/review-on', valueDate: '2026-11-01' }],
  },
  ...['Huw', 'Zofia'].map((id) => ({
    ...{ resourceType: 'CareTeam', id: `team-${id}`, status: 'active', subject: about(id) },
    participant: [{ member: amina }],
  })),
] as readonly ResourceWithId[]

eachStore('What is restricted, in caseloads', (open) => {
  async function begin() {
    const begun = await beginCover(open, closed)
    const weights = async (who: string) => {
      const asked = weightsRequest.write({ from: 'amina-yusuf' })
      const { people } = sharedAnswer.read(
        await (await begun.post(who, 'EpisodeOfCare/$caseload-weights', asked)).json(),
      )
      return Object.fromEntries(people.map(({ id, inputs }) => [id, inputs]))
    }
    const share = async (who: string, id: string, trial: boolean, from = 'amina-yusuf') => {
      const asked = { batch: 'b-9', from, reason: 'Fewer days.', trial, undo: false }
      const people = [{ id, to: 'anil-patel' }]
      const json = handOverPeopleRequest.write({ ...asked, people })
      const answer = await begun.post(who, 'EpisodeOfCare/$hand-over-people', json)
      return { status: answer.status, words: answer.status < 400 ? '' : await answer.text() }
    }
    return { ...begun, weights, share }
  }

  test('A colleague who is only related learns nothing of a restricted stay, alert or plan from a weight', async () => {
    const { weights } = await begin()
    expect(await weights('amina')).toMatchObject({
      ...{ Huw: ['no-plan', 'in-hospital', 'alert'], Zofia: ['review-overdue'], Iris: ['no-plan'] },
    })
    expect(await weights('ming')).toEqual({
      ...{ Huw: ['no-plan'], Zofia: ['no-plan'], Rahima: ['no-plan', 'in-hospital'] },
    })
  })

  test('A caseload tells whoever covers nothing of a restricted stay or plan', async () => {
    const { keep, passDays, server } = await begin()
    await keep('amina')
    passDays(3)
    const json = caseloadRequest.write({ ...wholeCaseload })
    const answer = await (await server.as('ming'))('/fhir/$caseload', { method: 'POST', json })
    const lines = caseloadParameters.read(await answer.json()).people
    expect(lines.map(({ person }) => person).toSorted()).toEqual(['Huw', 'Rahima', 'Zofia'])
    expect(lines.find(({ person }) => person === 'Huw')).toMatchObject({ isInHospital: false })
    expect(lines.find(({ person }) => person === 'Zofia')).toMatchObject({
      ...{ planVersion: '', planOn: '', reviewOn: '' },
    })
  })

  test('Of somebody who is wholly restricted a trial tells no more than the deed', async () => {
    const { share } = await begin()
    const nobody = await share('ming', 'No-such-person', true)
    expect(nobody.status).toBe(404)
    for (const trial of [true, false])
      for (const from of ['amina-yusuf', 'anil-patel'])
        expect(await share('ming', 'Iris', trial, from), `${trial} ${from}`).toEqual(nobody)
    expect((await share('amina', 'Iris', true)).status).toBe(200)
  })
})
