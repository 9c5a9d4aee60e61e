import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { clockToday, clockZone, dayHere } from '#client/clock.ts'
import { yearQuery } from '#client/queries/patient/year.ts'
import { yearEnd } from '#domain/year/year-end.ts'
import { type YearPicture, yearPicture } from '#domain/year/year-picture.ts'
import { spanAsked, yearsSince } from '#domain/year/year-span.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { useYearSentence } from './use-year-sentence.ts'
import { YearDrawing } from './year-drawing.tsx'

/** The picture of a span of days, which is chosen here and kept in the address. */
export function YearView({
  person,
  isOwn,
  isTeam,
  below,
}: Readonly<{
  person: string
  isOwn: boolean
  /** whether a member of the team reads it */
  isTeam: boolean
  /** what this reader is told besides */
  below?: (picture: YearPicture) => ReactNode
}>) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(yearQuery(person))
  const [search, setSearch] = useSearch()
  const asked = search.get('span') ?? 'year'
  const today = clockToday()
  const ofName = isOwn ? undefined : data.givenName
  const zone = clockZone()
  const picture = yearPicture(data.facts, {
    ...yearEnd(data.facts, data.died, { today, zone }),
    ...{ zone, span: spanAsked(asked, today) },
  })
  const sentence = useYearSentence(picture, ofName)
  const days = [
    ...data.facts.contacts.map(({ at }) => dayHere(at)),
    ...data.facts.stays.map(({ from }) => from),
    ...data.facts.readings.map(({ at }) => at),
  ]
  return (
    <>
      <p className={isOwn ? 'my-lead' : 'gable-lead'}>{sentence}</p>
      <div className="year__choice">
        <SelectField
          label={t`Which time`}
          value={asked}
          onChange={(span) => setSearch(new URLSearchParams({ span }), { replace: true })}
          options={[
            { value: 'year', label: t`The last 12 months` },
            { value: 'quarter', label: t`Three months` },
            ...yearsSince(days, today).map((year) => ({ value: year, label: year })),
          ]}
        />
        <Button variant="outline" onClick={() => globalThis.print()}>
          <Trans>Print on one page</Trans>
        </Button>
      </div>
      <YearDrawing picture={picture} label={sentence} ofName={ofName} isCalm={!isTeam} />
      {below?.(picture)}
    </>
  )
}
