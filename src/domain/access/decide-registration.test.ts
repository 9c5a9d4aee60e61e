import { expect, test } from 'vitest'
import { decideRegistration, type RegistrationChange } from './decide-registration.ts'

const brook = 'Organization/brook'
const council = 'Organization/council'
const other = 'Organization/other'
const patel = 'Practitioner/patel'
const doctor = 'Practitioner/doctor'
const nothing: RegistrationChange = {
  ...{ before: [brook], after: [brook], mine: ['Practitioner/me', brook], handedOver: [] },
}
const atCouncil = { mine: ['Practitioner/karen', council] }
const moved = { before: [brook], after: [council] }

test.each<[string, Partial<RegistrationChange>, boolean]>([
  ['nothing changes', atCouncil, true],
  [
    'the same entries in another order are no change',
    { before: [brook, patel], after: [patel, brook], ...atCouncil },
    true,
  ],
  ['the old practice does not move the person to another practice', moved, false],
  [
    'the new practice does not register the person without a hand-over',
    { ...moved, ...atCouncil },
    false,
  ],
  [
    'the new practice registers the person after the old one has handed over',
    { ...moved, ...atCouncil, handedOver: [brook] },
    true,
  ],
  [
    'a hand-over by a third practice does not count',
    { ...moved, ...atCouncil, handedOver: [other] },
    false,
  ],
  [
    'the new practice does not register the person with a third practice',
    { before: [brook], after: [other], ...atCouncil, handedOver: [brook] },
    false,
  ],
  ['another practice does not add itself', { after: [brook, council], ...atCouncil }, false],
  ['the person’s practice does not add another practice', { after: [brook, council] }, false],
  ['the person’s practice adds one of its own doctors', { after: [brook, patel] }, true],
  ['the person’s practice removes one of its own doctors', { before: [brook, patel] }, true],
  ['another practice does not add a doctor', { after: [brook, patel], ...atCouncil }, false],
  [
    'a hand-over replaces the doctor too',
    { before: [brook, patel], after: [council, doctor], ...atCouncil, handedOver: [brook] },
    true,
  ],
  ['the practice ends the registration', { after: [] }, true],
  [
    'the practice does not end it when another organisation is the custodian',
    { after: [], custodian: other },
    false,
  ],
  ['the practice ends it when it is the custodian itself', { after: [], custodian: brook }, true],
  [
    'one of two practices does not remove the other',
    { before: [brook, council], after: [brook] },
    false,
  ],
  [
    'the custodian registers an unregistered person with a practice',
    { before: [], after: [council], custodian: brook },
    true,
  ],
  [
    'another practice does not register a person who has a custodian',
    { before: [], after: [council], custodian: other, ...atCouncil },
    false,
  ],
  [
    'the custodian registers a person who has only a doctor',
    { before: [patel], after: [brook], custodian: brook },
    true,
  ],
  [
    'another practice does not register a person who has only a doctor',
    { before: [patel], after: [council], custodian: brook, ...atCouncil },
    false,
  ],
  [
    'the practice does not leave only a doctor when another organisation is the custodian',
    { after: [patel], custodian: other },
    false,
  ],
  [
    'the practice leaves only a doctor when it is the custodian itself',
    { after: [patel], custodian: brook },
    true,
  ],
  [
    'a named doctor does not register the person at their practice without the custodian',
    { before: [patel], after: [patel, brook], custodian: other, mine: [patel, brook] },
    false,
  ],
  [
    'a named doctor registers the person at their practice after the custodian has handed over',
    {
      ...{ before: [patel], after: [patel, brook], custodian: other },
      ...{ mine: [patel, brook], handedOver: [other] },
    },
    true,
  ],
  [
    'the custodian does not register the person elsewhere while a doctor is named',
    { before: [patel], after: [patel, council], custodian: brook },
    false,
  ],
  [
    'one of two practices does not replace the other with a doctor',
    { before: [brook, council, patel], after: [brook, doctor], mine: [brook] },
    false,
  ],
  [
    'a named doctor does not remove another doctor',
    { before: [patel, doctor, brook], after: [patel, brook], mine: [patel] },
    false,
  ],
  [
    'without a custodian a practice registers the person with itself',
    { before: [], after: [brook] },
    true,
  ],
  [
    'without a custodian a practice does not register the person elsewhere',
    { before: [], after: [council] },
    false,
  ],
  [
    'a named doctor is not replaced by another practice',
    { before: [patel], after: [brook] },
    false,
  ],
  [
    'a named doctor registers the person at their practice',
    { before: [patel], after: [brook], mine: [patel, brook] },
    true,
  ],
])('registration: %s', (_what, facts, may) => {
  expect(decideRegistration({ ...nothing, ...facts })).toBe(may)
})
