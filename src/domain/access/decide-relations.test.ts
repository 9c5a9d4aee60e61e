import { expect, test } from 'vitest'
import {
  type CareRole,
  decideRelations,
  type RelationsAsked,
  shutsOut,
} from './decide-relations.ts'

const me = 'Practitioner/me'
const hospital = 'Organization/hospital'
const amina = 'Practitioner/amina'
const friend = 'Practitioner/friend'
const at = (to: string, until?: string): CareRole => (until ? { to, until } : { to })
const guest: RelationsAsked = {
  ...{ lasting: false, before: [], after: [] },
  ...{ mine: [me, hospital], elsewhere: [amina] },
}

test.each<[string, Partial<RelationsAsked>, ReturnType<typeof decideRelations>]>([
  ['one whose access lasts lets anybody in', { lasting: true, after: [at(friend)] }, undefined],
  ['one whose access lasts ends any place', { lasting: true, before: [at(friend)] }, undefined],
  ['a guest lets nobody in', { after: [at(friend)] }, 'gives'],
  ['a guest does not let himself in', { after: [at(me)] }, 'gives'],
  ['a guest names who is in by another record', { after: [at(amina)] }, undefined],
  ['one new place among known ones is one too many', { after: [at(amina), at(friend)] }, 'gives'],
  ['what stands stays', { before: [at(friend)], after: [at(friend)] }, undefined],
  [
    'a guest takes up what was asked of where he works',
    { before: [at(hospital)], after: [at(me)] },
    undefined,
  ],
  ['a guest passes it on to nobody else', { before: [at(hospital)], after: [at(friend)] }, 'gives'],
  [
    'a place of another’s makes none for the guest',
    { before: [at(amina)], after: [at(amina), at(me)] },
    'gives',
  ],
  ['a guest does not stay longer', { before: [at(me, '2026-04-01')], after: [at(me)] }, 'gives'],
  ['… nor until later', { before: [at(me, '2026-04-01')], after: [at(me, '2026-04-02')] }, 'gives'],
  [
    'a guest may go earlier',
    { before: [at(me, '2026-04-01')], after: [at(me, '2026-03-02')] },
    undefined,
  ],
  [
    'the same end is no later one',
    { before: [at(me, '2026-04-01')], after: [at(me, '2026-04-01')] },
    undefined,
  ],
  [
    'a place without an end may be given one',
    { before: [at(me)], after: [at(me, '2026-04-01')] },
    undefined,
  ],
  [
    'another’s place is not made longer',
    { before: [at(friend, '2026-04-01')], after: [at(friend)] },
    'gives',
  ],
  ['a guest ends his own place', { before: [at(hospital)] }, undefined],
  ['a guest ends what others have by another record too', { before: [at(amina)] }, undefined],
  ['a guest ends no place of another', { before: [at(friend), at(me)], after: [at(me)] }, 'takes'],
  [
    'a guest sets no end to another’s place',
    { before: [at(friend)], after: [at(friend, '2026-04-01')] },
    'takes',
  ],
  ['a step for his own referral is his', { after: [at(me)], forReferral: true }, undefined],
  [
    'a step for his own referral is nobody else’s',
    { after: [at(friend)], forReferral: true },
    'gives',
  ],
])('%s', (_what, facts, fault) => {
  expect(decideRelations({ ...guest, ...facts })).toBe(fault)
})

test.each([
  [[], false],
  [[at(me), at(hospital)], false],
  [[at(me), at(amina)], true],
])('deleting what lets in %j shuts others out: %s', (before, shuts) => {
  expect(shutsOut({ before, mine: guest.mine })).toBe(shuts)
})
