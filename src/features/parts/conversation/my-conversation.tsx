import type { HouseRecord } from '#domain/plan/house/house.ts'
import { MyAfterConversation } from './my-after-conversation.tsx'
import { MyVoices } from './my-voices.tsx'
import { PrepareInvitation } from './prepare-invitation.tsx'

type Props = Readonly<{ house: HouseRecord; mayWrite: boolean; isCarer: boolean }>

/** The next conversation, and how the last one was. */
export function MyConversation({ house, mayWrite, isCarer }: Props) {
  return (
    <>
      {mayWrite ? <PrepareInvitation house={house} /> : null}
      {isCarer || house.died ? null : <MyAfterConversation person={house.person} />}
      {isCarer || house.died ? null : <MyVoices person={house.person} />}
    </>
  )
}
