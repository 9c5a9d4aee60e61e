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
  [
    'a user with lasting access gives access to anybody',
    { lasting: true, after: [at(friend)] },
    undefined,
  ],
  [
    'a user with lasting access ends anybody’s access',
    { lasting: true, before: [at(friend)] },
    undefined,
  ],
  ['a guest gives access to nobody', { after: [at(friend)] }, 'gives'],
  ['a guest does not give access to themselves', { after: [at(me)] }, 'gives'],
  ['a guest names somebody who has access by another record', { after: [at(amina)] }, undefined],
  [
    'a guest adds nobody new beside somebody who has access',
    { after: [at(amina), at(friend)] },
    'gives',
  ],
  ['an entry that was there stays', { before: [at(friend)], after: [at(friend)] }, undefined],
  [
    'a guest accepts what their organisation was asked to do',
    { before: [at(hospital)], after: [at(me)] },
    undefined,
  ],
  [
    'a guest does not pass on what their organisation was asked to do',
    { before: [at(hospital)], after: [at(friend)] },
    'gives',
  ],
  [
    'a guest does not add themselves beside another’s entry',
    { before: [at(amina)], after: [at(amina), at(me)] },
    'gives',
  ],
  [
    'a guest does not remove the end of their own access',
    { before: [at(me, '2026-04-01')], after: [at(me)] },
    'gives',
  ],
  [
    'a guest does not put off the end of their own access',
    { before: [at(me, '2026-04-01')], after: [at(me, '2026-04-02')] },
    'gives',
  ],
  [
    'a guest brings forward the end of their own access',
    { before: [at(me, '2026-04-01')], after: [at(me, '2026-03-02')] },
    undefined,
  ],
  [
    'a guest keeps the end of their own access',
    { before: [at(me, '2026-04-01')], after: [at(me, '2026-04-01')] },
    undefined,
  ],
  [
    'a guest sets an end to their own access',
    { before: [at(me)], after: [at(me, '2026-04-01')] },
    undefined,
  ],
  [
    'a guest does not prolong another’s access',
    { before: [at(friend, '2026-04-01')], after: [at(friend)] },
    'gives',
  ],
  ['a guest ends the access of their own organisation', { before: [at(hospital)] }, undefined],
  [
    'a guest removes an entry of somebody who has access by another record',
    { before: [at(amina)] },
    undefined,
  ],
  [
    'a guest does not end another’s access',
    { before: [at(friend), at(me)], after: [at(me)] },
    'takes',
  ],
  [
    'a guest sets no end to another’s access',
    { before: [at(friend)], after: [at(friend, '2026-04-01')] },
    'takes',
  ],
  [
    'a guest takes on a step of their own referral',
    { after: [at(me)], forReferral: true },
    undefined,
  ],
  [
    'a guest gives a step of their own referral to nobody else',
    { after: [at(friend)], forReferral: true },
    'gives',
  ],
])('giving access: %s', (_what, facts, fault) => {
  expect(decideRelations({ ...guest, ...facts })).toBe(fault)
})

test.each([
  [[], false],
  [[at(me), at(hospital)], false],
  [[at(me), at(amina)], true],
])('deleting a record that gives access to %j takes access from others: %s', (before, shuts) => {
  expect(shutsOut({ before, mine: guest.mine })).toBe(shuts)
})
