import type { Flag, Resource } from '@medplum/fhirtypes'
import { namesOf } from '#domain/access/actor.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { broughtStances, keptStances, StanceOfAnotherError } from '#domain/goal/aims/goal-stance.ts'
import { hasContactDetails, withDetailsMarked } from '#domain/person/contact-details-fhir.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import {
  broughtWords,
  keptWords,
  WordsOfAnotherError,
  type Writer,
} from '#domain/plan/whose-words.ts'
import { colourFromFhir, isDayColour, stampedColour } from '#domain/plan/worse/day-colour.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Named = ResourceWithId
type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * A plan's record with each text in the name of the person who said it, and a number or address with who wrote it. 403
 * if that cannot be determined.
 */
export function keepOwnWords(context: RequestContext, resource: Named, facts: Facts): Named {
  if (facts.before && hasContactDetails(resource)) {
    const { who, at } = writerOf(context, facts.person)
    return withDetailsMarked(resource, facts.before, { by: who, at })
  }
  if (resource.resourceType === 'Flag') return ownColour(context, resource, facts)
  return worded(context, resource, { ...facts, by: keptWords })
}

/** What somebody says about today is theirs, and from now on; no other flag becomes such a word, nor this another flag. */
function ownColour(
  context: RequestContext,
  flag: Named & Flag,
  { before, person }: Facts,
): Named & Flag {
  const was = before?.resourceType === 'Flag' && isDayColour(before)
  if (!was && !isDayColour(flag)) return flag
  if (before && (!was || !isDayColour(flag)))
    throw new FhirProblem(422, 'business-rule', 'A flag about today stays a flag about today')
  if (isMoreThanColour(flag))
    throw new FhirProblem(422, 'business-rule', 'A flag about today is about nothing else', {
      expression: 'Flag.category',
    })
  if (flag.status === 'entered-in-error') return flag
  const said = stampedColour(flag, writerOf(context, person))
  if (!colourFromFhir(said))
    throw new FhirProblem(422, 'business-rule', 'Today is green, amber or red', {
      expression: 'Flag.code',
    })
  return said
}

/** A carer may say how today is: under another category beside it, it would be an alarm as well. */
const isMoreThanColour = ({ category = [] }: Flag) =>
  category.flatMap(({ coding = [] }) => coding).length > 1

/** The same for an imported record: a file cannot make somebody say what they did not say. */
export function keepBringersWords(context: RequestContext, resource: Named, facts: Facts): Named {
  const isFlag = resource.resourceType === 'Flag'
  if (isFlag && isDayColour(resource)) return ownColour(context, resource, facts)
  return worded(context, resource, { ...facts, by: broughtWords })
}

function worded(
  context: RequestContext,
  resource: Named,
  { before, person, by }: Facts & Readonly<{ by: typeof keptWords }>,
): Named {
  if (!isPlanRecord(resource) && !(before && isPlanRecord(before))) return resource
  const writer = writerOf(context, person)
  try {
    const spoken = by(resource, before, writer)
    return answered(spoken, before, {
      writer,
      by: by === broughtWords ? broughtStances : keptStances,
    })
  } catch (error) {
    throw refusalOf(error)
  }
}

/** A goal with each answer to it in the name of the person who gave it. */
function answered(
  resource: Named,
  before: Resource | undefined,
  { writer, by }: Readonly<{ writer: Writer; by: typeof keptStances }>,
): Named {
  if (resource.resourceType !== 'Goal') return resource
  return by(resource, before?.resourceType === 'Goal' ? before : undefined, writer)
}

function refusalOf(error: unknown): unknown {
  if (error instanceof StanceOfAnotherError)
    return forbidden('Everybody accepts or declines a goal for themselves')
  return error instanceof WordsOfAnotherError
    ? forbidden('These are someone else’s words: write what you say as your own')
    : error
}

/** The actor as the author of words about this person. */
export function writerOf({ actor, now }: RequestContext, person: string | undefined): Writer {
  const at = now.toISOString()
  const names = namesOf(actor)
  const relative = actor.caresFor?.find((each) => each.person === person)
  const asCarer = relative && `RelatedPerson/${relative.relatedPerson}`
  const isHerself = actor.person !== undefined && actor.person === person
  const reference = isHerself ? `Patient/${actor.person}` : (asCarer ?? names[0] ?? '')
  const voice = isHerself ? 'person' : reference === asCarer ? 'carer' : 'professional'
  return { names, at, who: { reference, name: actor.name, voice } }
}
