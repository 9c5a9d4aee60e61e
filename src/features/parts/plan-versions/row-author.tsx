import type { ReactNode } from 'react'
import type { Voice } from '#domain/plan/plan.ts'
import { Avatar } from '#ui/layout/avatar.tsx'

type Props = Readonly<{
  name: string
  voice: Voice
  /** the name as it reads here */
  title?: ReactNode
  children: ReactNode
}>

/** Who wrote a row of a comparison; `children`: when, and with whose help. */
export function RowAuthor({ name, voice, title, children }: Props) {
  return (
    <div className="plan-diff__author">
      <Avatar name={name} voice={voice} />
      <div>
        <b>{title ?? name}</b>
        <p className="gable-meta">{children}</p>
      </div>
    </div>
  )
}
