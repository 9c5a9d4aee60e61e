import { type Actor, isStaff, namesOf } from './actor.ts'
import {
  type AccessLabel,
  namedAccessLabels,
  sharedAccessLabels,
  staffAccessLabels,
} from './labels/access-label.ts'
import { opensRoom } from './labels/carer-room.ts'
import { type Labelling, labelFault } from './labels/labelling.ts'
import type { RecordAccessKind } from './record-access-kind.ts'
import type { Rewording } from './rewording.ts'
import type { RoomKeys } from './scope.ts'

export type AccessAct = 'read' | 'create' | 'update' | 'delete'

/**
 * The actor's relation to the person that a record is about; `nobody` if it is about no person. `related`: through
 * their organisation; `named`: personally, in the team, the case, a task or a referral; `break-glass`: not named, but opened
 * the record in an emergency.
 */
export type AccessRelation =
  | 'self'
  | 'carer'
  | 'related'
  | 'named'
  | 'break-glass'
  | 'all'
  | 'none'
  | 'nobody'

export type AccessQuestion = Readonly<{
  actor: Actor
  act: AccessAct
  kind: RecordAccessKind
  room: AccessLabel
  relation: AccessRelation
  /** what the person has shared with this carer */
  shared?: RoomKeys | undefined
  /** who the record says it is from, after the act */
  author?: string | undefined
  /** who it said it was from before */
  priorAuthor?: string | undefined
  /** who helped to write it down */
  supporters?: readonly string[] | undefined
  /** of a Consent: it gives somebody access to a room, after the act */
  opens?: boolean | undefined
  /** of a Consent: it would give access to a room once the person agrees */
  asks?: boolean | undefined
  /** of a Consent that the person agreed to or ended: what is wrong with the change if somebody else makes it */
  rewording?: Rewording | undefined
  /** id of the Patient concerned */
  person?: string | undefined
  /** on delete: the actor was the first to write this record */
  wroteFirst?: boolean | undefined
  /** on update: names of the elements that change */
  changed?: readonly string[] | undefined
  /** of a care home: the actor works there, or has a current resident in their care */
  caresThere?: boolean | undefined
  /** of an organisation or its service: the actor manages it, and changes no more than when it works */
  ownHours?: boolean | undefined
  /** what the write does to the labels that restrict a record */
  labelling?: Labelling | undefined
}>

export type Decision = Readonly<{
  allowed: boolean
  why:
    | 'own-record'
    | 'own-organisation'
    | 'shared'
    | 'relation'
    | 'emergency'
    | 'administration'
    | 'open-to-all'
    | 'no-relation'
    | 'not-shared'
    | 'professionals-only'
    | 'named-only'
    | 'answered-alone'
    | 'not-your-role'
    | 'no-resident'
    | 'words-of-another'
    | 'only-patient-gives'
    | 'never-hidden-from-patient'
    | 'no-reason'
    | 'error-unexplained'
    | 'said-by-patient'
    | 'never'
  /** true: answer as if the record did not exist */
  hidden: boolean
}>

/**
 * Deny by default: role × relation × consent × authorship → allowed or not, and why. The table of its answers is its
 * test.
 */
export function decide(question: AccessQuestion): Decision {
  if (question.kind === 'trail') return no('never')
  if (question.relation === 'nobody') return aboutNobody(question)
  if (question.relation === 'none') return hide('no-relation')
  if (question.room === 'safeguarding') return hide('never')
  if (question.room === 'alone') return aboutAnsweredAlone(question)
  const reach = mayReach(question)
  if (question.act === 'read') return reach
  const fault = labelFault(question, namesOf(question.actor))
  if (fault) return no(fault)
  return reach.allowed ? mayChange(question, reach) : reach
}

/**
 * An answer that its round keeps from the others: it is given like every other answer about a goal, and then only
 * `$answered-alone` shows it to others, when they have answered themselves.
 */
function aboutAnsweredAlone(question: AccessQuestion): Decision {
  if (question.act === 'create') return decide({ ...question, room: 'conversation' })
  if (question.act !== 'read') return hide('answered-alone')
  if (question.relation === 'all') return yes('administration')
  const { actor, author = '', supporters = [] } = question
  const isOwn = namesOf(actor).some((me) => me === author || supporters.includes(me))
  return isOwn ? yes('own-record') : hide('answered-alone')
}

