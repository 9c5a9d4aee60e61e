import { isStaff } from '#domain/access/actor.ts'
import {
  concernToFhir,
  isDutyMet,
  type SafeguardingConcern,
  type SafeguardingStep,
  safeguardingAnswer,
  safeguardingState,
  safeguardingStepRequest,
} from '#domain/social-care/safeguarding.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden, notFound } from '#server/problem.ts'
import { lockSocialCare, mustBeVersion, unsound } from '#server/social-care/kept-records.ts'
import { mostSources, sourcesOfHarm } from '#server/social-care/sources-of-harm.ts'
import { readableConcerns } from '#server/social-care/stored-concerns.ts'

/** One step of a concern by somebody who reads the whole of it: the decision, a note, the end, or who takes part. */
export const safeguardingStepOperation: Operation = {
  name: 'safeguarding-step',
  on: 'system',
  changes: true,
  alone: true,
  purpose:
    'One step of a safeguarding concern (id, version): kind decide (what: enquiry, other-enquiry, no-enquiry; hasNeeds, isAtRisk, cannotProtect; words: the reasons), note (words), close (risk, wishes, words), add-member (member), remove-member (member; words: the reason, which is kept), add-source (source: who may be a source of harm, and reads nothing of it from then on); for those who read the whole of it',
  async run(call) {
    const { context, actor } = call
    if (!isStaff(actor) || !actor.practitioner)
      throw forbidden('Safeguarding concerns are for the professionals of the enquiry alone')
    const asked = askedParameters(call, safeguardingStepRequest)
    const [seen] = asked.id ? await readableConcerns(context, { id: asked.id }) : []
    // who may not read it learns nothing of it
    if (seen?.reads !== 'whole') throw notFound()
    const { person } = seen.concern
    return await withinRecord(
      context,
      async (inside) => {
        await lockSocialCare(inside, person)
        const [found] = await readableConcerns(inside, { id: asked.id })
        if (found?.reads !== 'whole') throw notFound()
        mustBeVersion(found.concern, asked.version)
        const me = { reference: `Practitioner/${actor.practitioner}`, name: actor.name }
        const at = inside.now.toISOString()
        const next =
          asked.kind === 'add-source'
            ? await withSource(inside, found.concern, asked)
            : after(found.concern, asked, { by: actor.name, at })
        const written = { by: { ...me, voice: 'professional' as const }, at }
        const record = concernToFhir({ ...next, written })
        await keepRecords(inside, [record], { person, way: '$safeguarding-step' })
        return safeguardingAnswer.write({ concerns: [] })
      },
      person,
    )
  },
}

/** They read nothing of it from now on, and take no part in it. */
async function withSource(
  context: RequestContext,
  concern: SafeguardingConcern,
  { source }: SafeguardingStep,
): Promise<SafeguardingConcern> {
  if (!source) throw unsound('Name who may be a source of harm', 'source')
  const [known] = await sourcesOfHarm(context, [source])
  const standing = concern.sources.filter((each) => each.reference !== known?.reference)
  const members = concern.members.filter((each) => each.reference !== known?.reference)
  if (standing.length >= mostSources) throw unsound('Name fewer people', 'source')
  return { ...concern, members, sources: [...standing, ...(known ? [known] : [])] }
}

type Said = Readonly<{ by: string; at: string }>

function after(
  concern: SafeguardingConcern,
  asked: SafeguardingStep,
  said: Said,
): SafeguardingConcern {
  switch (asked.kind) {
    case 'decide':
      return { ...concern, decision: decisionOf(concern, asked, said) }
    case 'close':
      return { ...concern, closed: closedOf(concern, asked, said) }
    case 'note':
      return { ...concern, notes: [...concern.notes, { words: wordsOf(asked), ...said }] }
    case 'remove-member':
      return withoutMember(concern, asked, said)
    default:
      return { ...concern, members: membersOf(concern, asked) }
  }
}

function wordsOf({ words }: SafeguardingStep): string {
  if (words.trim() === '') throw unsound('Write it down in words', 'words')
  return words.trim()
}

function decisionOf(
  concern: SafeguardingConcern,
  asked: SafeguardingStep,
  said: Said,
): NonNullable<SafeguardingConcern['decision']> {
  if (safeguardingState(concern) !== 'to-decide')
    throw unsound('It was decided already. Write a note, or raise another concern', 'kind')
  const { what, hasNeeds, isAtRisk, cannotProtect } = asked
  const isMet = isDutyMet({ hasNeeds, isAtRisk, cannotProtect })
  if (isMet && what !== 'enquiry')
    throw unsound('All three conditions of section 42 hold: then there is an enquiry', 'what')
  if (!isMet && what === 'enquiry')
    throw unsound('An enquiry under section 42 needs all three conditions', 'what')
  return { what, hasNeeds, isAtRisk, cannotProtect, reasons: wordsOf(asked), ...said }
}

function closedOf(
  concern: SafeguardingConcern,
  asked: SafeguardingStep,
  said: Said,
): NonNullable<SafeguardingConcern['closed']> {
  if (safeguardingState(concern) !== 'enquiry')
    throw unsound('Only an enquiry that is open is closed', 'kind')
  return { risk: asked.risk, wishes: asked.wishes, words: wordsOf(asked), ...said }
}

/** They read nothing of it from now on, unless the concern is open to them anyway; why they go is kept. */
function withoutMember(
  concern: SafeguardingConcern,
  asked: SafeguardingStep,
  said: Said,
): SafeguardingConcern {
  const who = concern.members.find(({ reference }) => reference === asked.member?.reference)
  if (!who) throw unsound('They do not take part in it', 'member')
  if (asked.words.trim() === '') throw unsound('Say why they take no more part', 'words')
  return {
    ...concern,
    members: concern.members.filter((each) => each !== who),
    removed: [...concern.removed, { who, words: asked.words.trim(), ...said }],
  }
}

function membersOf(
  { members, sources }: SafeguardingConcern,
  { member }: SafeguardingStep,
): SafeguardingConcern['members'] {
  const reference = member?.reference ?? ''
  if (!/^Practitioner\/[A-Za-z0-9.-]{1,64}$/.test(reference) || !member?.name.trim())
    throw unsound('Name a professional', 'member')
  if (sources.some((each) => each.reference === reference))
    throw unsound('Who may be a source of harm takes no part in it', 'member')
  return members.some((each) => each.reference === reference) ? members : [...members, member]
}
