import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { cardLinkAnswer, cardLinkRequest } from '#domain/card/card-link.ts'
import { cardOpeningRequest, openedCard } from '#domain/card/opened-card.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { grace, share, standing } from '#test-support/worlds/grace-records.ts'
import { graceTeam, openCase, worseNow } from '#test-support/worlds/worse-records.ts'

const known = {
  ...{ resourceType: 'Patient', id: graceId, birthDate: '1934-01-04' },
  name: [{ family: 'Okafor', given: ['Grace'] }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery', display: 'Brook Surgery' }],
}
const illness = {
  ...{ resourceType: 'Condition', id: 'illness-1', subject: grace },
  code: { text: 'Heart failure' },
}
const important = {
  ...{ resourceType: 'Observation', id: 'important-1', status: 'final', subject: grace },
  code: { coding: [{ code: aboutMeCodes['most-important'] }] },
  valueString: 'My garden',
}
const unsaid = { matters: '', wholePlan: { coordinator: '', organisation: '', phone: '' } }

eachStore('What an emergency card says besides', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date(worseNow) })
    const shared = share(['me', 'roof', 'team', 'record'], ['read'])
    const records = [openCase, graceTeam, shared, known, illness, important]
    await server.seed([...standing, ...records] as never, 'brook-surgery')
    const path = `/fhir/Patient/${graceId}`
    const set = async (
      said: Readonly<{ illnesses?: boolean; matters?: boolean; act?: string; card?: string }>,
    ) => {
      const json = cardLinkRequest.write({
        ...{ act: 'new', card: '', use: 'home', paper: false, agreed: '' },
        ...{ illnesses: false, matters: false, ...said },
      })
      const answer = await (await server.as('grace'))(`${path}/$set-card-link`, {
        ...{ method: 'POST', json },
      })
      return cardLinkAnswer.read((await answer.json()) as Parameters)
    }
    const opened = async (token = '') => {
      const said = { token, name: 'Sam Reed', role: 'ambulance', why: 'Fell in the street' }
      const json = cardOpeningRequest.write(said)
      const answer = await server.anyone('/auth/emergency-card', { method: 'POST', json })
      return openedCard.read((await answer.json()) as Parameters)
    }
    return { ...server, sql, set, opened }
  }

  test('says illnesses only if the person wants them on this card', async () => {
    const { set, opened } = await started()
    const { token } = await set({ illnesses: true })
    expect((await opened(token)).illnesses).toEqual(['Heart failure'])
    expect((await opened((await set({})).token)).illnesses).toEqual([])
  })

  test('says what matters and who has the whole plan only if the person wants them on this card', async () => {
    const { sql, set, opened } = await started()
    const { token, cards } = await set({ matters: true })
    expect(cards).toMatchObject([{ matters: true }])
    const card = await opened(token)
    expect(card.matters).toBe('My garden')
    expect(card.wholePlan.organisation).not.toBe('')
    expect(await opened((await set({})).token)).toMatchObject(unsaid)
    // as a card that was made before this was asked
    await sql.query('update card_link set matters = default')
    expect(await opened(token)).toMatchObject(unsaid)
    const replaced = await set({ act: 'replace', card: cards[0]?.id ?? '', matters: true })
    expect((await opened(replaced.token)).matters).toBe('My garden')
  })

  test('is listed in use first, then run out, then ended', async () => {
    const { sql, set, pass } = await started()
    const [first] = (await set({})).cards
    await set({ act: 'end', card: first?.id ?? '' })
    pass(1)
    await set({})
    pass(1)
    const [latest] = (await set({})).cards
    await sql.query('update card_link set expires = $2 where id = $1', [
      latest?.id,
      new Date(worseNow).toISOString(),
    ])
    const { cards } = await set({})
    expect(cards.map(({ state }) => state)).toEqual(['open', 'open', 'expired', 'ended'])
  })
})