function mayChange(question: AccessQuestion, reach: Decision): Decision {
  if (isTheHouses(question)) return no('not-your-role')
  if (question.kind === 'emergency') return mayCloseEmergency(question, reach)
  if (question.kind === 'carer-ill') return maySayCarerIsIll(question, reach)
  if (question.relation === 'break-glass') return mayWriteInEmergency(question, reach)
  if (question.act === 'delete') return mayDelete(question, reach)
  const fault = sharingFault(question)
  if (fault) return no(fault)
  if (isSaidInAnothersName(question)) return no('words-of-another')
  return isStaff(question.actor) || question.relation === 'all'
    ? reach
    : mayWriteAtHome(question, reach)
}

function isSaidInAnothersName(question: AccessQuestion): boolean {
  if (!speaksForItself(question) || !mayAskForPatient(question)) return true
  return takesOver(question) || rewrites(question)
}

/** Staff work stays between professionals, no matter whom it names. */
function isTheHouses({ kind, relation }: AccessQuestion): boolean {
  return isReferenceData(kind) && relation !== 'all'
}

const yes = (why: Decision['why']): Decision => ({ allowed: true, why, hidden: false })
const no = (why: Decision['why']): Decision => ({ allowed: false, why, hidden: false })
const hide = (why: Decision['why']): Decision => ({ allowed: false, why, hidden: true })

function aboutNobody(question: AccessQuestion): Decision {
  const { actor, act, kind } = question
  if (!isReferenceData(kind)) return no('never')
  if (act === 'read') return yes('open-to-all')
  if (actor.role === 'admin') return yes('administration')
  if (kind === 'care-home') return aboutCareHome(question)
  if (question.ownHours && !question.labelling) return yes('own-organisation')
  return isOwnDetails(question) ? yes('own-record') : no('not-your-role')
}

/**
 * Where somebody lives is written by who cares for them. Its numbers stand on the card of everybody who lives there, so
 * who cares for none of them changes nothing. A home gives nobody access.
 */
function aboutCareHome({ actor, act, labelling, caresThere }: AccessQuestion): Decision {
  if (!isStaff(actor) || act === 'delete' || labelling) return no('not-your-role')
  return act === 'create' || caresThere ? yes('relation') : no('no-resident')
}

const isReferenceData = (kind: RecordAccessKind) => kind === 'about-nobody' || kind === 'care-home'

/** Contact details: the actor's own record, and nothing else in it. */
function isOwnDetails({ actor, act, author, changed = [], labelling }: AccessQuestion): boolean {
  const isOwn = author !== undefined && namesOf(actor).includes(author)
  return (
    act === 'update' && isOwn && !labelling && changed.every((each) => reachedBy.includes(each))
  )
}

const reachedBy: readonly string[] = ['telecom', 'address']

function mayReach(question: AccessQuestion): Decision {
  const { relation, room, shared } = question
  if (relation === 'all') return yes('administration')
  if (relation === 'named') return yes('relation')
  if (relation === 'break-glass') return yes('emergency')
  if (relation === 'related')
    return namedAccessLabels.includes(room) ? hide('named-only') : yes('relation')
  if (staffAccessLabels.includes(room)) return hide('professionals-only')
  if (relation === 'self') return yes('own-record')
  if (isOpen(shared?.read, room)) return yes('shared')
  return isOwnRecord(question) ? yes('own-record') : hide('not-shared')
}

const isOpen = (keys: readonly string[] | undefined, room: AccessLabel) =>
  keys !== undefined && opensRoom(keys, room)

/**
 * A carer may always read and correct their own contact details, and say that they are ill and read what that sets off,
 * whatever else is shared with them.
 */
function isOwnRecord({ actor, kind, author, room }: AccessQuestion): boolean {
  const isOwn = author !== undefined && namesOf(actor).includes(author)
  const isTheirs = kind === 'details' || kind === 'carer-ill'
  return isTheirs && isOwn && sharedAccessLabels.includes(room)
}

