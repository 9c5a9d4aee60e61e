/** The caller: one signed-in identity and what the service knows about it. */
export type Role =
  | 'nurse-case-manager'
  | 'social-worker'
  | 'gp'
  | 'pharmacist'
  | 'physiotherapist'
  | 'person'
  | 'carer'
  | 'manager'
  | 'admin'
  | 'professional'
  | 'program'

export type Actor = Readonly<{
  /** the name used at sign-in, e.g. `amina` */
  identity: string
  name: string
  role: Role
  /** id of the Practitioner, for staff */
  practitioner?: string
  /** id of the Organization the actor works for */
  organisation?: string
  organisationName?: string
  /** scopes of a program's access token */
  scopes?: readonly string[]
  /** id of the Patient that the actor is */
  person?: string
  /** ids of the RelatedPerson records of the actor, with the Patient each belongs to */
  caresFor?: readonly Readonly<{ relatedPerson: string; person: string }>[]
}>

const staffRoles: readonly Role[] = [
  'nurse-case-manager',
  'social-worker',
  'gp',
  'pharmacist',
  'physiotherapist',
  'professional',
  // writes and reads for its organisation, as far as its scopes allow it
  'program',
]

export function isStaff(actor: Actor): boolean {
  return staffRoles.includes(actor.role)
}

/** References that mean the actor. */
export function namesOf(actor: Actor): readonly string[] {
  return [
    ...(actor.practitioner ? [`Practitioner/${actor.practitioner}`] : []),
    ...(actor.person ? [`Patient/${actor.person}`] : []),
    ...(actor.caresFor ?? []).map((each) => `RelatedPerson/${each.relatedPerson}`),
  ]
}
