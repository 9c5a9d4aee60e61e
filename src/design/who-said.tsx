import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'

/** Under every sentence: who, in which role, when. */
export function WhoSaid({
  name,
  role,
  when,
  voice = 'professional',
}: Readonly<{
  name: string
  role?: ReactNode
  when?: ReactNode
  voice?: 'person' | 'carer' | 'professional'
}>) {
  return (
    <span className="gable-who">
      <span aria-hidden="true">
        <Avatar name={name} voice={voice} />
      </span>
      <span>
        <strong>{name}</strong>
        {role ? <>, {role}</> : null}
        {when ? <> · {when}</> : null}
      </span>
    </span>
  )
}