/** Only the service creates and ends the alert of an opening; professionals who know the person close it. */
function mayCloseEmergency(question: AccessQuestion, reach: Decision): Decision {
  const { act, relation, changed } = question
  if (act !== 'update' || (relation !== 'related' && relation !== 'named')) return no('never')
  const closing = ['status', 'period', 'author', 'extension:closing']
  return changed?.every((name) => closing.includes(name)) ? reach : no('never')
}

const illnessChanges = ['status', 'period', 'author', 'extension:closing']

/**
 * That a carer is ill can be said, and ended, by that carer, by the person and by the professionals named in the care.
 * What is set off is the service’s to say.
 */
function maySayCarerIsIll(question: AccessQuestion, reach: Decision): Decision {
  const { actor, act, relation, author, changed = [] } = question
  if (act === 'delete') return no('never')
  const isOwn = author !== undefined && namesOf(actor).includes(author)
  const isTheirs = relation === 'carer' ? isOwn : ['self', 'named', 'all'].includes(relation)
  if (!isTheirs) return no('not-your-role')
  const isOnlyEnded = changed.every((name) => illnessChanges.includes(name))
  return act === 'create' || isOnlyEnded ? reach : no('never')
}

const writtenInEmergency: readonly RecordAccessKind[] = ['message', 'reading']

/**
 * With emergency access: contacts, notes and readings can be added, in the actor's own name. Existing records are not
 * changed.
 */
function mayWriteInEmergency(question: AccessQuestion, reach: Decision): Decision {
  const { actor, act, kind, author } = question
  if (act !== 'create' || !writtenInEmergency.includes(kind)) return no('not-your-role')
  const isOwn = author === undefined || namesOf(actor).includes(author)
  return isOwn && speaksForItself(question) ? reach : no('words-of-another')
}

const spokenKinds: readonly RecordAccessKind[] = [
  ...(['about-me', 'goal-view', 'offer-word', 'message', 'agreement'] as const),
]
/** What a professional may write down for the person, when the record says so. */
const writtenDownKinds: readonly RecordAccessKind[] = ['about-me', 'goal-view', 'offer-word']
const ownOnlyKinds: readonly RecordAccessKind[] = ['reading', 'answers', 'goal', 'action']

/**
 * Text, messages and agreements are in the name of the signed-in user. A professional may write them down for the
 * person if the record says so.
 */
function speaksForItself({ actor, kind, author, act, supporters }: AccessQuestion): boolean {
  const own = author !== undefined && namesOf(actor).includes(author)
  if (spokenKinds.includes(kind)) {
    const isHelped =
      writtenDownKinds.includes(kind) || (kind === 'agreement' && isRecorder(actor, act))
    return own || (isHelped && namesOf(actor).some((me) => supporters?.includes(me)))
  }
  if (isStaff(actor) || actor.role === 'admin' || act === 'update') return true
  return !ownOnlyKinds.includes(kind) || author === undefined || own
}

/** A named professional records an answer that the person gave on paper or aloud; the server checks how. */
const isRecorder = (actor: Actor, act: AccessAct) =>
  act === 'create' && isStaff(actor) && actor.practitioner !== undefined

/** What somebody sent or testified stays theirs: nobody can put another name on it. */
function takesOver({ actor, act, kind, priorAuthor, changed }: AccessQuestion): boolean {
  if (act !== 'update' || (kind !== 'message' && kind !== 'agreement')) return false
  if (priorAuthor === undefined || changed?.length === 0) return false
  return !namesOf(actor).includes(priorAuthor)
}

/** What somebody measured or answered; others may change its status and add remarks. */
const findings =
  /^(value.*|effective.*|code|component|dataAbsentReason|subject|performer|item|questionnaire|author.*|source)$/

/**
 * What a person or a carer measured or answered cannot be changed in their name: a correction is in the name of the
 * user who makes it.
 */
