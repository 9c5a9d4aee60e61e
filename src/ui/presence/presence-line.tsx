import { Plural, Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Avatar } from '#ui/layout/avatar.tsx'
import { RoleName } from '#ui/text/role-name.tsx'
import { type PresenceChanges, presenceChangesAfter } from './presence-changes.ts'

type Other = Readonly<{ name: string; role: string; doing: 'looking' | 'writing'; place: string }>

const most = 3

/**
 * Who else is in the plan now, and where. Its line is reserved while nobody is, so that nothing moves when somebody
 * comes; arrivals are announced politely. Not printed.
 */
export function PresenceLine(
  props: Readonly<{
    others: readonly Other[]
    /** the open room; `house` for the whole house */
    place: string
    titles: Readonly<Record<string, string>>
  }>,
) {
  const { others, place, titles } = props
  const shown = others.toSorted((one, other) => rank(one) - rank(other)).slice(0, most)
  return (
    <div className="gable-presence">
      <Coming names={others.map((each) => each.name)} />
      {shown.map((each) => (
        <p key={`${each.name} ${each.role}`} className={`is-${each.doing}`}>
          <Avatar name={each.name} voice={voiceOf(each.role)} />
          <span>
            <b>{each.name}</b>
            {each.role === 'person' ? null : (
              <>
                , <RoleName role={each.role} />,
              </>
            )}{' '}
            <Where other={each} isHere={each.place === place} title={titles[each.place]} />
          </span>
        </p>
      ))}
      {others.length > most ? (
        <p>
          <Plural value={others.length - most} one="and # other" other="and # others" />
        </p>
      ) : null}
    </div>
  )
}

/** Announces arrivals once: reading and writing change by the second, and would interrupt everything else. */
function Coming({ names }: { names: readonly string[] }) {
  const [known, setKnown] = useState<PresenceChanges>({ here: names, came: [] })
  const next = presenceChangesAfter(known, names)
  if (next !== known) setKnown(next)
  return (
    <p className="nhsuk-u-visually-hidden" role="status">
      {next.came.length > 0 ? <Trans>Also in this plan now: {next.came.join(', ')}</Trans> : null}
    </p>
  )
}

const rank = (other: Other) => (other.doing === 'writing' ? 0 : 1)

function voiceOf(role: string) {
  return role === 'person' || role === 'carer' ? role : 'professional'
}

function Where(props: { other: Other; isHere: boolean; title: string | undefined }) {
  const { other, isHere, title } = props
  if (other.doing === 'writing')
    return isHere || !title ? <Trans>is writing here</Trans> : <Trans>is writing in {title}</Trans>
  if (isHere) return <Trans>is also here</Trans>
  return title ? <Trans>is in {title}</Trans> : <Trans>is looking at the house</Trans>
}
