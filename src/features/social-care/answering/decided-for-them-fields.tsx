import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { capacityDecisions } from '#client/queries/answer/capacity-decisions.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import type { ForThemFields, TypedForThem } from '#domain/social-care/typed-for-them.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'

/** The person decides, unless a record says that they cannot: then who does, on what, and when. */
export function DecidedForThemFields(props: ForThemFields) {
  const { t } = useLingui()
  const { person, name, typed, change } = props
  return (
    <>
      <Radios
        legend={t`Who decides?`}
        name={`who-${name}`}
        value={typed.who}
        onChange={(who) => change({ who: who as TypedForThem['who'], rests: '' })}
        options={[
          { value: 'self', label: t`The person` },
          {
            value: 'authority',
            label: t`An attorney or deputy, whose document is in the record`,
          },
          { value: 'best-interests', label: t`We do, in the person’s best interests` },
        ]}
      />
      {typed.who === 'self' ? null : (
        <>
          <Notice tone="info" title={t`The person is taken to be able to decide this`}>
            <p>
              <Trans>
                Somebody else decides only if a record says that they cannot, with all the help
                there is. Next of kin is no authority.
              </Trans>{' '}
              <Link to={`/people/${person}/plan/capacity`}>
                <Trans>Decisions about capacity</Trans>
              </Link>
            </p>
          </Notice>
          <RestsOn {...props} />
        </>
      )}
    </>
  )
}

function RestsOn({ person, typed, change, shown }: ForThemFields) {
  const { t } = useLingui()
  const { data: decisions } = useQuery(capacityDecisions(person))
  const { data: house } = useQuery(planQueries.house(person))
  const unable = (decisions?.capacity ?? []).filter(({ hasCapacity }) => !hasCapacity)
  const isAuthority = typed.who === 'authority'
  const grounds = isAuthority
    ? (house?.wishDocuments ?? [])
        .filter(({ sort, decider }) => (sort === 'lpa' || sort === 'deputy') && decider !== '')
        .map(({ id, decider, keptAt }) => ({
          value: id,
          label: [decider, keptAt].filter(Boolean).join(', '),
        }))
    : (decisions?.bestInterests ?? [])
        .filter(({ capacity }) => capacity === `Observation/${typed.capacity}`)
        .map(({ id, decided }) => ({ value: id, label: decided }))
  return (
    <>
      <SelectField
        label={t`Which record says that they cannot decide it?`}
        value={typed.capacity}
        onChange={(capacity) => change({ capacity, ...(isAuthority ? {} : { rests: '' }) })}
        error={shown('capacity', t`Choose the capacity record`)}
        options={[
          { value: '', label: t`Choose a record` },
          ...unable.map(({ id, decision }) => ({ value: id, label: decision })),
        ]}
      />
      <SelectField
        label={isAuthority ? t`Who decides, by which document?` : t`Which best-interests record?`}
        value={typed.rests}
        onChange={(rests) => change({ rests })}
        error={shown(
          'rests',
          isAuthority ? t`Choose who decides` : t`Choose the best-interests record`,
        )}
        options={[{ value: '', label: t`Choose a record` }, ...grounds]}
      />
      <DateField
        label={t`Decided on`}
        value={typed.on}
        onChange={(on) => change({ on })}
        error={shown('on', t`Enter today or a day before`)}
      />
    </>
  )
}
