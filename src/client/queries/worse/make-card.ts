import { fhir } from '#client/fhir/fhir-client.ts'
import { cardRequest } from '#domain/plan/worse/card-request.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'
import { essentialsAnswer } from '#domain/plan/worse/essentials-answer.ts'

type Wanted = Readonly<{ agreed: string; illnesses: boolean; matters: boolean }>

/** What the emergency card holds; `agreed`: how the person said yes, if somebody else makes it. */
export async function makeCard(person: string, wanted: Wanted): Promise<Essentials> {
  const answer = await fhir.operation(
    `Patient/${person}/$emergency-card`,
    cardRequest.write(wanted),
  )
  return essentialsAnswer.read(answer)
}
