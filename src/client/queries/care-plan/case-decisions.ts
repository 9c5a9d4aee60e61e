import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import {
  type DecidedPerson,
  type DecidePeople,
  decidePeopleAnswer,
  decidePeopleRequest,
} from '#domain/case/decide-people.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'

/** `seen`: of a list, what stood there about the person; elsewhere nothing is compared. */
export type PersonToDecide = Readonly<{ id: string; seen?: string }>
export type ListDecision = Omit<DecidePeople, 'people' | 'decision'> &
  Readonly<{ decision: 'take-on' | 'defer' | 'decline' | 'reopen' }>

/** Decides about these people as they are on the screen; the answer says for each what was done, or why not. */
export async function decidePeople(
  people: readonly PersonToDecide[],
  decision: ListDecision,
): Promise<readonly DecidedPerson[]> {
  return await sent({
    ...decision,
    people: people.map(({ id, seen }) => ({ id, ...given('seen', seen) })),
  })
}

/** Takes back what was decided, as `decidePeople` answered it. */
export async function undoDecisions(
  decided: readonly DecidedPerson[],
): Promise<readonly DecidedPerson[]> {
  const people = decided.flatMap(({ id, done, case: caseId, version }) =>
    done && caseId && version ? [{ id, case: caseId, version }] : [],
  )
  return await sent({ decision: 'undo', people })
}

async function sent(asked: DecidePeople): Promise<readonly DecidedPerson[]> {
  const answer = await fhir.operation('Patient/$decide-people', decidePeopleRequest.write(asked))
  await noteChangeEvent(['EpisodeOfCare', 'CareTeam'])
  return decidePeopleAnswer.read(answer).people
}
