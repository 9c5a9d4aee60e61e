import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, Suspense, useState } from 'react'
import type { DetailKind } from '#domain/person/contact-details.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { EditDetails } from './edit-details.tsx'

/** Somebody whose details may be changed here. */
export type Editable = Readonly<{
  owner: string
  name: string
  isMe?: boolean
  /** absent: all of them */
  kinds?: readonly DetailKind[]
}>

type Props = Readonly<{
  title: ReactNode
  editable: readonly Editable[]
  children: ReactNode
}>

/** How to reach some people; those whose details may be changed appear below on request. */
export function DetailsCard({ title, editable, children }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState<Editable>()
  return (
    <Card title={title}>
      {children}
      <div className="details-card__acts">
        {editable.map((each) =>
          each.owner === open?.owner ? null : (
            <Button key={each.owner} variant="link" onClick={() => setOpen(each)}>
              {each.isMe ? (
                <Trans>Change my own details</Trans>
              ) : (
                <Trans>Change the details of {each.name}</Trans>
              )}
            </Button>
          ),
        )}
      </div>
      {open ? (
        <section className="details-card__open" aria-label={t`Details of ${open.name}`}>
          <h3>{open.name}</h3>
          <Suspense fallback={<Skeleton lines={4} />}>
            <EditDetails
              key={open.owner}
              owner={open.owner}
              {...(open.kinds ? { kinds: open.kinds } : {})}
            />
          </Suspense>
          <Button variant="link" onClick={() => setOpen(undefined)}>
            <Trans>Done</Trans>
          </Button>
        </section>
      ) : null}
    </Card>
  )
}
