import type { Actor } from '#domain/access/actor.ts'
import type { Who } from '#domain/plan/plan.ts'
import { useSession } from './session.ts'

/** The signed-in user as the author of text about this person. */
function whoIs(actor: Actor, person: string): Who {
  if (actor.person === person) {
    return { reference: `Patient/${person}`, name: actor.name, voice: 'person' }
  }
  const carer = actor.caresFor?.find((each) => each.person === person)
  if (carer) {
    return {
      reference: `RelatedPerson/${carer.relatedPerson}`,
      name: actor.name,
      voice: 'carer',
    }
  }
  return {
    reference: actor.practitioner ? `Practitioner/${actor.practitioner}` : '',
    name: actor.name,
    voice: 'professional',
  }
}

/** As `whoIs`, for the identity signed in on this tab. Throws when nobody is. */
export function whoAmI(person: string): Who {
  const { actor } = useSession.getState()
  if (!actor) throw new Error('Nobody is signed in')
  return whoIs(actor, person)
}
