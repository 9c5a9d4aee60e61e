import { createElement } from 'react'
import { describe, expect, test } from 'vitest'
import type { PriorityBand, TodayKind } from '#domain/today/today.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import { read } from '#test-support/drawn.ts'
import { Lead, TodayStreet } from './today-street.tsx'

/** A caseload from the band of each person, with two items for each person of today. */
function dayOf(...stretches: readonly PriorityBand[]): Today {
  const people = stretches.map((band, place) => ({
    ...{ id: `p${place}`, family: 'Hill', given: 'Ann', band },
  }))
  const reasons: Readonly<Partial<Record<PriorityBand, readonly TodayKind[]>>> = {
    today: ['promise', 'silent'],
    'in-hospital': ['admitted'],
  }
  const items = people.flatMap(({ id, band }) =>
    (reasons[band] ?? []).map((kind) => ({
      ...{ kind, person: id, reference: `Task/${id}`, due: '2026-11-20', text: '' },
    })),
  )
  return { people, items, plans: 0, unmet: 0 }
}

const leadOf = (...stretches: readonly PriorityBand[]) =>
  read(createElement(Lead, { today: dayOf(...stretches) }))

describe('The first sentence on Today', () => {
  test.each([
    [leadOf(), 'Nobody is on your caseload yet.'],
    [leadOf('steady', 'week'), 'Nobody needs anything from you right now.'],
    [leadOf('today'), 'The one person on your caseload needs something.'],
    [leadOf('today', 'steady'), '1 of your 2 people needs something.'],
    [leadOf('today', 'today'), '2 of your 2 people need something.'],
  ])('%#: is right for any number of people', (lead, words) => {
    expect(lead).toBe(words)
  })

  test.each([
    [1, '1 thing waits for you in social care.'],
    [3, '3 things wait for you in social care.'],
  ])(
    'never says that nobody needs anything while %i waits in social care',
    (inSocialCare, words) => {
      expect(read(createElement(Lead, { today: dayOf('steady'), inSocialCare }))).toBe(words)
    },
  )

  test('counts people as the lists below do: each once, and not those only in hospital', () => {
    const today = dayOf('today', 'today', 'in-hospital', 'steady', 'week')
    expect(read(createElement(Lead, { today }))).toBe('2 of your 5 people need something.')
    const street = read(createElement(TodayStreet, { today }))
    expect(street).toBe('2 today1 this week1 steady1 in hospital')
  })
})