function rewrites({
  actor,
  act,
  kind,
  author,
  priorAuthor = '',
  changed,
}: AccessQuestion): boolean {
  if (act !== 'update' || (kind !== 'reading' && kind !== 'answers')) return false
  if (!/^(Patient|RelatedPerson)\//.test(priorAuthor)) return false
  const mine = namesOf(actor)
  if (mine.includes(priorAuthor) || mine.includes(author ?? '')) return false
  return changed?.some((name) => findings.test(name)) ?? false
}

/** Only the person shares; what they agreed to or ended, others may end, or mark as an error, and change nothing else. */
function sharingFault(question: AccessQuestion): 'only-patient-gives' | Rewording | undefined {
  if (question.opens && !isForPatientToGive(question)) return 'only-patient-gives'
  return question.relation === 'self' ? undefined : question.rewording
}

/** What is shared is always given by the person, no matter who writes it down; a carer is refused further on. */
function isForPatientToGive({ relation }: AccessQuestion): boolean {
  return relation === 'self' || relation === 'carer'
}

/**
 * A named professional may write down what the person wants to share, in the person's name and marked so: it waits for
 * the person to agree.
 */
function mayAskForPatient({
  actor,
  relation,
  asks,
  author,
  person,
  supporters,
}: AccessQuestion): boolean {
  if (!asks || relation === 'self' || relation === 'carer') return true
  const isForPatient = person !== undefined && author === `Patient/${person}`
  const wroteDown = namesOf(actor).some((me) => supporters?.includes(me))
  return relation === 'named' && isForPatient && wroteDown
}

function mayDelete({ actor, wroteFirst }: AccessQuestion, reach: Decision): Decision {
  if (actor.role === 'admin') return reach
  return wroteFirst ? reach : no('words-of-another')
}

const writtenByPeople: Readonly<Partial<Record<RecordAccessKind, readonly AccessAct[]>>> = {
  'about-me': ['create', 'update'],
  goal: ['create', 'update'],
  'goal-view': ['create', 'update'],
  'offer-word': ['create', 'update'],
  photo: ['create', 'update'],
  message: ['create', 'update'],
  reading: ['create', 'update'],
  agreement: ['create'],
  answers: ['create', 'update'],
  action: ['create', 'update'],
  'suggested-change': ['create', 'update'],
  plan: ['update'],
}

/** Elements that only professionals may change when a person or carer works on a shared record. */
const keptByProfessionals: Readonly<Partial<Record<RecordAccessKind, readonly string[]>>> = {
  plan: [
    ...['status', 'intent', 'category', 'subject', 'careTeam', 'addresses', 'period', 'author'],
    ...['supportingInfo', 'extension:review-on', 'extension:reading-limit', 'extension:what-if'],
    ...['extension:situation', 'extension:just-in-case', 'extension:carer-ill'],
    'extension:trend-rule',
  ],
  action: ['intent', 'for', 'owner', 'requester', 'restriction', 'code', 'focus'],
  goal: ['subject'],
}

/** A person corrects their own numbers and address, and a carer their own: no room has to be shared for writing. */
function mayWriteAtHome(question: AccessQuestion, reach: Decision): Decision {
  if (question.kind !== 'details') return mayWrite(question, reach)
  return isOwnDetails(question) ? reach : no('not-your-role')
}

function mayWrite(question: AccessQuestion, reach: Decision): Decision {
  const { act, kind, room, shared, relation } = question
  // whoever may read a sentence may suggest other words for it: its owner decides
  const isWriting = kind !== 'suggested-change'
  if (isWriting && relation === 'carer' && !isOpen(shared?.write, room)) return no('not-shared')
  if (kind === 'sharing') return relation === 'self' ? reach : no('never')
  if (!writtenByPeople[kind]?.includes(act) || touchesWhatIsKept(question)) {
    return no('not-your-role')
  }
  return isAnothers(question) ? no('words-of-another') : reach
}

function touchesWhatIsKept({ kind, changed }: AccessQuestion): boolean {
  const reserved = keptByProfessionals[kind] ?? []
  return changed?.some((name) => reserved.includes(name)) ?? false
}

/** A carer does not change what somebody else said, and nobody does somebody else's task. The plan belongs to all. */
function isAnothers({ actor, act, kind, priorAuthor, changed }: AccessQuestion): boolean {
  if (act !== 'update' || kind === 'plan' || kind === 'suggested-change') return false
  // everybody answers a goal for themselves: the service checks whose answer it is
  if (kind === 'goal' && changed?.every((name) => name === 'extension:goal-acceptance'))
    return false
  if (actor.role !== 'carer' && kind !== 'action') return false
  return priorAuthor !== undefined && !namesOf(actor).includes(priorAuthor)
}
