import { TodaysColour } from '#features/parts/worse/todays-colour.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'

/** How today is, said by the person or the carer, and what the plan says to do now. */
export function MyDay({ mine: { house, isCarer, mayWrite } }: { mine: MyHouse }) {
  return (
    <TodaysColour house={house} reader={isCarer ? 'carer' : 'person'} mayWrite={mayWrite('roof')} />
  )
}
