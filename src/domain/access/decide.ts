import { type Actor, isStaff } from './actor.ts'
import type { Shared } from './consent.ts'
import type { Kind } from './kind.ts'
import type { Room } from './room.ts'

export type Act = 'read' | 'create' | 'update' | 'delete'

/** How the actor stands to the person that a record is about; `nobody` when it is about no person. */
export type Relation = 'self' | 'carer' | 'related' | 'all' | 'none' | 'nobody'

export type Question = Readonly<{
  actor: Actor
  act: Act
  kind: Kind
  room: Room
  relation: Relation
  /** what the person has given to this carer */
  shared?: Shared | undefined
  /** who the record says it is from, after the act */
  author?: string | undefined
  /** who it said it was from before */
  priorAuthor?: string | undefined
  /** who helped to write it down */
  supporters?: readonly string[] | undefined
  /** on delete: the actor was the first to write this record */
  wroteFirst?: boolean | undefined
  /** on update: names of the elements that change */
  changed?: readonly string[] | undefined
}>

export type Decision = Readonly<{
  allowed: boolean
  why:
    | 'own-record'
    | 'shared'
    | 'relation'
    | 'administration'
    | 'open-to-all'
    | 'no-relation'
    | 'not-shared'
    | 'professionals-only'
    | 'not-your-role'
    | 'words-of-another'
    | 'never'
  /** true: answer as if the record were not there */
  hidden: boolean
}>

/** Deny by default: role × relation × consent × authorship → yes or no, and why. The table of its answers is its test. */
export function decide(question: Question): Decision {
  if (question.kind === 'trail') return no('never')
  if (question.relation === 'nobody') return aboutNobody(question)
  if (question.relation === 'none') return hide('no-relation')
  const reach = mayReach(question)
  if (!reach.allowed || question.act === 'read') return reach
  if (question.act === 'delete') return mayDelete(question, reach)
  if (!speaksForItself(question)) return no('words-of-another')
  return isStaff(question.actor) || question.relation === 'all' ? reach : mayWrite(question, reach)
}

const yes = (why: Decision['why']): Decision => ({ allowed: true, why, hidden: false })
const no = (why: Decision['why']): Decision => ({ allowed: false, why, hidden: false })
const hide = (why: Decision['why']): Decision => ({ allowed: false, why, hidden: true })

function aboutNobody({ actor, act, kind }: Question): Decision {
  if (kind !== 'about-nobody') return no('never')
  if (act === 'read') return yes('open-to-all')
  return actor.role === 'admin' ? yes('administration') : no('not-your-role')
}

function mayReach({ relation, room, shared }: Question): Decision {
  if (relation === 'all') return yes('administration')
  if (relation === 'related') return yes('relation')
  if (room === 'professional') return hide('professionals-only')
  if (relation === 'self') return yes('own-record')
  return shared?.read.includes(room) ? yes('shared') : hide('not-shared')
}

/** References that mean the actor. */
function namesOf(actor: Actor): readonly string[] {
  return [
    ...(actor.practitioner ? [`Practitioner/${actor.practitioner}`] : []),
    ...(actor.person ? [`Patient/${actor.person}`] : []),
    ...(actor.caresFor ?? []).map((each) => `RelatedPerson/${each.relatedPerson}`),
  ]
}

const spokenKinds: readonly Kind[] = ['about-me', 'message', 'agreement']
const ownOnlyKinds: readonly Kind[] = ['reading', 'answers', 'goal', 'action']

/** Words, messages and agreements go in the name of the one who is signed in. A professional may write down for the person, saying so. */
function speaksForItself({ actor, kind, author, act, supporters }: Question): boolean {
  const own = author !== undefined && namesOf(actor).includes(author)
  if (spokenKinds.includes(kind)) {
    const wroteDown = kind === 'about-me' && namesOf(actor).some((me) => supporters?.includes(me))
    return own || wroteDown
  }
  if (isStaff(actor) || actor.role === 'admin' || act === 'update') return true
  return !ownOnlyKinds.includes(kind) || author === undefined || own
}

function mayDelete({ actor, wroteFirst }: Question, reach: Decision): Decision {
  if (actor.role === 'admin') return reach
  return wroteFirst ? reach : no('words-of-another')
}

const writtenByPeople: Readonly<Partial<Record<Kind, readonly Act[]>>> = {
  'about-me': ['create', 'update'],
  goal: ['create', 'update'],
  message: ['create', 'update'],
  reading: ['create', 'update'],
  agreement: ['create'],
  answers: ['create', 'update'],
  action: ['create', 'update'],
  plan: ['update'],
}

/** Elements that stay with the professionals when a person or carer works on a shared record. */
const keptByProfessionals: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  plan: [
    ...['status', 'intent', 'category', 'subject', 'careTeam', 'addresses', 'period', 'author'],
    ...['supportingInfo', 'extension:review-on', 'extension:reading-limit', 'extension:what-if'],
  ],
  action: ['intent', 'for', 'owner', 'requester', 'restriction', 'code', 'focus'],
  goal: ['subject'],
}

function mayWrite(question: Question, reach: Decision): Decision {
  const { act, kind, room, shared, relation } = question
  if (relation === 'carer' && !shared?.write.includes(room)) return no('not-shared')
  if (kind === 'sharing') return relation === 'self' ? reach : no('never')
  if (!writtenByPeople[kind]?.includes(act) || touchesWhatIsKept(question)) {
    return no('not-your-role')
  }
  return isAnothers(question) ? no('words-of-another') : reach
}

function touchesWhatIsKept({ kind, changed }: Question): boolean {
  const kept = keptByProfessionals[kind] ?? []
  return changed?.some((name) => kept.includes(name)) ?? false
}

/** A carer does not change what someone else said, and nobody does what is another's to do. The plan belongs to all. */
function isAnothers({ actor, act, kind, priorAuthor }: Question): boolean {
  if (act !== 'update' || kind === 'plan') return false
  if (actor.role !== 'carer' && kind !== 'action') return false
  return priorAuthor !== undefined && !namesOf(actor).includes(priorAuthor)
}
