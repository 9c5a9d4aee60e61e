import type { Observation, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { essentialsAnswer } from '#domain/plan/worse/essentials-answer.ts'
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

eachStore('What to know first', (open) => {
  const wish = {
    ...{ resourceType: 'Observation', id: 'wish-1', status: 'final', subject: grace },
    code: { coding: [{ system: ownCodes, code: 'wishes-avoid' }] },
    ...{ performer: [grace], valueString: 'No ambulance' },
  }
  const document = {
    ...{ resourceType: 'DocumentReference', id: 'document-1', status: 'current', subject: grace },
    category: [{ coding: [{ system: ownCodes, code: 'advance-document' }] }],
    type: { coding: [{ system: ownCodes, code: 'advance-lpa' }] },
    content: [{ attachment: { creation: '2026-01-05' } }],
    extension: [{ url: 'https://gable.example/fhir/kept-at', valueString: 'In the hall' }],
  }
  const allergy = {
    ...{ resourceType: 'AllergyIntolerance', id: 'allergy-1', patient: grace },
    code: { text: 'Penicillin' },
  }
  const medicine = {
    ...{ resourceType: 'MedicationRequest', id: 'medicine-1', status: 'active', intent: 'order' },
    ...{ subject: grace, medicationCodeableConcept: { text: 'Apixaban' } },
  }
  const known = {
    ...{ resourceType: 'Patient', id: graceId, birthDate: '1934-01-04' },
    name: [{ family: 'Okafor', given: ['Grace'] }],
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
    contact: [{ name: { text: 'Ada' }, telecom: [{ system: 'phone', value: '01632 960119' }] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  }
  async function started(rooms = ['me', 'roof', 'team', 'record', 'conversation', 'support']) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(worseNow) })
    const records = [openCase, graceTeam, share(rooms, ['read']), known]
    const more = [wish, document, allergy, medicine]
    await server.seed([...standing, ...records, ...more] as never, 'brook-surgery')
    const essentials = async (who: string) => {
      const answer = await (await server.as(who))(`/fhir/Patient/${graceId}/$essentials`)
      const text = await answer.text()
      if (!answer.ok) return answer.status
      expect(text).not.toContain('9991001018')
      const { wishes, documents, allergies, medicines, nextOfKin } = essentialsAnswer.read(
        JSON.parse(text) as Parameters,
      )
      const words = [...wishes.map((each) => each.words), ...documents.map((each) => each.keptAt)]
      return [...words, ...allergies.list, ...medicines, ...nextOfKin.map(({ phone }) => phone)]
    }
    return { ...server, essentials }
  }
  const clinical = ['Penicillin', 'Apixaban', '01632 960119']
  const all = ['No ambulance', 'In the hall', ...clinical]

  test('is shown to each reader as far as they may see it, and after an emergency opening', async () => {
    const server = await started()
    expect(await server.essentials('amina')).toEqual(all)
    expect(await server.essentials('grace')).toEqual(all)
    // whatever is shared, wishes are not for a carer
    expect(await server.essentials('chidi')).toEqual(clinical)
    expect(await server.essentials('stranger')).toBe(404)
    expect(await server.essentials('ruth')).toBe(404)
    const opening = [
      { name: 'nhsNumber', valueString: '9991001018' },
      { name: 'birthDate', valueDate: '1934-01-04' },
      { name: 'reason', valueCode: 'emergency' },
      { name: 'words', valueString: 'Collapsed' },
    ]
    const opened = await (await server.as('stranger'))('/fhir/$break-glass', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: opening },
    })
    expect(opened.status).toBe(200)
    expect(await server.essentials('stranger')).toEqual(all)
  })

  test('holds wishes in whose words they are; a carer neither reads nor writes them', async () => {
    const server = await started()
    const asChidi = await server.as('chidi')
    expect((await asChidi('/fhir/Observation/wish-1')).status).toBe(404)
    expect((await asChidi('/fhir/DocumentReference/document-1')).status).toBe(404)
    const own = { ...wish, id: 'wish-2', performer: [chidi] }
    expect((await putRecord(asChidi, own)).status).toBe(404)
    const over = { ...wish, valueString: 'Everything' }
    expect(
      (await putRecord(await server.as('amina'), { ...over, performer: [amina] }, 1)).status,
    ).toBe(200)
    const asGrace = await server.as('grace')
    const kept = (await (await asGrace('/fhir/Observation/wish-1')).json()) as Observation
    expect(kept.performer?.[0]?.reference).toBe(amina.reference)
    expect(JSON.stringify(kept.extension)).toContain('No ambulance')
    expect((await putRecord(asGrace, { ...over, valueString: 'As I said' }, 2)).status).toBe(200)
    const hidden = { meta: { security: [{ system: ownCodes, code: 'professional-only' }] } }
    const asAmina = await server.as('amina')
    expect((await putRecord(asAmina, { ...document, ...hidden }, 1)).status).toBe(403)
  })

  test('says illnesses, the amber step, each situation on a line of its own, and which carer is ill with who steps in', async () => {
    const server = await started()
    const line = (name: string, parts: object) => ({
      url: `https://gable.example/fhir/${name}`,
      extension: Object.entries(parts).map(([url, value]) => ({
        ...{ url },
        ...(url === 'code' || url === 'level' ? { valueCode: value } : { valueString: value }),
      })),
    })
    const plan = {
      ...{ resourceType: 'CarePlan', id: 'whatif-case-1', status: 'active', intent: 'plan' },
      ...{ subject: grace, category: [{ coding: [{ system: ownCodes, code: 'contingency' }] }] },
      supportingInfo: [{ reference: 'EpisodeOfCare/case-1' }],
      extension: [
        line('what-if', { level: 'amber', sign: '2 kg up' }),
        line('what-if', { level: 'red', sign: 'No breath', doWhat: 'Ring 999' }),
        line('situation', { code: 's-1', level: 'red', words: 'If I fall: press the alarm' }),
      ],
    }
    const illness = {
      ...{ resourceType: 'Condition', id: 'illness-1', subject: grace },
      code: { text: 'Heart failure' },
    }
    const alone = {
      ...{ resourceType: 'Condition', id: 'alone-1', subject: grace },
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: '105529008' }],
        text: 'Lives alone',
      },
    }
    const set = (what: string, who: string) => line('set-off', { code: what, what, who })
    const ill = {
      ...{ resourceType: 'Flag', id: 'ill-1', status: 'active', subject: grace },
      ...{ category: [{ coding: [{ system: ownCodes, code: 'carer-ill' }] }] },
      code: { text: 'The carer is ill' },
      extension: [
        { url: 'https://gable.example/fhir/carer', valueReference: chidi },
        { url: 'https://gable.example/fhir/carer-name', valueString: 'Chidi Okafor' },
        ...[set('Call Chidi', 'Amina'), set('Come by', 'Ngozi Eze')],
      ],
    }
    await server.seed([plan, illness, alone, ill] as never, 'brook-surgery')
    const call = await server.as('amina')
    const answer = await (await call(`/fhir/Patient/${graceId}/$essentials`)).json()
    expect(essentialsAnswer.read(answer as Parameters)).toMatchObject({
      illnesses: ['Heart failure'],
      circumstances: ['Lives alone'],
      amber: { sign: '2 kg up' },
      red: { sign: 'No breath', doWhat: 'Ring 999' },
      situations: [{ level: 'red', words: 'If I fall: press the alarm' }],
      carersIll: [{ name: 'Chidi Okafor', stepIn: ['Ngozi Eze: Come by'] }],
    })
    const json = { resourceType: 'Parameters', parameter: [] }
    const path = `/fhir/Patient/${graceId}/$emergency-card`
    const card = await (await (await server.as('grace'))(path, { method: 'POST', json })).text()
    expect(card).toContain('If I fall: press the alarm')
    expect(card, 'paper that anybody may find').not.toMatch(/Heart failure|Lives alone|Ngozi/)
  })

  test('is put on a card by the person, or by somebody named in the care with the person’s yes, and the person sees it', async () => {
    const server = await started()
    const card = async (who: string, agreed = '') =>
      await (await server.as(who))(`/fhir/Patient/${graceId}/$emergency-card`, {
        method: 'POST',
        json: { resourceType: 'Parameters', parameter: [{ name: 'agreed', valueString: agreed }] },
      })
    const made = await (await card('grace')).text()
    expect(made).toContain('Penicillin')
    const why = { url: 'https://gable.example/fhir/restricted-why', valueString: 'Not yet told' }
    const between = { system: ownCodes, code: 'professional-only', extension: [why] }
    const text = 'Told to nobody yet'
    const hidden = { ...medicine, id: 'medicine-2', medicationCodeableConcept: { text } }
    const meta = { security: [between] }
    const stored = await putRecord(await server.as('amina'), { ...hidden, meta })
    expect(stored.status).toBe(201)
    expect(await (await card('amina', 'She said yes')).text()).not.toContain(text)
    expect(made).not.toContain('9991001018')
    const outcomes = [
      ...(await Promise.all(
        ['amina', 'patel', 'chidi', 'stranger', 'ruth'].map((who) => card(who)),
      )),
      ...(await Promise.all(['amina', 'patel', 'chidi'].map((who) => card(who, 'She said yes')))),
    ]
    expect(outcomes.map(({ status }) => status)).toEqual([422, 403, 403, 404, 404, 200, 403, 403])
    const log = await (
      await (
        await server.as('grace')
      )(`/fhir/Patient/${graceId}/$who-looked`)
    ).text()
    expect(log).toContain('$emergency-card')
    expect(log).toContain('She said yes')
  })
})
