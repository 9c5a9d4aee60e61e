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
  ['the order is no change', { before: [brook, patel], after: [patel, brook], ...atCouncil }, true],
  ['her practice alone moves her', moved, false],
  ['the new one alone takes her', { ...moved, ...atCouncil }, false],
  [
    'the new one takes her when hers has handed her over',
    { ...moved, ...atCouncil, handedOver: [brook] },
    true,
  ],
  [
    'a hand-over by another practice counts for nothing',
    { ...moved, ...atCouncil, handedOver: [other] },
    false,
  ],
  [
    'the new one hands her on to a third',
    { before: [brook], after: [other], ...atCouncil, handedOver: [brook] },
    false,
  ],
  ['the new one adds itself', { after: [brook, council], ...atCouncil }, false],
  ['hers adds another', { after: [brook, council] }, false],
  ['hers adds a doctor of its own', { after: [brook, patel] }, true],
  ['hers takes a doctor of its own away', { before: [brook, patel] }, true],
  ['others add a doctor', { after: [brook, patel], ...atCouncil }, false],
  [
    'a hand-over takes the doctor along',
    { before: [brook, patel], after: [council, doctor], ...atCouncil, handedOver: [brook] },
    true,
  ],
  ['hers strikes her off', { after: [] }, true],
  ['hers strikes her off, and another brought her in', { after: [], custodian: other }, false],
  ['hers strikes her off, and brought her in itself', { after: [], custodian: brook }, true],
  ['hers strikes off one of two practices', { before: [brook, council], after: [brook] }, false],
  [
    'who brought her in says where she is registered',
    { before: [], after: [council], custodian: brook },
    true,
  ],
  [
    'others register whom somebody else brought in',
    { before: [], after: [council], custodian: other, ...atCouncil },
    false,
  ],
  [
    'who brought her in registers whom a doctor alone is named for',
    { before: [patel], after: [brook], custodian: brook },
    true,
  ],
  [
    'others do not register whom a doctor alone is named for',
    { before: [patel], after: [council], custodian: brook, ...atCouncil },
    false,
  ],
  [
    'hers leaves a doctor alone, and another brought her in',
    { after: [patel], custodian: other },
    false,
  ],
  [
    'hers leaves a doctor alone, and brought her in itself',
    { after: [patel], custodian: brook },
    true,
  ],
  [
    'a doctor by name takes her from whoever brought her in',
    { before: [patel], after: [patel, brook], custodian: other, mine: [patel, brook] },
    false,
  ],
  [
    'a doctor by name brings her into his practice, and whoever brought her in has handed her over',
    {
      ...{ before: [patel], after: [patel, brook], custodian: other },
      ...{ mine: [patel, brook], handedOver: [other] },
    },
    true,
  ],
  [
    'who brought her in gives her to a practice while a doctor is named for her',
    { before: [patel], after: [patel, council], custodian: brook },
    false,
  ],
  [
    'one of two practices does not name a doctor in the place of the other',
    { before: [brook, council, patel], after: [brook, doctor], mine: [brook] },
    false,
  ],
  [
    'a doctor by name takes no other away',
    { before: [patel, doctor, brook], after: [patel, brook], mine: [patel] },
    false,
  ],
  ['nobody brought her in: one’s own practice', { before: [], after: [brook] }, true],
  ['nobody brought her in: another practice', { before: [], after: [council] }, false],
  [
    'a doctor by name, alone, gives herself up to nobody',
    { before: [patel], after: [brook] },
    false,
  ],
  [
    'a doctor by name brings her into his practice',
    { before: [patel], after: [brook], mine: [patel, brook] },
    true,
  ],
])('%s', (_what, facts, may) => {
  expect(decideRegistration({ ...nothing, ...facts })).toBe(may)
})
