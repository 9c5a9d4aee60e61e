import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { sinceJoinQuery } from '#client/queries/patient/duplicates.ts'
import type { RecordsSinceJoin } from '#domain/alike/part-records-request.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import './whose-since.css'

type Belongs = Readonly<Record<string, string>>
type Props = Readonly<{
  keep: string
  join: string
  /** each record that came since, and to whom it belongs */
  belongs: Belongs
  onChange: (belongs: Belongs) => void
  /** whether it was tried already: then each that is missing says so */
  tried: boolean
}>

type Group = RecordsSinceJoin['groups'][number]

const given = (groups: readonly Group[], to: string): Belongs =>
  Object.fromEntries(groups.flatMap(({ records }) => records.map(({ id }) => [id, to])))

/** What came to the record in use since two were joined: a human says whose each of them is, or of all at once. */
export function WhoseSince({ keep, join, belongs, onChange, tried }: Props) {
  const { data } = useQuery(sinceJoinQuery({ keep, join }))
  if (!data) return <Skeleton lines={3} />
  const { groups, changed } = data
  const free = groups.filter(({ stays }) => !stays)
  const tied = given(
    groups.filter(({ stays }) => stays),
    keep,
  )
  const all = groups.flatMap(({ records }) => records)
  return (
    <>
      {all.length > 0 ? (
        <p>
          <Plural
            value={all.length}
            one="# record came since they were joined. Say whose it is."
            other="# records came since they were joined. Say whose each of them is."
          />
        </p>
      ) : null}
      {free.length > 1 ? (
        <p className="whose-since__all">
          <Button variant="outline" onClick={() => onChange({ ...tied, ...given(free, keep) })}>
            <Trans>All to the record in use</Trans>
          </Button>{' '}
          <Button variant="outline" onClick={() => onChange({ ...tied, ...given(free, join) })}>
            <Trans>All to the earlier record</Trans>
          </Button>
        </p>
      ) : null}
      {groups.map((group) => (
        <Whose
          key={group.records[0]?.id}
          group={group}
          {...{ keep, join, tried }}
          value={group.stays ? keep : (belongs[group.records[0]?.id ?? ''] ?? '')}
          choose={(to) => onChange({ ...tied, ...belongs, ...given([group], to) })}
        />
      ))}
      {changed > 0 ? (
        <p>
          <Plural
            value={changed}
            one="# older record was changed since. It stays with the record in use, with all its versions."
            other="# older records were changed since. They stay with the record in use, with all their versions."
          />
        </p>
      ) : null}
    </>
  )
}

type WhoseProps = Readonly<{
  group: Group
  keep: string
  join: string
  value: string
  choose: (to: string) => void
  tried: boolean
}>

function Whose({ group, keep, join, value, choose, tried }: WhoseProps) {
  const { t } = useLingui()
  const options = [
    ...(value ? [] : [{ value: '', label: t`Choose` }]),
    { value: keep, label: t`The record in use (${keep})` },
    ...(group.stays ? [] : [{ value: join, label: t`The earlier record (${join})` }]),
  ]
  const [first] = group.records
  const name = first?.words ?? first?.id ?? ''
  return (
    <div className="whose-since__group">
      <ul>
        {group.records.map(({ id, words, at, from, hasText }) => (
          <li key={id}>
            {words ?? id} <span className="gable-meta">{id.split('/')[0]}</span> ·{' '}
            <DateText date={at} withTime />
            {from ? (
              <>
                {' · '}
                <bdi>{from}</bdi>
              </>
            ) : null}
            {hasText ? (
              <>
                {' · '}
                <strong>
                  <Trans>
                    Somebody wrote a text for it, which may name the person. It moves as it is.
                  </Trans>
                </strong>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <SelectField
        label={t`Whose is it: ${name}`}
        {...(group.stays
          ? { hint: t`It is linked to something from before the join, and stays there.` }
          : {})}
        {...(tried && !value ? { error: t`Choose whose it is` } : {})}
        value={value}
        onChange={choose}
        options={options}
      />
    </div>
  )
}
