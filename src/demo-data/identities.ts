import type { Actor } from '#domain/access/actor.ts'

/**
 * The organisations of the demonstration: a practice, a council and a hospital trust, and one without a relation to
 * anybody.
 */
export const demoOrganisations = [
  { id: 'brook-surgery', name: 'Brook Surgery', ods: 'Z99001' },
  { id: 'riverside-council', name: 'Riverside Council', ods: 'Z99002' },
  { id: 'st-annes-hospital', name: 'St Anne’s Hospital', ods: 'Z99003' },
  { id: 'elsewhere-clinic', name: 'Elsewhere Clinic', ods: 'Z99004' },
] as const

const brook = { organisation: 'brook-surgery', organisationName: 'Brook Surgery' } as const
const council = {
  organisation: 'riverside-council',
  organisationName: 'Riverside Council',
} as const
const hospital = {
  organisation: 'st-annes-hospital',
  organisationName: 'St Anne’s Hospital',
} as const
const elsewhere = {
  organisation: 'elsewhere-clinic',
  organisationName: 'Elsewhere Clinic',
} as const

/** Opaque ids, like those of every person: no name may be in an address. */
export const graceId = 'p-3f9c27d1'
export const chidiId = 'r-8b51e604'
/** Chidi’s own record: he is a carer there, and a person here. */
export const chidiOwnId = 'p-52b8e1d7'

/** Fictional people to try. Never served unless demo sign-in is switched on. */
export const demoIdentities: readonly Actor[] = [
  {
    identity: 'amina',
    name: 'Amina Yusuf',
    role: 'nurse-case-manager',
    practitioner: 'amina-yusuf',
    ...brook,
  },
  {
    identity: 'karen',
    name: 'Karen Lee',
    role: 'social-worker',
    practitioner: 'karen-lee',
    ...council,
  },
  { identity: 'patel', name: 'Dr Anil Patel', role: 'gp', practitioner: 'anil-patel', ...brook },
  { identity: 'ming', name: 'Ming Zhao', role: 'pharmacist', practitioner: 'ming-zhao', ...brook },
  {
    identity: 'tom',
    name: 'Tom Price',
    role: 'physiotherapist',
    practitioner: 'tom-price',
    ...hospital,
  },
  { identity: 'grace', name: 'Grace Okafor', role: 'person', person: graceId },
  {
    identity: 'chidi',
    name: 'Chidi Okafor',
    role: 'carer',
    caresFor: [{ relatedPerson: chidiId, person: graceId }],
  },
  { identity: 'ruth', name: 'Ruth Adler', role: 'manager', ...brook },
  { identity: 'admin', name: 'Sam Field', role: 'admin', ...brook },
  {
    identity: 'stranger',
    name: 'Dr Robin Vale',
    role: 'professional',
    practitioner: 'robin-vale',
    ...elsewhere,
  },
  { identity: 'helen', name: 'Helen Marsh', role: 'manager', ...council },
  { identity: 'owen', name: 'Owen Pryce', role: 'manager', ...hospital },
]
