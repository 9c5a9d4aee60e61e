import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Chip } from '#ui/layout/chip.tsx'

/** `between`: hidden from the person too; `through`: not by its own label, but with the record it belongs to. */
type Restriction = Readonly<{ between: boolean; through?: true; why?: string }>

type RestrictedMarkProps = Readonly<{
  /** renders nothing without one */
  restriction: Restriction | undefined
  /** who reads it: the person is addressed directly */
  to?: 'person' | 'professional'
  /** the whole record of the person, not one thing in it */
  whole?: boolean
}>

/** Says that a record is restricted, who may see it, and why. */
export function RestrictedMark(props: RestrictedMarkProps) {
  const { restriction } = props
  if (!restriction) return null
  if (restriction.through) return <WithAnother />
  return (
    <p className="gable-restricted">
      <Chip tone="warning">
        {props.whole ? <Trans>This whole record is restricted</Trans> : <Trans>Restricted</Trans>}
      </Chip>{' '}
      {whoMaySee(restriction, props.to ?? 'professional')}{' '}
      {restriction.why ? (
        <Trans>Reason: “{restriction.why}”</Trans>
      ) : (
        <Trans>No reason was recorded.</Trans>
      )}
    </p>
  )
}

/** Short, because the other record with the label is usually shown beside it. */
function WithAnother() {
  return (
    <p className="gable-restricted">
      <Chip tone="warning">
        <Trans>Restricted</Trans>
      </Chip>{' '}
      <Trans>
        This belongs to a restricted record: only people who can see that record can see this.
      </Trans>
    </p>
  )
}

function whoMaySee({ between }: Restriction, to: 'person' | 'professional'): ReactNode {
  if (between)
    return (
      <Trans>
        Only professionals named in this person’s care can see this. The person, their family, and
        other people at the same organisation cannot.
      </Trans>
    )
  if (to === 'person')
    return (
      <Trans>
        Only you and the professionals named in your care can see this. People you share with
        cannot, and nor can everyone at your practice.
      </Trans>
    )
  return (
    <Trans>
      Only the person and the professionals named in their care can see this. Family and other
      people at the same organisation cannot.
    </Trans>
  )
}
